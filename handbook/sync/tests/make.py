"""Operations as devices send them."""

import uuid
from typing import Any

NOON = "2026-03-01T12:00:00Z"
CARD = "technique/ap-chagi/meaning"
Operation = dict[str, Any]


def operation(kind: str, payload: dict[str, Any], *, id_: str | None = None) -> Operation:
    return {"id": id_ or str(uuid.uuid4()), "kind": kind, "payload": payload}


def review(*, id_: str | None = None, **changes: Any) -> Operation:
    payload = {"card": CARD, "rating": 3, "reviewed_at": NOON, "elapsed_ms": 900} | changes
    return operation("review", payload, id_=id_)


def retraction(of: Operation) -> Operation:
    return operation("retraction", {"review": of["id"]})


def rules(**changes: Any) -> Operation:
    payload = {"since": NOON, "algorithm": "fsrs", "desired_retention": 0.9, "time_zone": "Europe/Warsaw"} | changes
    return operation("rules", payload)


def choice(name: str = "favourite/technique/ap-chagi", value: Any = True, **changes: Any) -> Operation:  # noqa: FBT002 - JSON
    return operation("choice", {"name": name, "value": value, "occurred_at": NOON} | changes)


def progress(item: str = "chon-ji", **changes: Any) -> Operation:
    payload = {
        "item_type": "tul",
        "item": item,
        "status": "seen",
        "score": 0,
        "streak": 0,
        "position": 0,
        "note": "",
        "occurred_at": NOON,
    }
    return operation("progress", payload | changes)


def batch(*operations: Any, device: str = "phone", **more: Any) -> dict[str, Any]:
    return {"device": device, "operations": list(operations), **more}

"""Typed builders: catalogue documents as the server sends them, and a handbook on a folder."""

import asyncio
import json
import sys
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from tkd_client.api.transport import Answer, Unreachable
from tkd_client.offline.disk import PlainDisk
from tkd_client.offline.tabs import Listener, Message, OnlyTab, Tabs
from tkd_client.state.device import Device, NoPush, NoSignals
from tkd_client.state.handbook import Handbook
from tkd_rules.delta import Changes

Result = TypeVar("Result")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def finish(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end: on CPython in a loop of its own, in the browser in the one that is there."""
    if sys.platform == "emscripten":
        from pyodide.ffi import run_sync  # noqa: PLC0415 - exists only in the browser

        result: Result = run_sync(work)
        return result
    return asyncio.run(work)


def technique(slug: str = "ap-chagi", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "romanization": slug.replace("-", " ").title(),
        "min_belt": "10kup",
        "category": "kick",
        "name": {"pl": "kopnięcie do przodu", "en": "front kick", "ko": "앞차기"},
        "aliases": ["Apchagi"],
        "tags": ["attack"],
        "key_points": {"pl": ["Kolano prowadzi"], "en": ["Knee leads"]},
        "mistakes": {"en": ["Leaning back"]},
        "safety": {"en": "Slowly."},
        "base": None,
        "tool": None,
    } | changes


def tul(slug: str = "chon-ji", steps: tuple[tuple[str, ...], ...] = (("ap-chagi",),), **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "romanization": "Chon-Ji",
        "min_belt": "9kup",
        "kind": "tul",
        "number": 1,
        "movements": len(steps),
        "name": {"en": "Chon-Ji", "ko": "천지"},
        "aliases": [],
        "tags": [],
        "meaning": {"en": "Heaven and earth."},
        "steps": [
            {
                "number": number,
                "romanization": "Ap Chagi",
                "facing": "D",
                "name": {"en": "front kick", "ko": "앞차기"},
                "stance": {"slug": "gunnun-sogi"},
                "techniques": [{"slug": used, "tool": None, "level": None} for used in slugs],
            }
            for number, slugs in enumerate(steps, start=1)
        ],
    } | changes


def term(slug: str = "palmok", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "romanization": "Palmok",
        "min_belt": "10kup",
        "category": "tool",
        "name": {"pl": "przedramię", "en": "forearm", "ko": "팔목"},
        "aliases": [],
        "tags": [],
        "note": {"en": "Blocks with it."},
        "parts": [],
    } | changes


def theory(slug: str = "who-was-dan-gun", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "romanization": "",
        "min_belt": "8kup",
        "category": "theory",
        "name": {"pl": "Kim był Dan-Gun?", "en": "Who was Dan-Gun?", "ko": "단군은 누구인가?"},
        "answer": {"pl": "Założycielem Korei.", "en": "The founder of Korea.", "ko": "시조이다."},
        "aliases": [],
        "tags": [],
    } | changes


TURNING_KICK = technique(
    "dollyo-chagi",
    min_belt="9kup",
    name={"pl": "kopnięcie okrężne", "en": "turning kick", "ko": "돌려 차기"},
    aliases=[],
)
ALL_KINDS = {"techniques": [technique(), TURNING_KICK], "tuls": [tul()], "terms": [term()], "theory": [theory()]}


def answer_of(
    cursor: int = 1, upserts: Mapping[str, Any] | None = None, *, is_snapshot: bool = True, deletes: Any = ()
) -> dict[str, Any]:
    """The body of `sync/catalogue`."""
    empty: dict[str, Any] = {"techniques": [], "tuls": [], "terms": [], "theory": []}
    return {
        "cursor": cursor,
        "catalogue_id": "one",
        "is_snapshot": is_snapshot,
        "upserts": empty | dict(ALL_KINDS if upserts is None else upserts),
        "deletes": list(deletes),
    }


def snapshot(cursor: int = 1) -> Changes:
    return changes(cursor, is_snapshot=True)


def changes(
    cursor: int, upserts: Mapping[str, Any] | None = None, *, is_snapshot: bool = False, deletes: Any = ()
) -> Changes:
    body = answer_of(cursor, upserts, is_snapshot=is_snapshot, deletes=deletes)
    return Changes(
        cursor=cursor, catalogue_id="one", is_snapshot=is_snapshot, upserts=body["upserts"], deletes=body["deletes"]
    )


class Script:
    """A transport that gives prepared answers in turn, the last one again and again, and notes what was asked."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str, dict[str, str], Any]] = []

    async def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None, timeout_s: float
    ) -> Answer:
        self.asked.append((method, path, dict(headers), json.loads(body) if body else None))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def asked_by(book: Handbook) -> list[tuple[str, str, dict[str, str], Any]]:
    """Return method, path, headers and body of every request of a handbook from here."""
    transport = book.device.transport
    assert isinstance(transport, Script)
    return transport.asked


def json_answer(body: Any, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers={"content-type": "application/json", **named}, body=json.dumps(body).encode())


class LinkedTab:
    """A tab in one process with others: the first is the writer, and `close` makes the next one it."""

    def __init__(self, others: "list[LinkedTab]") -> None:
        self.is_writer = not others
        self._others = others
        self._listeners: list[Listener] = []
        others.append(self)

    def tell(self, message: Message) -> None:
        text = json.dumps(message)  # only what survives the way is handed on
        for other in [tab for tab in self._others if tab is not self]:
            other.hand(json.loads(text))

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def hand(self, message: Message) -> None:
        for listener in self._listeners:
            asyncio.ensure_future(listener(message))  # noqa: RUF006 - the loop of a test ends after it

    def close(self) -> None:
        self._others.remove(self)
        if self.is_writer and self._others:
            self._others[0].is_writer = True
            self._others[0].hand({"type": "writer"})


OFFLINE = Unreachable("no network")
NOT_MODIFIED = Answer(status=304)


class Clock:
    """A clock that tests set; seconds of thinking pass as on a stop-watch."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return (self.at - NOON).total_seconds()

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


def device(
    folder: Path,
    *answers: Answer | Exception,
    language: str = "en",
    tabs: Tabs | None = None,
    clock: Clock | None = None,
) -> Device:
    folder.mkdir(parents=True, exist_ok=True)
    transport = Script(*(answers or (OFFLINE,)))
    clock = clock or Clock()
    return Device(
        disk=PlainDisk(folder),
        tabs=tabs or OnlyTab(),
        transport=transport,
        push=NoPush(),
        signals=NoSignals(),
        language=language,
        time_zone="Europe/Warsaw",
        now=clock.now,
        clock_s=clock.seconds,
    )


def handbook(folder: Path, *answers: Answer | Exception, language: str = "en", clock: Clock | None = None) -> Handbook:
    """A handbook with the catalogue of this module on it."""
    book = Handbook(device(folder, *answers, language=language, clock=clock))
    book.catalogue.apply(snapshot())
    book.catalogue_replaced()
    return book


def pull(book: Handbook) -> bool:
    """Sync once and tell whether it went well."""
    return finish(book.sync.once())


def damage(path: Path) -> None:
    """Overwrite every page of a database but the first; its change counter moves, so that no reader trusts a cache."""
    body = bytearray(path.read_bytes())
    body[24:28] = b"\x7f" * 4
    body[4096:] = b"\x55" * (len(body) - 4096)
    path.write_bytes(body)

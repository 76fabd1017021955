"""Plans and trainings as devices send them, and the content that they speak of."""

import json
import uuid
from pathlib import Path
from typing import Any

from rest_framework.test import APIClient

from handbook.accounts.tests.make import Answer
from handbook.catalogue.content.importing import ImportReport, import_content
from handbook.catalogue.tests.content_folder import ContentFolder, with_trainings

READY = "first-steps"
TIMED = {"kind": "exercise", "slug": "easy-jog", "work_s": 60}
COUNTED = {"kind": "technique", "slug": "dollyo-chagi", "repetitions": 10, "rounds": 3, "rest_s": 30}
TUL = {"kind": "tul", "slug": "chon-ji", "work_s": 90, "signals": ["start"], "note": "powoli"}


def content(path: Path) -> ContentFolder:
    """Return a small content folder that holds a plan, and import it."""
    folder = with_trainings(ContentFolder(path / "content"))
    imported(folder)
    return folder


def imported(folder: ContentFolder) -> ImportReport:
    return import_content(folder.path)


def plan(**changes: Any) -> dict[str, Any]:
    """A plan of 10 + 60 + 3 * (30 + 30) + 90 = 340 seconds."""
    return {"name": "Wtorek", "description": "Po pracy.", "belt": "9kup", "blocks": [TIMED, COUNTED, TUL]} | changes


def session(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "started_at": "2026-03-01T18:00:00Z",
        "ended_at": "2026-03-01T18:45:00Z",
        "effort": 7,
        "note": "Dobrze szło.",
    } | changes


def sent(client: APIClient, method: str, path: str, body: Any = None) -> Answer:
    content = None if body is None else json.dumps(body)
    return Answer.of(client.generic(method, f"/api/v1/{path}", content or "", content_type="application/json"))


def got(client: APIClient, path: str, **headers: str) -> Answer:
    return Answer.of(client.get(f"/api/v1/{path}", headers=headers or None))

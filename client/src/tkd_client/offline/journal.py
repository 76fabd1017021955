"""What waits to be sent, a second time: lines of JSON beside the database, for the day that it is damaged."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any


class Journal:
    """Each line puts one operation in or takes one out; a line that can't be read costs itself alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, operation: dict[str, Any]) -> None:
        self._append({"put": operation})

    def take(self, operation_id: str) -> None:
        self._append({"take": operation_id})

    def clear(self) -> None:
        self._path.unlink(missing_ok=True)

    def waiting(self) -> list[dict[str, Any]]:
        """Return the operations that were put in and not taken out, the oldest first."""
        found: dict[str, dict[str, Any]] = {}
        for line in self._lines():
            match line:
                case {"put": {"id": str(key)} as operation}:
                    found[key] = operation
                case {"take": str(key)}:
                    found.pop(key, None)
        return list(found.values())

    def _append(self, line: dict[str, Any]) -> None:
        """A full disk is told by the database; the second copy must not be what fails."""
        with suppress(OSError), self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _lines(self) -> list[Any]:
        if not self._path.exists():
            return []
        lines = []
        for raw in self._path.read_bytes().split(b"\n"):
            try:
                lines.append(json.loads(raw))
            except ValueError:
                continue
        return lines

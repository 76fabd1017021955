"""Where the store's files live, and how what was written gets to stay there."""

from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    folder: Path

    async def load(self) -> None:
        """Bring the files of the last time, or what another tab has written since."""

    async def save(self) -> None:
        """Return when what was written will be there after a crash. Raises DiskFull."""


class PlainDisk:
    """A folder that keeps what is written to it: phones, and tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def load(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    async def save(self) -> None:
        return

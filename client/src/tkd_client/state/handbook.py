"""The whole of the app without a screen: opened once, then asked and told by the screens."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tkd_client.api.transport import Transport
from tkd_client.offline import catalogue, personal
from tkd_client.offline.catalogue import Catalogue
from tkd_client.offline.database import DiskFull, open_afresh
from tkd_client.offline.disk import Disk
from tkd_client.offline.personal import Personal
from tkd_client.offline.search import Search
from tkd_client.offline.tabs import Message, Tabs
from tkd_client.state.account import Account
from tkd_client.state.lexicon import Lexicon
from tkd_client.state.observed import Observed
from tkd_client.state.preferences import Preferences
from tkd_client.state.sync import Sync
from tkd_rules.grading import Belt
from tkd_rules.ranking import ItemType

CATALOGUE_FILE, PERSONAL_FILE = "catalogue.db", "personal.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What the platform gives."""

    disk: Disk
    tabs: Tabs
    transport: Transport
    language: str
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """What is on the device."""

    size_bytes: int
    techniques: int
    tuls: int
    terms: int


class Handbook(Observed):
    """Changes when favourites, what was read last, or the catalogue do."""

    def __init__(self, device: Device) -> None:
        """Open the stores; the device's disk must be loaded. What is broken is begun afresh and fetched again."""
        super().__init__()
        self.device = device
        folder = device.disk.folder
        self.catalogue = Catalogue(open_afresh(folder / CATALOGUE_FILE, catalogue.MIGRATIONS))
        self.personal = Personal(open_afresh(folder / PERSONAL_FILE, personal.MIGRATIONS))
        self.search = Search(self.catalogue.database)
        self.preferences = Preferences(self.personal, device_language=device.language)
        self.account = Account(personal=self.personal, transport=device.transport, keep=self.keep, now=device.now)
        self.sync = Sync(
            catalogue=self.catalogue,
            transport=device.transport,
            keep=self.keep_catalogue,
            push=self.account.push,
            now=device.now,
        )
        self.sync.catalogue_changed.append(self.catalogue_replaced)
        self.lexicons: dict[ItemType | None, Lexicon] = {
            kind: Lexicon(self.catalogue, self.search, kind) for kind in ("technique", "tul", "term", None)
        }
        self.disk_full = False
        self.favourites = self.personal.favourites()
        self._saving: asyncio.Task[None] | None = None
        device.tabs.listen(self._heard)

    async def follow(self) -> None:
        """Keep in step with the server for as long as this tab is the one that writes."""
        while not self.device.tabs.is_writer:
            await asyncio.sleep(1)
        await self.sync.run()

    def is_favourite(self, kind: str, slug: str) -> bool:
        return (kind, slug) in self.favourites

    def toggle_favourite(self, kind: str, slug: str) -> None:
        self._write("forget_favourite" if self.is_favourite(kind, slug) else "favour", kind=kind, slug=slug)

    def opened(self, kind: str, slug: str) -> None:
        """Remember that a card was opened, so that Start can lead back to it."""
        if self.personal.recent()[:1] != [(kind, slug)]:
            self._write("opened", kind=kind, slug=slug)

    def choose(self, **settings: Any) -> None:
        """Change preferences by the names that the store has for them; a belt is told to the server too."""
        self._write("set", **settings)

    def storage(self) -> Storage:
        """Return what the device holds, and how large it is."""
        files = [path for path in self.device.disk.folder.iterdir() if path.is_file()]
        return Storage(
            size_bytes=sum(path.stat().st_size for path in files),
            techniques=self.catalogue.count("technique"),
            tuls=self.catalogue.count("tul"),
            terms=self.catalogue.count("term"),
        )

    async def keep(self) -> None:
        await self._save({"type": "personal"})

    async def keep_catalogue(self) -> None:
        await self._save({"type": "catalogue"})

    async def _save(self, message: Message) -> None:
        try:
            await self.device.disk.save()
        except DiskFull:
            self.disk_full = True
            self.changed()
            raise
        self.disk_full = False
        self.device.tabs.tell(message)

    def _write(self, action: str, **arguments: Any) -> None:
        """Write here, or have the tab that writes do it; the screens of this one change at once in both cases."""
        if not self.device.tabs.is_writer:
            self.device.tabs.tell({"type": "write", "action": action, "arguments": arguments})
            return
        self._apply(action, arguments)
        self._saving = asyncio.ensure_future(self._keep_quietly())

    def _apply(self, action: str, arguments: dict[str, Any]) -> None:
        if action == "set":
            self.personal.set(**arguments)
            if "belt_rank" in arguments:
                self.account.remember({"belt": Belt(arguments["belt_rank"]).code})
        elif action in {"favour", "opened"}:
            getattr(self.personal, action)(arguments["kind"], arguments["slug"], at=self.device.now())
        elif action == "forget_favourite":
            self.personal.forget_favourite(arguments["kind"], arguments["slug"])
        self._personal_changed()

    async def _keep_quietly(self) -> None:
        try:
            await self.keep()
        except DiskFull:
            return  # the screens say so already

    async def _heard(self, message: Message) -> None:
        """Follow what another tab did, or do what it asks for."""
        match message["type"]:
            case "write" if self.device.tabs.is_writer:
                self._apply(message["action"], message["arguments"])
                await self._keep_quietly()
            case "personal" | "writer":
                await self.device.disk.load()
                self._personal_changed()
            case "catalogue":
                await self.device.disk.load()
                self.catalogue_replaced()

    def _personal_changed(self) -> None:
        self.favourites = self.personal.favourites()
        self.preferences.read()
        self.account.changed()
        self.changed()

    def catalogue_replaced(self) -> None:
        """Read again what is held in memory: the catalogue has moved on."""
        self.search.forget()
        for lexicon in self.lexicons.values():
            lexicon.refresh()
        self.changed()

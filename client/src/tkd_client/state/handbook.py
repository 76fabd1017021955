"""The whole of the app without a screen: opened once, then asked and told by the screens."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from tkd_client.api.accounts import Tokens
from tkd_client.offline import catalogue, personal
from tkd_client.offline.catalogue import Catalogue
from tkd_client.offline.database import DiskFull, open_afresh
from tkd_client.offline.journal import Journal
from tkd_client.offline.learner import LearnerStore
from tkd_client.offline.personal import Personal
from tkd_client.offline.search import Search
from tkd_client.offline.tabs import Message
from tkd_client.state.account import Account
from tkd_client.state.device import Device, Storage
from tkd_client.state.learner_sync import sync_learner
from tkd_client.state.learning import Learning
from tkd_client.state.lexicon import Lexicon
from tkd_client.state.observed import Observed
from tkd_client.state.preferences import Preferences
from tkd_client.state.quiz import Quiz
from tkd_client.state.reminders import Reminders
from tkd_client.state.schedule import Schedule
from tkd_client.state.session import Session
from tkd_client.state.sync import Status, Sync
from tkd_client.state.training import Training
from tkd_rules.grading import Belt
from tkd_rules.ranking import ItemType

CATALOGUE_FILE, PERSONAL_FILE, JOURNAL_FILE = "catalogue.db", "personal.db", "unsent.jsonl"


class Handbook(Observed):
    """Changes when favourites, what was read last, or the catalogue do."""

    def __init__(self, device: Device) -> None:
        """Open the stores. What is broken is begun afresh and fetched again, or saved as far as it can be read.

        The device's disk must be loaded. Raises DiskFull when there is no room even for empty stores.
        """
        super().__init__()
        self.device = device
        folder = device.disk.folder
        self.catalogue = Catalogue(open_afresh(folder / CATALOGUE_FILE, catalogue.MIGRATIONS))
        kept = open_afresh(folder / PERSONAL_FILE, personal.MIGRATIONS, saved=personal.TABLES)
        self.personal = Personal(kept, Journal(folder / JOURNAL_FILE))
        self.search = Search(self.catalogue.database)
        if device.tabs.is_writer:
            self.personal.name_device()
        self.preferences = Preferences(self.personal, device_language=device.language)
        self.account = Account(
            personal=self.personal, transport=device.transport, keep=self.keep, write=self._write, now=device.now
        )
        self.learner = LearnerStore(self.personal)
        self.learning = Learning(
            store=self.learner,
            catalogue=self.catalogue,
            belt_rank=lambda: self.preferences.belt.rank,
            may_begin=lambda: self.learner.has_heard or not self.account.is_signed_in,
            keep=self._learned,
            now=device.now,
            time_zone=device.time_zone,
        )
        self.session = Session(self.learning, clock_s=device.clock_s)
        self.quiz = Quiz(
            catalogue=self.catalogue,
            learning=self.learning,
            kept=lambda: self.personal.setting("quiz"),
            keep=lambda quiz: self._do("set", quiz=quiz),
            clock_s=device.clock_s,
        )
        self.schedule = Schedule(learning=self.learning, catalogue=self.catalogue, preferences=self.preferences)
        self.reminders = Reminders(
            account=self.account,
            push=device.push,
            transport=device.transport,
            device=lambda: self.personal.setting("reminder_device"),
            keep_device=lambda id_: self._do("set", reminder_device=id_),
        )
        self.training = Training(
            catalogue=self.catalogue,
            preferences=self.preferences,
            kept=self.personal.setting,
            keep=lambda name, value: self._do("set", **{name: value}),
            now=device.now,
        )
        self.sync = Sync(
            catalogue=self.catalogue,
            transport=device.transport,
            keep=self.keep_catalogue,
            push=self._push,
            now=device.now,
            last_heard_at=_moment(self.personal.setting("last_heard_at")),
        )
        self.sync.subscribe(self._tell_how_it_stands)
        self.sync.catalogue_changed.append(self.catalogue_replaced)
        self.lexicons: dict[ItemType | None, Lexicon] = {
            kind: Lexicon(self.catalogue, self.search, kind) for kind in ("technique", "tul", "term", None)
        }
        self.disk_full = False
        self.keeps_nothing = False
        self._dismissed: set[str] = set()
        self.favourites = self._favourites()
        self._saving: set[asyncio.Task[None]] = set()
        device.tabs.listen(self._heard)

    @classmethod
    async def opened_on(cls, device: Device) -> "Handbook":
        """Return the handbook of a device, also of one whose disk can't be read. Raises DiskFull as above."""
        keeps_nothing = False
        try:
            await device.disk.load()
        except DiskFull:
            keeps_nothing = True
        book = cls(device)
        book.keeps_nothing = keeps_nothing
        return book

    def notices(self) -> list[str]:
        """Return keys of messages: what is wrong on this device and has not been dismissed."""
        holds = {
            "error.not_kept": self.keeps_nothing,
            "error.disk_full": self.disk_full and not self.keeps_nothing,
            "error.clock": self.sync.status.is_clock_wrong,
            "error.store_rebuilt": self.catalogue.was_broken or self.personal.was_broken,
        }
        return [key for key, is_so in holds.items() if is_so and key not in self._dismissed]

    def dismiss(self, key: str) -> None:
        self._dismissed.add(key)
        self.changed()

    async def follow(self) -> None:
        """Keep in step with the server for as long as this tab is the one that writes."""
        if not self.device.tabs.is_writer:
            self.device.tabs.tell({"type": "how is it"})
        while not self.device.tabs.is_writer:
            await asyncio.sleep(1)
        await self.sync.run()

    def sync_now(self) -> None:
        """Try now: the network is back, the app is in front again, or the person asked."""
        if self.device.tabs.is_writer:
            self.sync.wake()
        else:
            self.device.tabs.tell({"type": "sync now"})

    def is_favourite(self, kind: str, slug: str) -> bool:
        return (kind, slug) in self.favourites

    def toggle_favourite(self, kind: str, slug: str) -> None:
        self.learning.choose(f"favourite/{kind}/{slug}", value=None if self.is_favourite(kind, slug) else True)

    def opened(self, kind: str, slug: str) -> None:
        """Remember that a card was opened, so that Start can lead back to it."""
        if self.personal.recent()[:1] != [(kind, slug)]:
            self._do("opened", kind=kind, slug=slug)

    def choose(self, **settings: Any) -> None:
        """Change preferences by the names that the store has for them; a belt is told to the server too."""
        self._do("choose", **settings)

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

    def _do(self, action: str, **arguments: Any) -> bool:
        """Change what is shown at once and save in the background; a full disk is said by the screens.

        Tells whether there was room.
        """
        if not self.device.tabs.is_writer:
            self.device.tabs.tell({"type": "write", "action": action, "arguments": arguments})
            return True
        try:
            self._apply(action, arguments)
        except DiskFull:
            return False
        task = asyncio.ensure_future(self._keep_quietly())
        self._saving.add(task)
        task.add_done_callback(self._saving.discard)
        return True

    def _learned(self, kind: str, payload: Mapping[str, Any], *, id_: str) -> bool:
        """Keep what the learner did, and have it sent in a moment."""
        was_kept = self._do("did", kind=kind, payload=dict(payload), id_=id_)
        if was_kept and self.device.tabs.is_writer:
            self.sync.soon()
        return was_kept

    async def _push(self) -> None:
        """Send what was done here, take over what was done elsewhere. Raises ApiError and DiskFull."""
        await self.account.push()
        before = self.personal.database.writes
        try:
            await self.account.signed_in(self._sync_learner)
        finally:
            if self.personal.database.writes != before:
                await self.keep()
                self.learning.follow()
                self._personal_changed()

    async def _sync_learner(self, tokens: Tokens) -> None:
        await sync_learner(
            self.learner,
            self.device.transport,
            tokens,
            catalogue_revision=self.catalogue.cursor,
            now=self.device.now,
        )

    async def _write(self, action: str, **arguments: Any) -> None:
        """Write here, or have the tab that writes do it. Raises DiskFull."""
        if not self.device.tabs.is_writer:
            self.device.tabs.tell({"type": "write", "action": action, "arguments": arguments})
            return
        self._apply(action, arguments)
        await self.keep()

    async def _keep_quietly(self) -> None:
        with suppress(DiskFull):
            await self.keep()

    def _apply(self, action: str, arguments: dict[str, Any]) -> None:
        """Raises DiskFull, and shows it."""
        try:
            self._change(action, arguments)
        except DiskFull:
            self.disk_full = True
            raise
        finally:
            self._personal_changed()

    def _change(self, action: str, arguments: dict[str, Any]) -> None:
        match action:
            case "set":
                self.personal.set(**arguments)
            case "choose":
                self.personal.set(**arguments)
                if "belt_rank" in arguments:
                    self.account.remember({"belt": Belt(arguments["belt_rank"]).code})
            case "opened":
                self.personal.opened(arguments["kind"], arguments["slug"], at=self.device.now())
            case "did":
                self.learner.did(**arguments, at=self.device.now())
            case "sign_in":
                self.personal.set(**arguments)
                self.sync.wake()  # what one's other devices did should be here before one has looked for it
            case "sign_out":
                self.personal.set(access=None, refresh=None, email=None, learner=None, quiz=None, reminder_device=None)
                self.learner.forget()
                self.learning.follow()

    def _tell_how_it_stands(self) -> None:
        """Let the other tabs show it too, and keep when the server was last heard."""
        if not self.device.tabs.is_writer:
            return
        status = self.sync.status
        self.device.tabs.tell({"type": "sync", "status": status.as_message()})
        heard_at = status.last_heard_at and status.last_heard_at.isoformat()
        if status.phase == "idle" and heard_at != self.personal.setting("last_heard_at"):
            self._do("set", last_heard_at=heard_at)

    async def _heard(self, message: Message) -> None:
        """Follow what another tab did, or do what it asks for."""
        match message["type"]:
            case "write" if self.device.tabs.is_writer:
                with suppress(DiskFull):
                    await self._write(message["action"], **message["arguments"])
                    self.learning.follow()
            case "sync now" if self.device.tabs.is_writer:
                self.sync.wake()
            case "how is it" if self.device.tabs.is_writer:
                self._tell_how_it_stands()
            case "sync" if not self.device.tabs.is_writer:
                self.sync.show(Status.of_message(message["status"]))
            case "personal" | "writer":
                await self.device.disk.load()
                self.learning.follow()
                self._personal_changed()
            case "catalogue":
                await self.device.disk.load()
                self.catalogue_replaced()

    def _favourites(self) -> frozenset[tuple[str, str]]:
        """Return kind and slug of what the learner has marked."""
        chosen = [choice.name.split("/") for choice in self.learner.choices().values() if choice.value]
        return frozenset((name[1], name[2]) for name in chosen if name[0] == "favourite")

    def _personal_changed(self) -> None:
        self.favourites = self._favourites()
        self.preferences.read()
        self.account.changed()
        self.changed()

    def catalogue_replaced(self) -> None:
        """Read again what is held in memory: the catalogue has moved on."""
        self.search.forget()
        for lexicon in self.lexicons.values():
            lexicon.refresh()
        self.changed()


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None

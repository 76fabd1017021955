"""Three devices of one learner and the real server: whatever is lost, repeated or misdated, in the end all agree."""

import json
import os
import random
import tempfile
import uuid
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest
import time_machine
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from rest_framework.test import APIClient

from handbook.accounts.tests import make as accounts
from handbook.catalogue.tests import make as catalogue
from handbook.quizzes.selectors import learning_of, log_for
from tkd_client.api.accounts import Tokens
from tkd_client.api.transport import Answer, ApiError, Unreachable
from tkd_client.offline import personal
from tkd_client.offline.database import Database
from tkd_client.offline.journal import Journal
from tkd_client.offline.learner import LearnerStore
from tkd_client.offline.personal import Personal
from tkd_client.state.learner_sync import sync_learner
from tkd_rules.merge import STATUSES, ProgressStatus
from tkd_rules.repetition.replay import replay_all
from tkd_rules.repetition.settings import ALGORITHMS

RUNS = int(os.environ.get("DEVICE_RUNS", "500"))
STEPS = 25
TOKENS = Tokens(access="a", refresh="r")  # the client of the tests is signed in by itself
CARDS = tuple(f"technique/{slug}/{facet}" for slug in ("ap-chagi", "dollyo-chagi") for facet in ("meaning", "korean"))
FATES = ("arrives", "request lost", "reply lost")
CLOCK_ERRORS = (timedelta(), timedelta(days=-40), timedelta(minutes=4), timedelta(days=3), timedelta(days=700))
Result = TypeVar("Result")

devices = st.integers(0, 2)


def finish(work: Coroutine[Any, Any, Result]) -> Result:
    """Run what waits for nothing outside this process without a loop, in which Django would refuse to work."""
    try:
        work.send(None)
    except StopIteration as ended:
        return cast("Result", ended.value)
    raise AssertionError("it waits for something")


class Line:
    """A connection to the real server: what becomes of each request is decided beforehand, in the end all arrive."""

    def __init__(self, client: APIClient) -> None:
        self.client = client
        self.fates: list[str] = []
        self.last_push: bytes = b""

    async def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None, timeout_s: float
    ) -> Answer:
        fate = self.fates.pop(0) if self.fates else "arrives"
        if fate == "request lost":
            raise Unreachable(fate)
        answer = self.ask(method, path, body)
        if fate == "reply lost":
            raise Unreachable(fate)
        return answer

    def ask(self, method: str, path: str, body: bytes | None) -> Answer:
        if body:
            self.last_push = body
        response = self.client.generic(method, path, (body or b"").decode(), content_type="application/json")
        assert response.status_code == 200, response.content
        sent_at = format_datetime(datetime.now(UTC).replace(microsecond=0), usegmt=True)
        return Answer(status=200, headers={"content-type": "application/json", "date": sent_at}, body=response.content)


class Phone:
    """One device with a store on a disk, a clock that may be wrong, and a line that may fail."""

    def __init__(self, folder: Path, name: str, client: APIClient, clock_error: timedelta) -> None:
        self.folder, self.name, self.clock_error = folder, name, clock_error
        self.line = Line(client)
        folder.mkdir()
        self.start()

    def start(self) -> None:
        database = Database(self.folder / "personal.db", personal.MIGRATIONS)
        personal_ = Personal(database, Journal(self.folder / "unsent.jsonl"))
        personal_.set(device=self.name)
        self.store = LearnerStore(personal_)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.clock_error

    def did(self, kind: str, **payload: Any) -> str:
        id_ = str(uuid.uuid4())
        self.store.did(kind, payload, id_=id_, at=self.now())
        return id_

    def sync(self, fates: list[str]) -> None:
        self.line.fates = list(fates)
        try:
            finish(sync_learner(self.store, self.line, TOKENS, catalogue_revision=1, now=self.now))
        except ApiError:
            return


class Learners(RuleBasedStateMachine):
    """What one learner does on three devices. Undone and taken over by `check` at the end of each run."""

    @initialize(errors=st.lists(st.sampled_from(CLOCK_ERRORS), min_size=3, max_size=3))
    def begin(self, errors: list[timedelta]) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="handbook-devices-")
        self.clock = time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False)
        self.time = self.clock.start()
        self.mina = accounts.user()
        client = APIClient()
        client.force_authenticate(self.mina)
        self.phones = [
            Phone(Path(self.folder.name) / str(number), f"device-{number}", client, error)
            for number, error in enumerate(errors)
        ]
        self.answers: dict[str, tuple[str, int]] = {}
        self.taken_back: set[str] = set()
        self.learned: list[tuple[int, int]] = []

    @rule(device=devices, card=st.sampled_from(CARDS), rating=st.integers(1, 4))
    def answer(self, device: int, card: str, rating: int) -> None:
        phone = self.phones[device]
        id_ = phone.did("review", card=card, rating=rating, reviewed_at=phone.now().isoformat(), elapsed_ms=900)
        self.answers[id_] = (card, rating)

    @rule(device=devices)
    def take_back(self, device: int) -> None:
        known = self.phones[device].store.log()
        if known:
            self.phones[device].did("retraction", review=known[-1].id)
            self.taken_back.add(known[-1].id)

    @rule(device=devices, value=st.integers(0, 20))
    def want_new_cards(self, device: int, value: int) -> None:
        phone = self.phones[device]
        phone.did("choice", name="new_per_day", value=value, occurred_at=phone.now().isoformat())

    @rule(device=devices, is_on=st.booleans())
    def favour(self, device: int, is_on: bool) -> None:  # noqa: FBT001 - drawn by name
        phone = self.phones[device]
        value = True if is_on else None
        phone.did("choice", name="favourite/tul/chon-ji", value=value, occurred_at=phone.now().isoformat())

    @rule(device=devices, algorithm=st.sampled_from(ALGORITHMS), zone=st.sampled_from(["Europe/Warsaw", "Asia/Seoul"]))
    def change_the_rules(self, device: int, algorithm: str, zone: str) -> None:
        phone = self.phones[device]
        since = phone.now().isoformat()
        phone.did("rules", since=since, algorithm=algorithm, desired_retention=0.9, time_zone=zone)

    @rule(device=devices, status=st.sampled_from(STATUSES), score=st.integers(0, 100))
    def learn_a_tul(self, device: int, status: ProgressStatus, score: int) -> None:
        phone = self.phones[device]
        self.learned.append((STATUSES.index(status), score))
        phone.did(
            "progress",
            item_type="tul",
            item="chon-ji",
            status=status,
            score=score,
            streak=score // 10,
            position=score % 19,
            note=phone.name,
            occurred_at=phone.now().isoformat(),
        )

    @rule(hours=st.sampled_from([0.01, 1, 9, 26, 24 * 31]))
    def wait(self, hours: float) -> None:
        self.time.shift(timedelta(hours=hours))

    @rule(device=devices, fates=st.lists(st.sampled_from(FATES), max_size=4))
    def sync(self, device: int, fates: list[str]) -> None:
        self.phones[device].sync(fates)

    @precondition(lambda self: any(phone.line.last_push for phone in self.phones))
    @rule(device=devices)
    def a_batch_arrives_again(self, device: int) -> None:
        line = self.phones[device].line
        if line.last_push:
            line.ask("POST", "/api/v1/sync/push", line.last_push)

    @rule(device=devices)
    def is_killed_and_started(self, device: int) -> None:
        self.phones[device].start()

    @rule(device=devices, error=st.sampled_from(CLOCK_ERRORS))
    def clock_is_set(self, device: int, error: timedelta) -> None:
        self.phones[device].clock_error = error

    def teardown(self) -> None:
        if not hasattr(self, "phones"):
            return
        try:
            for phone in [*self.phones, *self.phones]:
                phone.sync([])
            self.check()
        finally:
            self.clock.stop()
            self.folder.cleanup()

    def check(self) -> None:
        """All know the same, nothing is missing, and the state is what replaying everything gives."""
        log = log_for(self.mina.pk)
        learning = learning_of(self.mina.pk, at=datetime.now(UTC))
        kept = {id_: answer for id_, answer in self.answers.items() if id_ not in self.taken_back}
        assert {review.id: (review.card, int(review.rating)) for review in log} == kept
        for phone in self.phones:
            assert phone.store.to_send() == []
            assert phone.store.sent() == []
            assert phone.store.log() == log
            assert phone.store.settings() == learning.settings
            assert replay_all(phone.store.log(), phone.store.settings()) == learning.states
        statuses, scores = zip(*self.learned, strict=True) if self.learned else ((), ())
        best = [(max(statuses), max(scores))] if self.learned else []
        first, *others = self.phones
        assert [(STATUSES.index(row.status), row.score) for row in first.store.progress().values()] == best
        for phone in others:
            assert phone.store.choices() == first.store.choices()
            assert phone.store.progress() == first.store.progress()


@pytest.mark.django_db(transaction=True)
def test_three_devices_agree_whatever_happened_on_the_way() -> None:
    catalogue.technique("ap-chagi")
    catalogue.technique("dollyo-chagi")
    number = random.randrange(2**32)  # noqa: S311 - any will do
    print(f"seed {number}, {RUNS} runs")
    run_state_machine_as_test(
        seed(number)(Learners),
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


def test_a_lost_line_is_said_and_costs_nothing(tmp_path: Path) -> None:
    phone = Phone(tmp_path / "phone", "device-0", APIClient(), timedelta())
    phone.did("retraction", review=str(uuid.uuid4()))
    phone.line.fates = ["request lost"]
    with pytest.raises(Unreachable):
        finish(sync_learner(phone.store, phone.line, TOKENS, catalogue_revision=1, now=phone.now))
    assert [operation.kind for operation in phone.store.to_send()] == ["retraction"]
    assert json.loads((tmp_path / "phone" / "unsent.jsonl").read_text())["put"]["kind"] == "retraction"

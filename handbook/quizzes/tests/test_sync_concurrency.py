"""One learner's devices that push at the same moment, and one that follows beside them, on the real database."""

import threading
import uuid

import pytest
from django.utils import timezone
from pytest_django import Settings

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.catalogue.tests import make as catalogue
from handbook.common.tests.concurrency import at_once
from handbook.progress.models import Progress
from handbook.quizzes.models import Review
from handbook.sync.registry import Batch
from handbook.sync.selectors import news_for
from handbook.sync.services import push
from handbook.sync.tests.make import Operation, progress, review
from tests.services import free_port

pytestmark = pytest.mark.django_db(transaction=True)
DEVICES = 4
BATCHES_EACH = 6


def batch_of(learner: User, device: str) -> Batch:
    return Batch(learner_id=learner.pk, device=device, catalogue_revision=0, now=timezone.now())


def what_a_device_did(number: int) -> list[list[Operation]]:
    """Return batches; each device raises the same progress, and sends its first answer in every batch once more."""
    first = review(id_=str(uuid.UUID(int=number + 1)))
    return [
        [first, review(elapsed_ms=place), progress(score=number * 10 + place, status="done" if place == 3 else "seen")]
        for place in range(BATCHES_EACH)
    ]


def test_devices_that_push_at_once_lose_nothing_double_nothing_and_a_follower_misses_nothing() -> None:
    catalogue.technique("ap-chagi")
    mina = accounts.user()
    sent = [what_a_device_did(number) for number in range(DEVICES)]
    seen: set[str] = set()
    done = threading.Event()
    pushing = threading.Semaphore(0)

    def device(number: int) -> None:
        for operations in sent[number]:
            results = push(batch_of(mina, f"device-{number}"), operations)
            assert {result.outcome for result in results} <= {"stored", "known"}
        pushing.release()

    def follow() -> None:
        cursor = 0
        while True:
            is_last = done.is_set()
            news = news_for(mina.pk, since=cursor)
            assert news.cursor >= cursor
            cursor = news.cursor
            seen.update(change.payload["id"] for change in news.changes if change.kind == "review")
            if is_last and not news.has_more:
                return

    def wait_for_devices() -> None:
        for _ in range(DEVICES):
            assert pushing.acquire(timeout=60)
        done.set()

    jobs = [lambda number=number: device(number) for number in range(DEVICES)]
    assert at_once([*jobs, follow, wait_for_devices]) == []
    ids = {operation["id"] for batches in sent for batch in batches for operation in batch[:2]}
    assert {str(row.review_id) for row in Review.objects.filter(learner=mina)} == ids == seen
    numbers = list(Review.objects.filter(learner=mina).values_list("change", flat=True))
    assert len(numbers) == len(set(numbers)) == DEVICES * (BATCHES_EACH + 1)
    row = Progress.objects.get()
    assert (row.score, row.status) == ((DEVICES - 1) * 10 + BATCHES_EACH - 1, "done")


def test_without_a_shared_cache_the_database_answers(settings: Settings) -> None:
    catalogue.technique("ap-chagi")
    mina = accounts.user()
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    push(batch_of(mina, "phone"), [review()])
    assert news_for(mina.pk, since=0).cursor == 1
    assert news_for(mina.pk, since=1).changes == []

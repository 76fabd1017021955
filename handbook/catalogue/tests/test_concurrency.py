"""Editors who publish at the same moment, and readers beside them, on the real database."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from handbook.catalogue import services
from handbook.catalogue.models import Technique
from handbook.catalogue.revision import current_revision
from handbook.catalogue.selectors import changes_after
from handbook.catalogue.tests import make
from handbook.common.tests.concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = 6
CHANGES_EACH = 5


def test_every_publication_has_a_revision_of_its_own_and_a_follower_misses_none() -> None:
    items = [make.technique(f"t{number}") for number in range(EDITORS)]
    cursor = start = current_revision()
    taken: list[int | None] = []
    followed: set[int] = set()
    done = threading.Event()

    def publish(item: Technique) -> Callable[[], None]:
        def job() -> None:
            taken.extend(services.record_change([item]) for _ in range(CHANGES_EACH))

        return job

    def follow() -> None:
        nonlocal cursor
        while not (done.is_set() and cursor == current_revision()):
            changes = changes_after(cursor)
            followed.update(item["revision"] for item in changes.upserts["techniques"])
            cursor = changes.revision
        connections.close_all()

    follower = threading.Thread(target=follow)
    follower.start()
    raised = at_once([publish(item) for item in items])
    done.set()
    follower.join(timeout=60)
    assert raised == []
    assert sorted(filter(None, taken)) == list(range(start + 1, start + 1 + EDITORS * CHANGES_EACH))
    final = set(Technique.objects.values_list("revision", flat=True))
    assert final <= followed | {item.revision for item in items}
    assert cursor == start + EDITORS * CHANGES_EACH


def test_a_reader_does_not_see_a_revision_before_its_commit() -> None:
    item = make.technique()
    before = current_revision()
    seen: list[int] = []

    def read() -> None:
        seen.append(current_revision())

    with transaction.atomic():
        services.record_change([item])
        if connection.vendor == "postgresql":
            assert at_once([read]) == []
            assert seen == [before]
    assert current_revision() == before + 1


def test_only_one_of_many_settles_a_scheduled_moment() -> None:
    now = timezone.now()
    make.technique("season", valid_from=now + timedelta(hours=1))
    before = current_revision()
    revisions: list[int | None] = []
    raised = at_once([lambda: revisions.append(services.settle_validity(at=now + timedelta(hours=2)))] * 4)
    assert raised == []
    assert [revision for revision in revisions if revision] == [before + 1]

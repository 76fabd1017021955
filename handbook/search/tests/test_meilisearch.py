"""Meilisearch over real HTTP, and what happens when it is slow, broken or somebody else."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils.timezone import now
from pytest_django import Settings

from handbook.catalogue import services as catalogue
from handbook.catalogue.models import TechniqueTranslation
from handbook.catalogue.revision import current_revision
from handbook.catalogue.tests import make
from handbook.search.engines.base import EngineUnavailable
from handbook.search.engines.breaker import FAILURES_THAT_OPEN, PAUSE_S, CircuitBreaker
from handbook.search.engines.meilisearch import INDEX, INDEX_SETTINGS, MeilisearchIndex
from handbook.search.tasks import LOCK_KEY, PUSHED_KEY, push_changes, pushed_revision
from handbook.search.tests.conftest import Search
from handbook.search.tests.meilisearch_server import Meilisearch

pytestmark = pytest.mark.django_db(transaction=True)


def reindex(**options: object) -> str:
    out = StringIO()
    call_command("reindex_search", stdout=out, **options)
    return out.getvalue().strip()


def test_a_publication_is_pushed_after_its_commit(meilisearch: Meilisearch) -> None:
    item = make.technique()
    assert meilisearch.settings[INDEX] == INDEX_SETTINGS
    assert set(meilisearch.indexes[INDEX]) == {"technique-dollyo-chagi"}
    assert pushed_revision() == item.revision
    catalogue.unpublish([item])
    assert meilisearch.indexes[INDEX] == {}
    assert push_changes() == f"revision {current_revision()}: 0 put, 0 removed"


def test_theory_questions_are_neither_sent_nor_removed(meilisearch: Meilisearch) -> None:
    make.technique()
    question = make.theory_question()
    assert set(meilisearch.indexes[INDEX]) == {"technique-dollyo-chagi"}
    assert pushed_revision() == question.revision
    assert reindex(drop=True) == f"Sent 1 items of revision {question.revision}."
    assert pushed_revision() == question.revision
    catalogue.unpublish([question])
    assert set(meilisearch.indexes[INDEX]) == {"technique-dollyo-chagi"}
    assert pushed_revision() == current_revision()


def test_the_answer_comes_from_meilisearch_where_it_is_configured(meilisearch: Meilisearch, search: Search) -> None:
    make.technique()
    response = search("turning kick")
    assert response.headers["X-Search-Engine"] == "meilisearch"
    [hit] = response.json()["results"]
    assert hit["slug"] == "dollyo-chagi"
    assert hit["matched_field"] == "name.en"
    assert hit["snippet"] == "<mark>turning</mark> <mark>kick</mark>"
    assert hit["name"]["ko"] == "돌려 차기"


def test_what_is_not_found_as_typed_is_looked_for_by_its_sound(meilisearch: Meilisearch, search: Search) -> None:
    make.technique()
    response = search("dolyo chaggi", type="technique")
    assert response.headers["X-Search-Engine"] == "meilisearch"
    assert [hit["slug"] for hit in response.json()["results"]] == ["dollyo-chagi"]


def test_what_meilisearch_still_holds_is_not_found_when_it_is_not_published(
    meilisearch: Meilisearch, search: Search
) -> None:
    item = make.technique()
    held = dict(meilisearch.indexes[INDEX])
    catalogue.unpublish([item])
    meilisearch.indexes[INDEX].update(held)
    response = search("turning kick")
    assert response.headers["X-Search-Engine"] == "meilisearch"
    assert response.json()["results"] == []


def test_an_item_whose_time_is_over_is_not_found(meilisearch: Meilisearch, search: Search) -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        make.technique(valid_to=start + timedelta(hours=1))
        assert search("turning kick").json()["count"] == 1
        clock.shift(timedelta(hours=1, seconds=1))
        response = search("turning kick")
    assert response.headers["X-Search-Engine"] == "meilisearch"
    assert response.json()["results"] == []


def test_a_hit_says_what_is_published_also_when_meilisearch_is_late(meilisearch: Meilisearch, search: Search) -> None:
    item = make.technique()
    held = dict(meilisearch.indexes[INDEX])
    TechniqueTranslation.objects.filter(technique=item, lang="en").update(name="round kick")
    catalogue.record_change([item])
    meilisearch.indexes[INDEX].update(held)
    [hit] = search("turning").json()["results"]
    assert hit["name"]["en"] == "round kick"


@pytest.mark.parametrize("trouble", ["slow", "broken", "garbage", "gone", "wrong key"])
def test_when_meilisearch_fails_the_embedded_engine_answers(
    meilisearch: Meilisearch, search: Search, settings: Settings, trouble: str
) -> None:
    make.technique()
    settings.MEILISEARCH_TIMEOUT_MS = 100
    match trouble:
        case "slow":
            meilisearch.delay_s = 0.5
        case "broken":
            meilisearch.is_broken = True
        case "garbage":
            meilisearch.answers_garbage = True
        case "gone":
            settings.MEILISEARCH_URL = "http://127.0.0.1:1"
        case _:
            settings.MEILISEARCH_API_KEY = "wrong"
    response = search("dollyo")
    assert response.headers["X-Search-Engine"] == "embedded-fallback"
    assert [hit["slug"] for hit in response.json()["results"]] == ["dollyo-chagi"]


def test_after_some_failures_nobody_asks_until_the_pause_is_over(meilisearch: Meilisearch, search: Search) -> None:
    make.technique()
    meilisearch.answers_garbage = True
    for _ in range(FAILURES_THAT_OPEN):
        search("dollyo")
    meilisearch.answers_garbage = False
    searches = meilisearch.searches
    assert search("dollyo").headers["X-Search-Engine"] == "embedded-fallback"
    assert meilisearch.searches == searches


def test_the_breaker_lets_one_request_try_after_the_pause() -> None:
    now_s = 0.0
    breaker = CircuitBreaker(clock_s=lambda: now_s)
    for _ in range(FAILURES_THAT_OPEN):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    now_s = PAUSE_S + 1
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()


def test_reindexing_sends_everything_in_batches(meilisearch: Meilisearch) -> None:
    for number in range(3):
        make.technique(f"t{number}")
    make.term()
    meilisearch.indexes.clear()
    assert reindex(batch_size=2) == f"Sent 4 items of revision {current_revision()}."
    assert len(meilisearch.indexes[INDEX]) == 4


def test_reindexing_may_start_over_with_some_types(meilisearch: Meilisearch) -> None:
    make.technique()
    make.term()
    assert reindex(drop=True, types=["term"]) == f"Sent 1 items of revision {current_revision()}."
    assert set(meilisearch.indexes[INDEX]) == {"term-ap-joomuk"}
    meilisearch.indexes.clear()
    reindex(drop=True)
    assert len(meilisearch.indexes[INDEX]) == 2


@pytest.mark.parametrize("pushed", [None, ("another life of the catalogue", 1), "ahead"])
def test_what_is_withdrawn_goes_also_when_nobody_knows_what_was_pushed(
    meilisearch: Meilisearch, search: Search, pushed: Any
) -> None:
    staying, going = make.technique("stays"), make.technique("goes")
    if pushed == "ahead":
        catalogue_id, revision = cache.get(PUSHED_KEY)
        pushed = (catalogue_id, revision + 100)
    cache.set(PUSHED_KEY, pushed) if pushed else cache.delete(PUSHED_KEY)
    catalogue.unpublish([going])
    assert set(meilisearch.indexes[INDEX]) == {"technique-stays"}
    catalogue.unpublish([staying])
    assert meilisearch.indexes[INDEX] == {}


def test_the_last_item_goes_too_when_nobody_knows_what_was_pushed(meilisearch: Meilisearch) -> None:
    item = make.technique()
    cache.delete(PUSHED_KEY)
    catalogue.unpublish([item])
    assert meilisearch.indexes[INDEX] == {}


def test_reindexing_removes_what_is_not_published(meilisearch: Meilisearch) -> None:
    make.technique()
    make.term()
    documents = meilisearch.indexes[INDEX]
    documents["technique-old"] = documents["technique-dollyo-chagi"] | {"id": "technique-old"}
    documents["term-old"] = documents["term-ap-joomuk"] | {"id": "term-old"}
    reindex(types=["technique"])
    assert set(documents) == {"technique-dollyo-chagi", "term-ap-joomuk", "term-old"}
    reindex()
    assert set(documents) == {"technique-dollyo-chagi", "term-ap-joomuk"}


def test_reindexing_waits_for_no_push(meilisearch: Meilisearch) -> None:
    make.technique()
    cache.set(LOCK_KEY, 1)
    with pytest.raises(CommandError, match="under way"):
        reindex()


def test_a_dry_run_sends_nothing(meilisearch: Meilisearch) -> None:
    make.technique()
    tasks = len(meilisearch.tasks)
    assert reindex(dry_run=True) == f"Would send 1 items of revision {current_revision()}."
    assert len(meilisearch.tasks) == tasks


def test_reindexing_without_meilisearch_says_so() -> None:
    with pytest.raises(CommandError, match="MEILISEARCH_URL is not set"):
        reindex()
    with pytest.raises(CommandError, match="at least 1"):
        reindex(batch_size=0)


@pytest.mark.parametrize(("key", "reason"), [("wrong", "API key is invalid"), ("", "Meilisearch refused")])
def test_a_refusal_is_reported_in_words(meilisearch: Meilisearch, settings: Settings, key: str, reason: str) -> None:
    settings.MEILISEARCH_API_KEY = key
    with pytest.raises(CommandError, match=reason):
        reindex()


def test_a_task_that_fails_is_an_error(meilisearch: Meilisearch) -> None:
    index = MeilisearchIndex()
    with pytest.raises(EngineUnavailable, match="index_not_found"):
        index.remove([("technique", "nothing")])
    meilisearch.is_broken = True
    with pytest.raises(EngineUnavailable):
        index.prepare()


def test_two_pushes_do_not_run_side_by_side(meilisearch: Meilisearch) -> None:
    make.technique()
    cache.set(LOCK_KEY, 1)
    with pytest.raises(EngineUnavailable, match="under way"):
        push_changes.run()

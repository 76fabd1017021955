"""ETags, 304, the shared cache: nothing is asked of the database twice, and nothing is stale."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from handbook.catalogue import documents, revision
from handbook.catalogue.models import CatalogueState
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get
from handbook.common.shared_cache import shared_cache

pytestmark = pytest.mark.django_db(transaction=True)


def test_headers_let_shared_caches_keep_an_answer_and_revalidate(get: Get) -> None:
    made = make.technique()
    headers = get("techniques").headers
    assert headers["Cache-Control"] == "public, max-age=30, stale-while-revalidate=300"
    assert headers["ETag"].startswith(f'"r{made.revision}-')
    assert "Cookie" not in headers.get("Vary", "")
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["techniques", "techniques/dollyo-chagi", "sync/catalogue?since=1"])
def test_a_repeated_request_costs_no_sql(get: Get, path: str) -> None:
    make.technique()
    first = get(path)
    with CaptureQueriesContext(connection) as queries:
        second = get(path)
        not_modified = get(path, if_none_match=f"W/{first.headers['ETag']}")
    assert len(queries) == 0
    assert second.content == first.content
    assert not_modified.status_code == 304
    assert not_modified.content == b""
    assert not_modified.headers["ETag"] == first.headers["ETag"]
    assert not {"Content-Length", "Content-Type"} & not_modified.headers.keys()


def test_the_order_of_parameters_does_not_matter_but_their_values_do(get: Get) -> None:
    make.technique()
    one, same, other = (get(f"techniques?{query}") for query in ("belt=9&lang=pl", "lang=pl&belt=9kup", "belt=8"))
    assert one.headers["ETag"] == same.headers["ETag"] != other.headers["ETag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("techniques", 304), ("techniques/nope", 404), ("techniques?page=99", 404), ("sync/catalogue?since=0", 304)],
)
def test_if_none_match_of_anything_holds_only_what_exists(get: Get, path: str, status: int) -> None:
    make.technique()
    assert [get(path, if_none_match="*").status_code for _ in range(2)] == [status] * 2


def test_a_change_gives_a_new_etag_and_new_bytes(get: Get) -> None:
    make.technique()
    before = get("techniques")
    make.rename("dollyo-chagi", "round kick")
    after = get("techniques", if_none_match=before.headers["ETag"])
    assert after.status_code == 200
    assert after.json()["results"][0]["name"]["en"] == "round kick"


def test_without_a_cache_the_answers_are_right_and_come_from_the_database(get: Get) -> None:
    make.technique()
    dead = "redis://127.0.0.1:1/0"
    with override_settings(
        REDIS_URL=dead,
        CACHES={"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": dead}},
    ):
        assert get("techniques").json()["count"] == 1
        make.rename("dollyo-chagi", "round kick")
        assert get("techniques").json()["results"][0]["name"]["en"] == "round kick"


def test_the_cached_state_only_moves_forward() -> None:
    make.technique()
    newest = revision.current_revision()
    epoch = CatalogueState.objects.get().epoch
    shared_cache().eval(revision.KEEP_THE_NEWER, 1, revision.STATE_KEY, f"{newest - 1} 0 {epoch}", "30")
    held = revision.Published(revision=newest, next_change_at_s=0, catalogue_id=f"{epoch}-{documents.LAYOUT_VERSION}")
    assert revision.cached_state() == held


def test_the_cached_state_of_another_life_of_the_database_gives_way() -> None:
    make.technique()
    shared_cache().set(revision.STATE_KEY, "999 0 0123456789ab")
    make.technique("other")
    assert revision.current_revision() == CatalogueState.objects.get().revision

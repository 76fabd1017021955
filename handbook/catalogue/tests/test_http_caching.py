"""ETags, 304, the byte caches: nothing is asked of the database twice, and nothing is stale."""

import gzip
import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from handbook.catalogue import documents, revision, services
from handbook.catalogue.edge import Answer, CatalogueEdge
from handbook.catalogue.models import CatalogueState, Technique, TechniqueTranslation, Tombstone
from handbook.catalogue.tasks import publish_snapshot
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get
from handbook.common.shared_cache import shared_cache

pytestmark = pytest.mark.django_db(transaction=True)


def rename(slug: str, name: str) -> None:
    translation = TechniqueTranslation.objects.get(technique__slug=slug, lang="en")
    translation.name = name
    translation.save()
    services.record_change([translation.technique])


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
    rename("dollyo-chagi", "round kick")
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
        rename("dollyo-chagi", "round kick")
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


def test_the_snapshot_is_one_file_that_never_changes(client: Client) -> None:
    make.technique()
    delta = client.get("/api/v1/sync/catalogue?since=0").json()
    assert publish_snapshot() == f"revision {delta['cursor']}: {len(client.get(delta['snapshot_path']).content)} bytes"
    response = client.get(delta["snapshot_path"])
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert json.loads(gzip.decompress(response.content)) == delta
    rename("dollyo-chagi", "round kick")
    assert client.get(delta["snapshot_path"]).content == response.content


def test_a_snapshot_that_is_not_kept_points_to_the_current_one(client: Client) -> None:
    paths = []
    for number in range(5):
        make.technique(f"t{number}")
        paths.append(client.get("/api/v1/sync/catalogue?since=1").json()["snapshot_path"])
        client.get(paths[-1])
    response = client.get(paths[0])
    assert response.status_code == 404
    assert response.json()["current"] == paths[-1]
    assert stored_snapshots() == {path.rsplit("/", 1)[1] for path in paths[-3:]}
    for name in ("1", "999999999999999999", "x" * 60, "x" * 61, "..", "A"):
        assert client.get(f"/api/v1/sync/catalogue/snapshots/{name}.json.gz").status_code == 404


def stored_snapshots() -> set[str]:
    return set(default_storage.listdir("catalogue")[1])


GZIP = {"accept-encoding": "gzip"}


def everything(client: Client, **headers: str) -> Any:
    """Return the snapshot as the delta's path answers it compressed."""
    return client.get("/api/v1/sync/catalogue?since=0", headers=GZIP | headers)


def start_again() -> None:
    """Put the database back to nothing and publish another technique under the revision that was there before."""
    before = revision.current_revision()
    for model in (Technique, Tombstone, CatalogueState):
        model._default_manager.all().delete()
    for _ in range(before):
        make.technique("another")
        Technique.objects.exclude(revision=before).delete()
    assert revision.current_revision() == before


def test_another_life_of_the_database_answers_nothing_of_the_earlier_one(client: Client, edge: "Edge") -> None:
    make.technique()
    old_list, old_file = client.get("/api/v1/techniques"), everything(client)
    old = json.loads(gzip.decompress(old_file.content))
    assert b"dollyo-chagi" in edge.get("/api/v1/techniques")[2]
    start_again()
    assert b"another" in edge.get("/api/v1/techniques")[2]
    new_list = client.get("/api/v1/techniques", headers={"if-none-match": old_list.headers["ETag"]})
    assert [item["slug"] for item in new_list.json()["results"]] == ["another"]
    new = json.loads(gzip.decompress(everything(client, **{"if-none-match": old_file.headers["ETag"]}).content))
    assert new["cursor"] == old["cursor"]
    assert [item["slug"] for item in new["upserts"]["techniques"]] == ["another"]
    assert client.get(old["snapshot_path"]).json()["current"] == new["snapshot_path"]
    assert stored_snapshots() == {new["snapshot_path"].rsplit("/", 1)[1]}


@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_a_cursor_of_another_life_gets_everything(client: Client, accepted: str) -> None:
    make.technique()
    old = client.get("/api/v1/sync/catalogue?since=0").json()
    start_again()
    make.technique("newest")

    def asked(query: str) -> Any:
        answer = client.get(f"/api/v1/sync/catalogue?{query}", headers={"accept-encoding": accepted})
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return json.loads(gzip.decompress(answer.content) if packed else answer.content)

    everything_now = asked(f"since={old['cursor']}&catalogue_id={old['catalogue_id']}")
    assert everything_now["is_snapshot"]
    assert [item["slug"] for item in everything_now["upserts"]["techniques"]] == ["another", "newest"]
    for query in (f"since={old['cursor']}", f"since={old['cursor']}&catalogue_id={everything_now['catalogue_id']}"):
        delta = asked(query)
        assert not delta["is_snapshot"]
        assert [item["slug"] for item in delta["upserts"]["techniques"]] == ["newest"]
    assert asked(f"since=999&catalogue_id={everything_now['catalogue_id']}")["is_snapshot"]


@pytest.mark.parametrize("name", ["", "A", "a b", "x" * 41, "a&catalogue_id=b", "a%0A"])
def test_what_no_catalogue_is_called_is_refused(get: Get, name: str) -> None:
    response = get(f"sync/catalogue?since=1&catalogue_id={name}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["catalogue_id"]


def test_a_restored_backup_begins_an_epoch_of_its_own(get: Get) -> None:
    made = make.technique()
    before = get("sync/catalogue?since=0").json()
    call_command("begin_catalogue_epoch")
    after = get(f"sync/catalogue?since={before['cursor']}&catalogue_id={before['catalogue_id']}").json()
    assert (after["is_snapshot"], after["cursor"]) == (True, made.revision + 1)


def test_another_layout_of_the_documents_is_another_catalogue(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make.technique()
    old = client.get("/api/v1/sync/catalogue?since=0").json()
    paths = ("/api/v1/techniques", "/api/v1/sync/catalogue?since=1")
    before = {Edge().get(path)[1]["ETag"] for path in paths}
    monkeypatch.setattr(documents, "LAYOUT_VERSION", documents.LAYOUT_VERSION + 1)
    assert not before & {Edge().get(path)[1]["ETag"] for path in paths}
    query = f"since={old['cursor']}&catalogue_id={old['catalogue_id']}"
    assert client.get(f"/api/v1/sync/catalogue?{query}").json()["is_snapshot"]


def test_the_whole_catalogue_travels_compressed_where_the_client_takes_it(client: Client) -> None:
    make.technique()
    plain = client.get("/api/v1/sync/catalogue?since=0")
    packed = client.get("/api/v1/sync/catalogue?since=0", headers={"accept-encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert json.loads(gzip.decompress(packed.content)) == plain.json()
    again = client.get(
        "/api/v1/sync/catalogue?since=0", headers={"accept-encoding": "gzip", "if-none-match": packed.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.headers["ETag"] == packed.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("accepted", ["", "gzip"])
@pytest.mark.parametrize("first", ["", "gzip"])
def test_who_holds_the_snapshot_in_either_encoding_holds_it(edge: "Edge", first: str, accepted: str) -> None:
    make.technique()
    path = "/api/v1/sync/catalogue?since=0"
    held = edge.get(path, accept_encoding=first)[1]["ETag"]
    for _from_django_then_from_the_edge in range(2):
        status, headers, _body = edge.get(path, accept_encoding=accepted, if_none_match=f'W/{held}, "other"')
        assert (status, headers["ETag"]) == (304, held)
        edge.get(path, accept_encoding=accepted)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip"),
        ("GZip ; Q=0.001", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0.000, identity", None),
        ("gzip;q=0.5, identity;q=0.8", None),
        ("gzip;q=2", None),
        ("xgzip", None),
        ("br", None),
    ],
)
def test_gzip_is_sent_to_who_takes_it(get: Get, accepted: str, encoding: str | None) -> None:
    assert get("sync/catalogue?since=0", accept_encoding=accepted).headers.get("Content-Encoding") == encoding


@pytest.mark.parametrize("since", ["-1", "x", "99999999999999999999", "1&since=2", "1_0", "1.0", "%2B1", "１"])
def test_a_wrong_cursor_is_refused(get: Get, since: str) -> None:
    response = get(f"sync/catalogue?since={since}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["since"]


class Edge:
    """The WSGI stack with the edge in front, and what passed it."""

    def __init__(self) -> None:
        django = get_wsgi_application()
        self.entered = 0
        self.logged: list[tuple[str, int]] = []

        def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            self.entered += 1
            return django(environ, start_response)

        self._edge = CatalogueEdge(
            counted, log_request=lambda environ, status, _duration_s: self.logged.append((environ["PATH_INFO"], status))
        )

    @property
    def held(self) -> dict[tuple[str, ...], Answer]:
        return dict(self._edge._answers)

    @property
    def held_bytes(self) -> int:
        return self._edge._held_bytes

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        where, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": where,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        seen: list[Any] = []
        chunks = self._edge(environ, lambda status, sent, *_rest: seen.append((status, sent)))
        body = b"".join(chunks)
        if close := getattr(chunks, "close", None):
            close()
        status, sent = seen[-1]
        return int(status[:3]), dict(sent), body


@pytest.fixture
def edge() -> Edge:
    return Edge()


def test_a_repeated_request_does_not_enter_django(edge: Edge) -> None:
    make.technique()
    first = edge.get("/api/v1/techniques?lang=pl")
    second = edge.get("/api/v1/techniques?lang=pl", x_request_id="caller-0001")
    assert edge.entered == 1
    assert second[0] == 200
    assert second[2] == first[2]
    assert second[1] == first[1] | {"X-Request-ID": "caller-0001"}
    assert edge.logged == [("/api/v1/techniques", 200)]


def test_the_edge_answers_304_with_the_same_validators(edge: Edge) -> None:
    make.technique()
    _status, headers, _body = edge.get("/api/v1/techniques")
    status, not_modified, body = edge.get("/api/v1/techniques", if_none_match=headers["ETag"])
    assert (status, body, edge.entered) == (304, b"", 1)
    assert not_modified["ETag"] == headers["ETag"]
    assert not_modified["Cache-Control"] == headers["Cache-Control"]
    assert "Content-Length" not in not_modified


def test_the_edge_is_never_stale(edge: Edge) -> None:
    make.technique()
    edge.get("/api/v1/techniques")
    rename("dollyo-chagi", "round kick")
    assert b"round kick" in edge.get("/api/v1/techniques")[2]
    assert edge.entered == 2


def test_the_edge_passes_on_what_it_may_not_judge(edge: Edge) -> None:
    make.technique()
    for _ in range(2):
        edge.get("/api/v1/techniques", origin="https://elsewhere.example")
        edge.get("/api/v1/techniques?nonsense=1")
        edge.get("/health/live")
        edge.get("/api/v1/techniques", method="HEAD")
        edge.get("/api/v1/techniques", method="POST")
    assert edge.entered == 10


def test_another_host_is_judged_by_django_each_time(edge: Edge) -> None:
    make.technique()
    edge.get("/api/v1/techniques")
    assert edge.get("/api/v1/techniques", host="evil.example")[0] == 400
    assert edge.get("/api/v1/techniques", host="evil.example")[0] == 400


def test_compressed_and_plain_answers_are_kept_apart(edge: Edge) -> None:
    make.technique()
    for _ in range(2):
        packed = edge.get("/api/v1/sync/catalogue?since=0", accept_encoding="gzip")
        plain = edge.get("/api/v1/sync/catalogue?since=0")
        assert gzip.decompress(packed[2]) == plain[2]
    assert edge.entered == 2


def test_the_edge_keeps_no_answer_whose_question_is_long(edge: Edge) -> None:
    make.technique()
    for _ in range(2):
        edge.get("/api/v1/techniques?lang=pl&tag=a" + "&" * 1_000)
        edge.get("/api/v1/techniques?lang=pl", accept="application/json," + "a/b," * 300)
    assert edge.entered == 4


def test_the_edge_holds_so_many_bytes_and_answers_and_no_more(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    make.technique()
    monkeypatch.setattr("handbook.catalogue.edge.MOST_ANSWERS", 3)
    for page_size in range(1, 6):
        edge.get(f"/api/v1/techniques?page_size={page_size}")
    held = edge.held
    assert [key[-1] for key in held] == ["page_size=3", "page_size=4", "page_size=5"]
    sizes = [sum(map(len, key)) + answer.size_bytes for key, answer in held.items()]
    assert edge.held_bytes == sum(sizes)
    assert min(sizes) > 1_500 + len(next(iter(held.values())).body)
    monkeypatch.setattr("handbook.catalogue.edge.CAPACITY_BYTES", sum(sizes))
    edge.get("/api/v1/techniques?page_size=10")
    assert len(edge.held) == 2
    rename("dollyo-chagi", "round kick")
    edge.get("/api/v1/techniques?page_size=10")
    assert edge.held_bytes == sum(sum(map(len, key)) + answer.size_bytes for key, answer in edge.held.items())

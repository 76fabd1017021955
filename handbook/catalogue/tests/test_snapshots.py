"""The snapshot: one file that caches keep, also compressed, and the cursors beside it."""

import gzip
import json

import pytest
from django.test import Client

from handbook.catalogue.tasks import publish_snapshot
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get
from handbook.catalogue.tests.edge import Edge
from handbook.catalogue.tests.snapshots import stored_snapshots

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_snapshot_is_one_file_that_never_changes(client: Client) -> None:
    make.technique()
    delta = client.get("/api/v1/sync/catalogue?since=0").json()
    assert publish_snapshot() == f"revision {delta['cursor']}: {len(client.get(delta['snapshot_path']).content)} bytes"
    response = client.get(delta["snapshot_path"])
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert json.loads(gzip.decompress(response.content)) == delta
    make.rename("dollyo-chagi", "round kick")
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
def test_who_holds_the_snapshot_in_either_encoding_holds_it(edge: Edge, first: str, accepted: str) -> None:
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

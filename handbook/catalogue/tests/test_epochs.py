"""Another life of the database, or another layout of its documents, answers nothing of the earlier one."""

import gzip
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from handbook.catalogue import documents, revision
from handbook.catalogue.models import CatalogueState, Technique, Tombstone
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get
from handbook.catalogue.tests.edge import Edge
from handbook.catalogue.tests.snapshots import everything, stored_snapshots

pytestmark = pytest.mark.django_db(transaction=True)


def start_again() -> None:
    """Put the database back to nothing and publish another technique under the revision that was there before."""
    before = revision.current_revision()
    for model in (Technique, Tombstone, CatalogueState):
        model._default_manager.all().delete()
    for _ in range(before):
        make.technique("another")
        Technique.objects.exclude(revision=before).delete()
    assert revision.current_revision() == before


def test_another_life_of_the_database_answers_nothing_of_the_earlier_one(client: Client, edge: Edge) -> None:
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

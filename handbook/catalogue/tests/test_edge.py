"""The edge: finished answers in front of Django, never stale, within a capacity."""

import gzip

import pytest

from handbook.catalogue.tests import make
from handbook.catalogue.tests.edge import Edge

pytestmark = pytest.mark.django_db(transaction=True)


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
    make.rename("dollyo-chagi", "round kick")
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
    make.rename("dollyo-chagi", "round kick")
    edge.get("/api/v1/techniques?page_size=10")
    assert edge.held_bytes == sum(sum(map(len, key)) + answer.size_bytes for key, answer in edge.held.items())

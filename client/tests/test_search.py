"""Search on the device puts first what the server puts first."""

from pathlib import Path

import pytest

from client.tests.make import changes, handbook, technique

WANTED = [
    ("dolyo chaggi", "dollyo-chagi"),
    ("kopniecie okrezne", "dollyo-chagi"),
    ("돌려차기", "dollyo-chagi"),
    ("ㄷㄹㅊㄱ", "dollyo-chagi"),
    ("apchagi", "ap-chagi"),
    ("forarm", "palmok"),
    ("tul", "chon-ji"),
    ("heaven", "chon-ji"),
    ("knee", "ap-chagi"),
    ("turnign", "dollyo-chagi"),
]


@pytest.mark.parametrize(("text", "first"), WANTED)
def test_what_is_meant_comes_first(tmp_path: Path, text: str, first: str) -> None:
    assert handbook(tmp_path).search.search(text)[0].slug == first


@pytest.mark.parametrize("text", ["", "  ", "!?", '"', "NEAR(", "a AND", "*", "xyzzyx"])
def test_what_is_no_word_finds_nothing_and_breaks_nothing(tmp_path: Path, text: str) -> None:
    found = handbook(tmp_path).search.search(text)
    assert all(hit.kind for hit in found)


def test_a_kind_narrows_and_a_key_point_shows_where_it_matched(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    assert book.search.search("chon", kind="technique") == []
    (hit, *_others) = book.search.search("leads", kind="technique")
    assert "<mark>leads</mark>" in hit.snippet


def test_a_changed_name_is_found_and_the_old_one_is_not(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    assert book.search.search("front kick")
    named = technique(name={"en": "snap kick"}, romanization="Zzz", aliases=[], key_points={}, tags=[])
    book.catalogue.apply(changes(2, {"techniques": [named]}))
    book.catalogue_replaced()
    assert book.search.search("snap kick")[0].slug == "ap-chagi"
    assert [hit.slug for hit in book.search.search("front")] == []

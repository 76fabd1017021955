"""Search on the device puts first what the server puts first."""

import json
from pathlib import Path

import pytest

from client.tests.make import changes, handbook, technique, theory
from tkd_client.offline.prepared import PREPARED_AS, loaded, prepare
from tkd_client.offline.search import MOST_HELD_WORDS
from tkd_rules.ranking import entry_of, searchable

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
    ("kic", "ap-chagi"),
    ("dollyo c", "dollyo-chagi"),
    ("apchgi", "ap-chagi"),
    ("ap chai", "ap-chagi"),
    ("chon ji patern", "chon-ji"),
    ("attakc", "ap-chagi"),
    ("haeven", "chon-ji"),
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


@pytest.mark.parametrize("text", ["who was", "Dan-Gun", "dangun", "założycielem", "ㄷㄱㅇ", "foundr", "theory"])
def test_theory_questions_are_not_searched_and_stand_in_no_list(tmp_path: Path, text: str) -> None:
    book = handbook(tmp_path)
    book.catalogue.apply(changes(2, {"theory": [theory(), theory("how-to-bow")]}))
    book.catalogue_replaced()
    asked = {document["slug"] for document in book.catalogue.documents("theory")}
    assert asked == {"how-to-bow", "who-was-dan-gun"}
    assert not asked & {hit.slug for hit in book.search.search(text)}
    for lexicon in book.lexicons.values():
        assert not asked & {item.slug for item in lexicon.rows}
        lexicon.type(text)
        assert not asked & {item.slug for item in lexicon.rows}


def test_a_changed_name_is_found_and_the_old_one_is_not(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    assert book.search.search("front kick")
    named = technique(name={"en": "snap kick"}, romanization="Zzz", aliases=[], key_points={}, tags=[])
    book.catalogue.apply(changes(2, {"techniques": [named]}))
    book.catalogue_replaced()
    assert book.search.search("snap kick")[0].slug == "ap-chagi"
    assert [hit.slug for hit in book.search.search("front")] == []


def test_what_is_typed_key_by_key_finds_the_same_as_typed_at_once(tmp_path: Path) -> None:
    by_key = handbook(tmp_path / "by_key").search
    text = "kopneicie okręnze"
    *_before, last = [by_key.search(text[:length]) for length in range(1, len(text) + 1)]
    assert last == handbook(tmp_path / "at_once").search.search(text)
    assert last[0].slug == "dollyo-chagi"


def test_memory_for_words_is_bounded(tmp_path: Path) -> None:
    search = handbook(tmp_path).search
    for number in range(MOST_HELD_WORDS + 1):
        search.search(f"zzz{number}")
    assert search.search("ap chai")[0].slug == "ap-chagi"


def test_an_item_of_an_older_app_is_prepared_anew() -> None:
    entry = entry_of(searchable("technique", technique()))
    dumped = prepare("technique", technique()).entry
    assert loaded(dumped) == entry
    _version, item, _labels, belt_rank = json.loads(dumped)
    assert loaded(json.dumps([item, [], belt_rank])) == entry
    assert loaded(json.dumps([PREPARED_AS - 1, item, [], belt_rank])) == entry

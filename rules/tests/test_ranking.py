"""Which item is meant, on a handful of documents as the delta brings them."""

from typing import Any

import pytest

from tkd_rules.ranking import ItemType, entry_of, ranked, searchable
from tkd_rules.text_search import form_of


def document(slug: str, romanization: str, english: str, **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "romanization": romanization,
        "name": {"en": english, "ko": "앞차기"},
        "aliases": [],
        "tags": ["attack"],
        "category": "kick",
        "min_belt": "9kup",
        "key_points": {"en": ["Knee leads, foot follows"]},
    } | changes


FRONT_KICK = document("ap-chagi", "Ap Chagi", "front kick")
SIDE_KICK = document("yop-chagi", "Yop Chagi", "side kick", name={"en": "side kick", "ko": "옆차기"})
PLANET = document(
    "chon-ji", "Chon-Ji", "Chon-Ji", name={"ko": "천지"}, kind="tul", meaning={"en": "Heaven and earth"}, tags=[]
)
CHUMBI = document(
    "junbi", "Junbi", "ready", name={"pl": "gotów", "ko": "준비"}, note={"en": "A command."}, min_belt="10kup", tags=[]
)


def slugs(text: str, *documents: tuple[ItemType, dict[str, Any]], limit: int = 10) -> list[str]:
    entries = [entry_of(searchable(kind, found)) for kind, found in documents]
    return [candidate.entry.item.slug for candidate in ranked(form_of(text), entries, limit=limit)]


ALL: tuple[tuple[ItemType, dict[str, Any]], ...] = (
    ("technique", SIDE_KICK),
    ("technique", FRONT_KICK),
    ("tul", PLANET),
    ("term", CHUMBI),
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ap chagi", "ap-chagi"),
        ("side", "yop-chagi"),
        ("ㅊㅈ", "chon-ji"),
        ("heaven", "chon-ji"),
        ("a command", "junbi"),
        ("sid kic", "yop-chagi"),
        ("układ", "chon-ji"),
    ],
)
def test_what_is_meant_comes_first(text: str, first: str) -> None:
    assert slugs(text, *ALL)[0] == first


def test_a_tie_goes_to_the_lower_grade() -> None:
    advanced = document("ap-chagi-2", "Ap Chagi", "front kick", min_belt="1dan")
    assert slugs("front kick", ("technique", advanced), ("technique", FRONT_KICK)) == ["ap-chagi", "ap-chagi-2"]


def test_slips_are_forgiven_when_no_name_says_what_was_typed() -> None:
    frost = document("frost", "Zzz", "frost kick", key_points={})
    everything = (*ALL, ("technique", frost))
    assert slugs("front kick", *everything) == ["ap-chagi"]
    assert slugs("frobt kick", *everything) == ["ap-chagi", "frost"]
    assert slugs("attakc", *ALL) == ["ap-chagi", "yop-chagi"]
    assert slugs("attack", *ALL, limit=1) == ["ap-chagi"]


def test_slips_in_key_points_count_only_when_no_name_is_near() -> None:
    knob = document("knob", "Zzz", "knob", key_points={})
    assert slugs("knoe", ("technique", knob), ("technique", FRONT_KICK)) == ["knob"]
    assert slugs("knoe", ("technique", FRONT_KICK)) == ["ap-chagi"]


def test_what_only_sounds_alike_outside_of_names_comes_after_a_slip_in_a_name() -> None:
    high = document("nopunde", "Nopunde", "high", key_points={}, min_belt="1dan")
    sounding = document("najunde", "Najunde", "low", key_points={"en": ["a gi"]})
    assert slugs("hgih", ("technique", sounding), ("technique", high)) == ["nopunde", "najunde"]


def test_what_has_no_romanization_is_found_by_its_names() -> None:
    assert slugs("gotow", ("term", CHUMBI | {"romanization": ""})) == ["junbi"]


def test_an_alias_is_a_name() -> None:
    assert slugs("choonbi", ("term", CHUMBI | {"aliases": ["Choonbi"]})) == ["junbi"]
    assert slugs("coonbi", ("term", CHUMBI | {"aliases": ["Choonbi"]})) == ["junbi"]


def test_nothing_is_found_for_what_nobody_means() -> None:
    assert slugs("xyzzy", *ALL) == []

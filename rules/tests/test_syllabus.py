"""Versions of a syllabus by the day, and what an organisation adds and drops."""

from datetime import date
from typing import Any

import pytest

from tkd_rules.syllabus import SECTIONS, UnknownVariant, in_force, keys_of, with_variant

JIRUGI = {"type": "technique", "slug": "jirugi", "tool": "ap-joomuk", "level": "middle", "stance": "gunnun-sogi"}
HIGH_JIRUGI = JIRUGI | {"level": None, "stance": None}


def sections(**given: Any) -> dict[str, Any]:
    return {section: given.get(section, []) for section in SECTIONS}


def version(
    slug: str = "9kup", *, begins: str | None = None, ends: str | None = None, **changes: Any
) -> dict[str, Any]:
    quebec = {"slug": "quebec", "adds": sections(kicks=[kick("naeryo")]), "drops": sections(kicks=[kick("ap")])}
    return {
        "slug": slug,
        "min_belt": "9kup",
        "valid_from": begins,
        "valid_to": ends,
        "sections": sections(hand_techniques=[JIRUGI, HIGH_JIRUGI], kicks=[kick("ap"), kick("yop")]),
        "variants": [quebec],
    } | changes


def kick(name: str) -> dict[str, str]:
    return {"type": "technique", "slug": f"{name}-chagi"}


@pytest.mark.parametrize(
    ("on", "holds"), [("2026-12-31", "9kup"), ("2027-01-01", "9kup-2027"), ("2027-12-31", "9kup-2027")]
)
def test_a_version_holds_from_its_first_day_until_the_day_on_which_it_ends(on: str, holds: str) -> None:
    versions = [version(ends="2027-01-01"), version("9kup-2027", begins="2027-01-01", ends="2028-01-01")]
    found = in_force(versions, belt="9kup", on=date.fromisoformat(on))
    assert found is not None
    assert found["slug"] == holds


def test_a_day_without_a_version_and_another_grade_have_none() -> None:
    versions = [version(begins="2027-01-01")]
    assert in_force(versions, belt="9kup", on=date(2026, 12, 31)) is None
    assert in_force(versions, belt="8kup", on=date(2027, 1, 1)) is None


def test_of_two_versions_that_both_hold_the_later_one_counts() -> None:
    found = in_force([version(), version("9kup-new", begins="2026-01-01")], belt="9kup", on=date(2026, 6, 1))
    assert found is not None
    assert found["slug"] == "9kup-new"


def test_a_variant_drops_and_adds_and_leaves_the_common_one_alone() -> None:
    common = version()
    assert with_variant(common, "quebec")["sections"]["kicks"] == [kick("yop"), kick("naeryo")]
    assert with_variant(common, "quebec")["variant"] == "quebec"
    assert with_variant(common, None)["sections"] == common["sections"]
    assert common["sections"]["kicks"] == [kick("ap"), kick("yop")]


@pytest.mark.parametrize(("variants", "known"), [([], "none"), (version()["variants"], "quebec")])
def test_an_unknown_variant_is_refused_with_those_that_are_known(variants: Any, known: str) -> None:
    with pytest.raises(UnknownVariant, match=f"'kukkiwon'; known: {known}"):
        with_variant(version(variants=variants), "kukkiwon")


def test_every_entry_has_a_key_of_its_own() -> None:
    assert list(keys_of(version())) == [
        "hand_techniques/jirugi/ap-joomuk/middle/gunnun-sogi",
        "hand_techniques/jirugi/ap-joomuk",
        "kicks/ap-chagi",
        "kicks/yop-chagi",
        "self_defence",
        "breaking",
    ]

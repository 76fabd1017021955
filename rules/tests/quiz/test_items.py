"""What a quiz reads of the catalogue."""

import pytest

from tkd_rules.quiz.items import in_language, item_of
from tkd_rules.quiz.material import step_of

from . import make


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({"pl": "a", "en": "b", "ko": "c"}, "en", "b"),
        ({"pl": "a", "ko": "c"}, "en", "a"),
        ({"pl": "", "ko": "c"}, "en", "c"),
        ({}, "en", ""),
    ],
)
def test_a_text_falls_back_to_polish_then_english_then_korean(
    texts: dict[str, str], language: str, expected: str
) -> None:
    assert in_language(texts, language, "") == expected


def test_of_media_only_pictures_are_shown() -> None:
    video, picture = {"kind": "video"}, {"kind": "picture", "url": "/ap-chagi.webp"}
    document = make.technique("ap-chagi", "kopnięcie", "kick", "차기", media=[video, picture])
    assert item_of("technique", document).pictures == (picture,)


def test_material_is_ordered_by_slug_however_it_came() -> None:
    material = make.material(terms=make.TERMS[::-1])
    assert [item.slug for item in material.all("term")] == sorted(document["slug"] for document in make.TERMS)


def test_an_item_or_a_step_that_is_gone_is_named() -> None:
    with pytest.raises(LookupError, match="no term 'moved'"):
        make.HANDBOOK.item("term", "moved")
    with pytest.raises(LookupError, match="chon-ji has no step 5"):
        step_of(make.HANDBOOK.item("tul", "chon-ji"), 5)


def test_theory_may_be_absent() -> None:
    assert make.material(theory=()).all("theory") == ()

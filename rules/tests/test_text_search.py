import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.text_search import (
    Quality,
    allowed_slips,
    form_of,
    highlighted,
    initials_of,
    is_initials,
    match,
    match_with_slips,
    plain,
    slips_between,
    sound_of,
    words_of,
)

ANY_TEXT = st.text(max_size=60)
LETTERS = st.text(alphabet="abcdefgko", max_size=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kopnięcie OKRĘŻNE", "kopniecie okrezne"),
        ("Łódź ß ø đ", "lodz ss o d"),
        ("돌려 차기", "돌려 차기"),
        ("ﬁst", "fist"),
    ],
)
def test_plain_text_is_lower_case_without_diacritics(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_hyphens_apostrophes_and_punctuation_part_words() -> None:
    assert words_of("Chon-Ji, T'oi_Gye (2nd)!") == ("chon", "ji", "t", "oi", "gye", "2nd")


@pytest.mark.parametrize(
    "spellings",
    [
        "dollyo dolryo dolyo dollio dollyeo",
        "chagi chaki chaggi tchagi",
        "sogi seogi sohgi",
        "jirugi jireugi chirugi",
        "makgi makki maki",
        "taerigi ttaerigi terigi",
        "palmok palmog",
        "joomuk jumeok",
        "gunnun geonneun konnun",
        "niunja nieunja",
        "annun anneun",
        "tul hyung hyong hyeong poomse",
        "chon cheon",
        "daebi taebi",
        "kihap gihap",
        "tulgi ttulgi",
        "kwang gwang",
    ],
)
def test_spellings_of_one_word_sound_alike(spellings: str) -> None:
    assert len({sound_of(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("ap", "yop"), ("makgi", "chagi"), ("sogi", "chagi"), ("anuro", "bakuro")])
def test_different_words_sound_different(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


def test_hangul_and_numbers_keep_their_sound() -> None:
    assert sound_of("차기") == "차기"
    assert sound_of("45") == "45"


def test_initials_are_the_first_letters_of_syllables() -> None:
    assert initials_of("앞차기") == "ㅇㅊㄱ"
    assert initials_of("ㄴ자 서기, L") == "ㄴㅈㅅㄱ"


@pytest.mark.parametrize(
    ("text", "expected"), [("ㅇㅊㄱ", True), ("ㅇ ㅊ", True), ("", False), ("앞", False), ("ㅇx", False), ("ㅏ", False)]
)
def test_a_query_of_initials_is_recognised(text: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_initials(text) is expected


@pytest.mark.parametrize(("word", "slips"), [("", 0), ("ap", 0), ("kop", 1), ("chagi", 1), ("dollyo", 2)])
def test_longer_words_allow_more_slips(word: str, slips: int) -> None:
    assert allowed_slips(word) == slips


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [
        ("chagi", "chagi", 0, 0),
        ("chagi", "chagy", 1, 1),
        ("chagi", "cahgi", 1, 1),
        ("chagi", "chag", 1, 1),
        ("chagi", "chaggi", 1, 1),
        ("chagi", "makgi", 2, None),
        ("a", "abcd", 2, None),
        ("ab", "ba", 0, None),
        ("abcd", "abxy", 1, None),
        ("", "", 0, 0),
    ],
)
def test_slips_are_counted_up_to_a_limit(one: str, other: str, most: int, expected: int | None) -> None:
    assert slips_between(one, other, most=most) == expected


@given(LETTERS, LETTERS, st.integers(0, 3))
def test_slips_do_not_depend_on_the_direction(one: str, other: str, most: int) -> None:
    assert slips_between(one, other, most=most) == slips_between(other, one, most=most)


@given(ANY_TEXT)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert words_of(" ".join(words_of(text))) == words_of(text)


@given(ANY_TEXT)
def test_every_text_fits_itself_or_says_nothing(text: str) -> None:
    form = form_of(text)
    found = match(form, form)
    if form.words:
        assert found is not None
        assert found.step == 0
    else:
        assert found is None


@given(ANY_TEXT, ANY_TEXT)
def test_highlighting_keeps_the_text_and_lets_no_other_markup_through(text: str, query: str) -> None:
    marked = highlighted(text, form_of(query))
    assert html.unescape(re.sub("</?mark>", "", marked)) == html.unescape(html.escape(text))
    assert "<" not in re.sub("</?mark>", "", marked)


def quality(query: str, label: str) -> Quality | None:
    found = match(form_of(query), form_of(label)) or match_with_slips(form_of(query), form_of(label))
    return found.quality if found else None


@pytest.mark.parametrize(
    ("query", "label", "expected"),
    [
        ("dollyo chagi", "Dollyo Chagi", Quality.WHOLE),
        ("dolyo chaggi", "Dollyo Chagi", Quality.WHOLE_SOUND),
        ("kopniecie okrezne", "kopnięcie okrężne", Quality.WHOLE),
        ("돌려차기", "돌려 차기", Quality.WHOLE),
        ("apchagi", "Ap Chagi", Quality.WHOLE),
        ("apchaki", "Ap Chagi", Quality.WHOLE_SOUND),
        ("chagi dollyo", "Bandae Dollyo Chagi", Quality.WORDS),
        ("dolyo chaki", "Bandae Dollyo Chagi", Quality.SOUNDS),
        ("turn ki", "turning kick", Quality.PREFIX),
        ("dolio cha", "Dollyo Chagi", Quality.PREFIX_SOUND),
        ("apch", "Ap Chagi", Quality.PREFIX),
        ("apjag", "Ap Chagi", Quality.PREFIX_SOUND),
        ("돌려차기", "반대 돌려 차기", Quality.INSIDE),
        ("pc", "Ap Chagi", None),
        ("turnig kick", "turning kick", Quality.FUZZY),
        ("trunin", "turning kick", Quality.FUZZY),
        ("apchgi", "Ap Chagi", Quality.FUZZY),
        ("ap zzzzz", "Ap Chagi", None),
        ("xy zzzz", "Ap Chagi", None),
        ("ㄷㄹㅊㄱ", "돌려 차기", Quality.WHOLE_SOUND),
        ("ㄷㄹ", "돌려 차기", Quality.PREFIX),
        ("ㅊㄱ", "돌려 차기", Quality.PREFIX_SOUND),
        ("ㅎㅎ", "돌려 차기", None),
        ("!!!", "turning kick", None),
    ],
)
def test_how_well_a_label_fits(query: str, label: str, expected: Quality | None) -> None:
    assert quality(query, label) is expected


def test_exact_comes_before_prefix_before_slips() -> None:
    steps = []
    for query in ("turning kick", "turn", "turnnig kick"):
        found = match(form_of(query), form_of("turning kick")) or match_with_slips(
            form_of(query), form_of("turning kick")
        )
        assert found
        steps.append(found.step)
    assert steps == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Bandae Dollyo Chagi", "dolyo", "Bandae <mark>Dollyo</mark> Chagi"),
        ("kopnięcie <b>okrężne</b>", "okrez", "kopnięcie &lt;b&gt;<mark>okrężne</mark>&lt;/b&gt;"),
        ("Ap Chagi", "apchagi", "<mark>Ap</mark> <mark>Chagi</mark>"),
        ("반대 돌려 차기", "ㄷㄹ", "반대 <mark>돌려</mark> 차기"),
        ("앞차기", "ㅇㅊㄱ", "<mark>앞차기</mark>"),
        ("turning kick", "ㄷㄹ", "turning kick"),
        ("the knee", "zzz", "the knee"),
    ],
)
def test_matching_words_are_marked_and_everything_is_escaped(text: str, query: str, expected: str) -> None:
    assert highlighted(text, form_of(query)) == expected

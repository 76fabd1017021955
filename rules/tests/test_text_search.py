import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.highlighting import highlighted
from tkd_rules.matching import Forgiving, Match, Quality, match, match_exactly
from tkd_rules.slips import TOO_MANY, SlipsOf, allowed_slips, slips_between
from tkd_rules.text_search import form_of, initials_of, is_initials, plain, sound_of, words_of

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
    assert sound_of("9gup") == "9kop"


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
    found = fitting(query, label)
    return found.quality if found else None


def fitting(query: str, label: str) -> Match | None:
    return match(form_of(query), form_of(label)) or Forgiving(form_of(query)).match(form_of(label))


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
        ("dolyochaki", "Bandae Dollyo Chagi", Quality.INSIDE),
        ("fist", "forefist", Quality.INSIDE),
        ("pc", "Ap Chagi", None),
        ("poeun", "Nopunde", None),
        ("yoo", "Ye Ui", None),
        ("appalkup", "Ap Palkup", Quality.WHOLE),
        ("apalgup", "Ap Palkup", Quality.WHOLE_SOUND),
        ("turning k", "turning", Quality.FUZZY),
        ("turning k", "turning kick", Quality.PREFIX),
        ("chon-ji hyung", "Chon-Ji Tul", Quality.WHOLE_SOUND),
        ("9shapeblock", "9-shape block", Quality.WHOLE),
        ("kic", "back kick", Quality.PREFIX),
        ("dolio c", "Dollyo Chagi", Quality.PREFIX_SOUND),
        ("dollyoc", "Dollyo Chagi", Quality.PREFIX),
        ("blok podwojnym przedramieni", "blok podwójnym przedramieniem", Quality.PREFIX),
        ("ap chai", "Ap Chagi", Quality.FUZZY),
        ("bolck", "low block", Quality.FUZZY),
        ("kopneicite", "kopnięcie", Quality.FUZZY),
        ("fvie", "five", Quality.FUZZY),
        ("pity", "piąty", Quality.FUZZY),
        ("dxwys", "downward kick", None),
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
        found = fitting(query, "turning kick")
        assert found
        steps.append(found.step)
    assert steps == [0, 1, 2]


@given(ANY_TEXT, ANY_TEXT)
def test_an_exact_match_is_what_match_finds_too(query: str, label: str) -> None:
    exact, found = match_exactly(form_of(query), form_of(label)), match(form_of(query), form_of(label))
    assert exact is None or exact == found
    assert found is None or found.step > 0 or is_initials(query) or exact == found


@given(st.text(alphabet="abkrt łę돌ㄷ", max_size=8), st.text(alphabet="abkrt łę돌ㄷ", max_size=12))
def test_the_letters_refuse_no_word_that_is_near(word: str, other: str) -> None:
    most = allowed_slips(word)
    if abs(len(word) - len(other)) <= most and not other.startswith(word):
        slips = slips_between(word, other, most=most)
        assert SlipsOf(word)[other] == (TOO_MANY if slips is None else slips)


def test_the_beginning_of_a_longer_word_may_be_misspelt() -> None:
    assert SlipsOf("trun")["turning"] == 1
    assert SlipsOf("turn")["turning"] == 0
    assert SlipsOf("kcik")["turning"] == TOO_MANY


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
        ("the knee", "!!!", "the knee"),
        ("...", "knee", "..."),
        ("...", "ㅇ", "..."),
        # without spaces all words of a name are meant, and of a longer text those that it covers
        ("돌려 차기", "돌려차기", "<mark>돌려</mark> <mark>차기</mark>"),
        ("반대 돌려 차기", "돌려차기", "반대 <mark>돌려</mark> <mark>차기</mark>"),
        ("Ye Ui", "yoo", "Ye Ui"),
        ("Ah Hop", "ahop", "<mark>Ah</mark> <mark>Hop</mark>"),
        ("Twimyo Ap Palkup", "apalgup", "Twimyo <mark>Ap</mark> <mark>Palkup</mark>"),
        # a word that is there is marked, what only sounds or begins like it is not
        ("Korean form of four", "four", "Korean form of <mark>four</mark>"),
        ("flying high kick", "high", "flying <mark>high</mark> kick"),
        ("Kolano w dół", "w dół", "Kolano <mark>w</mark> <mark>dół</mark>"),
        ("instep in a line, i noga", "instep", "<mark>instep</mark> in a line, i noga"),
        ("a line, i noga", "instep", "a line, i noga"),
        # slips mark the nearest words, and those alone
        ("Turn, then the turning kick", "turnign kick", "Turn, then the <mark>turning</mark> <mark>kick</mark>"),
        ("Ap Chagi", "apchgi", "<mark>Ap</mark> <mark>Chagi</mark>"),
        ("Ap Chagi", "ap zzzz", "<mark>Ap</mark> Chagi"),
    ],
)
def test_matching_words_are_marked_and_everything_is_escaped(text: str, query: str, expected: str) -> None:
    assert highlighted(text, form_of(query)) == expected

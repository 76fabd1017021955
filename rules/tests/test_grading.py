import re

import pytest

from tkd_rules.grading import ALL_BELTS, BELT_CODES, BELT_PATTERN, Belt, parse_belt


def test_codes_run_from_the_tenth_kup_to_the_ninth_dan() -> None:
    assert BELT_CODES[0] == "10kup"
    assert BELT_CODES[9] == "1kup"
    assert BELT_CODES[10] == "1dan"
    assert BELT_CODES[-1] == "9dan"
    assert list(ALL_BELTS) == sorted(ALL_BELTS)


@pytest.mark.parametrize("text", ["9", "9kup", "9-kup"])
def test_a_kup_is_read_in_each_of_its_forms(text: str) -> None:
    assert parse_belt(text).code == "9kup"


@pytest.mark.parametrize("belt", ALL_BELTS)
def test_a_code_reads_back_as_its_grade(belt: Belt) -> None:
    assert parse_belt(belt.code) == belt


@pytest.mark.parametrize("text", ["", "0", "11", "11kup", "0dan", "10dan", "dan", "white", "٩", " 9", "9KUP", "9kup\n"])
def test_what_is_no_grade_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a grade"):
        parse_belt(text)


@pytest.mark.parametrize("text", [*BELT_CODES, "9", "1-dan", "", "11", "0dan", "9kup\n", "x"])
def test_the_pattern_accepts_what_is_read_and_nothing_else(text: str) -> None:
    try:
        parse_belt(text)
        is_read = True
    except ValueError:
        is_read = False
    assert bool(re.search(BELT_PATTERN, text)) is is_read


@pytest.mark.parametrize("rank", [0, 20, -1])
def test_a_rank_off_the_road_is_refused(rank: int) -> None:
    with pytest.raises(ValueError, match="No grade has the rank"):
        Belt(rank)

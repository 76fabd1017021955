import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.repetition.reviews import Rating
from tkd_rules.repetition.sm2 import LONGEST_INTERVAL_DAYS, Sm2Memory, repeated

A, H, G, E = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY

# Worked by hand from the published steps: (answer, ease factor after it, repetitions, days to the next).
ALL_GOOD = [(G, 2.50, 1, 1), (G, 2.50, 2, 6), (G, 2.50, 3, 15), (G, 2.50, 4, 38), (G, 2.50, 5, 95), (G, 2.50, 6, 238)]
ALL_EASY = [(E, 2.60, 1, 1), (E, 2.70, 2, 6), (E, 2.80, 3, 17), (E, 2.90, 4, 50), (E, 3.00, 5, 150)]
ALL_HARD = [
    (H, 2.36, 1, 1),
    (H, 2.22, 2, 6),
    (H, 2.08, 3, 13),
    (H, 1.94, 4, 26),
    (H, 1.80, 5, 47),
    (H, 1.66, 6, 79),
    (H, 1.52, 7, 121),
    (H, 1.38, 8, 167),
    (H, 1.30, 9, 218),  # 1.24 is under the floor
    (H, 1.30, 10, 284),
]
MIXED = [
    (G, 2.50, 1, 1),
    (H, 2.36, 2, 6),
    (E, 2.46, 3, 15),  # 6 x 2.46 = 14.76
    (G, 2.46, 4, 37),  # 15 x 2.46 = 36.9
    (A, 2.46, 0, 1),  # failed: from the beginning, the ease as it was
    (G, 2.46, 1, 1),
    (G, 2.46, 2, 6),
    (E, 2.56, 3, 16),  # 6 x 2.56 = 15.36
]
TABLES = [ALL_GOOD, ALL_EASY, ALL_HARD, MIXED, [(A, 2.50, 0, 1), (A, 2.50, 0, 1), (G, 2.50, 1, 1)]]


@pytest.mark.parametrize("table", TABLES)
def test_each_answer_leads_to_what_the_publication_says(table: list[tuple[Rating, float, int, int]]) -> None:
    memory, found = Sm2Memory(), []
    for rating, *_expected in table:
        memory = repeated(memory, rating)
        found.append((rating, memory.ease_factor, memory.repetitions, memory.interval_days))
    assert found == table


@given(st.lists(st.sampled_from(Rating), max_size=60))
def test_the_ease_has_a_floor_and_intervals_have_an_end(ratings: list[Rating]) -> None:
    memory = Sm2Memory()
    for rating in ratings:
        memory = repeated(memory, rating)
        assert memory.ease_percent >= 130
        assert 1 <= memory.interval_days <= LONGEST_INTERVAL_DAYS

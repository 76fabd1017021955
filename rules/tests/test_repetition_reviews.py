import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.repetition.reviews import Rating, Review, log_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def review(number: int, *, minutes: int = 0, rating: Rating = Rating.GOOD) -> Review:
    return Review(
        id=f"{number:02}",
        card="term/dojang/meaning",
        rating=rating,
        reviewed_at=NOON + timedelta(minutes=minutes),
        elapsed_ms=900,
        device="a",
    )


def test_answers_are_read_in_the_order_in_which_they_were_given() -> None:
    first, second, same_moment = review(2), review(1, minutes=5), review(3, minutes=5)
    assert log_of([same_moment, second, first]) == (first, second, same_moment)


def test_an_answer_counts_once_and_the_earlier_of_two_with_one_id() -> None:
    early, late = review(1, rating=Rating.AGAIN), review(1, minutes=5)
    assert log_of([late, early, early]) == (early,)


def test_an_answer_that_was_taken_back_is_left_out() -> None:
    assert log_of([review(1), review(2)], retracted={"01"}) == (review(2),)


numbers = st.integers(0, 12)


@given(st.lists(st.builds(review, numbers, minutes=numbers, rating=st.sampled_from(Rating))), st.randoms())
def test_the_log_depends_on_no_order_of_arrival(reviews: list[Review], chance: random.Random) -> None:
    shuffled = reviews * 2
    chance.shuffle(shuffled)
    assert log_of(shuffled) == log_of(reviews)

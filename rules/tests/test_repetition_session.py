from datetime import UTC, date, datetime, timedelta

from tkd_rules.repetition.replay import CardState, replay
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.session import asked_again, comes_back_today, due_cards, forecast, new_cards, queue
from tkd_rules.repetition.settings import Settings

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)
TOMORROW = date(2026, 3, 2)


def state(card: str, *, days_ago: int = 0) -> CardState:
    """A card answered for the first time, due the day after."""
    at = MORNING - timedelta(days=days_ago)
    answer = Review(id=card, card=card, rating=Rating.GOOD, reviewed_at=at, elapsed_ms=900, device="a")
    return replay([answer], Settings())


def test_what_waits_longest_is_asked_first() -> None:
    states = [state("term/a/korean"), state("term/b/korean", days_ago=3), state("term/c/korean", days_ago=1)]
    assert [due.card for due in due_cards(states, on=TOMORROW)] == ["term/b/korean", "term/c/korean", "term/a/korean"]
    assert [due.card for due in due_cards(states, on=date(2026, 3, 1))] == ["term/b/korean", "term/c/korean"]


def test_cards_of_one_day_are_asked_in_another_order_each_day_and_in_the_same_all_day() -> None:
    states = [state(f"term/word-{number}/korean") for number in range(30)]
    orders = {tuple(due.card for due in due_cards(states, on=TOMORROW + timedelta(days=day))) for day in range(5)}
    assert len(orders) == 5
    assert due_cards(states, on=TOMORROW) == due_cards(reversed(states), on=TOMORROW)


def test_new_cards_come_in_the_order_of_the_deck_as_many_as_are_left_for_today() -> None:
    deck = ["a", "b", "a", "c", "d"]
    assert new_cards(deck, known={"b"}, introduced_today=0, new_per_day=2) == ["a", "c"]
    assert new_cards(deck, known=set(), introduced_today=1, new_per_day=2) == ["a"]
    assert new_cards(deck, known=set(), introduced_today=5, new_per_day=2) == []


def test_sm2_asks_again_below_good_and_fsrs_what_was_forgotten() -> None:
    assert [rating for rating in Rating if comes_back_today(rating, "sm2")] == [Rating.AGAIN, Rating.HARD]
    assert [rating for rating in Rating if comes_back_today(rating, "fsrs")] == [Rating.AGAIN]


def test_the_forecast_counts_what_is_overdue_today_and_leaves_out_what_is_far_off() -> None:
    states = [state("a", days_ago=9), state("b"), state("c"), state("d", days_ago=1)]
    assert forecast(states, on=date(2026, 3, 1), days=3) == [2, 2, 0]
    assert forecast(states, on=date(2026, 1, 1), days=3) == [0, 0, 0]


def answers(*given: tuple[str, Rating]) -> list[Review]:
    return [
        Review(
            id=str(n), card=card, rating=rating, reviewed_at=MORNING + timedelta(minutes=n), elapsed_ms=9, device="a"
        )
        for n, (card, rating) in enumerate(given)
    ]


def test_what_was_forgotten_today_comes_back_until_it_is_known() -> None:
    today = answers(
        ("a", Rating.AGAIN), ("b", Rating.GOOD), ("c", Rating.HARD), ("d", Rating.AGAIN), ("d", Rating.GOOD)
    )
    assert asked_again(today, Settings()) == {"a": 4, "c": 2}
    assert asked_again([], Settings()) == {}


def test_what_was_forgotten_waits_for_a_few_other_cards_as_long_as_there_are_any() -> None:
    again = {"a": 4, "c": 2}
    assert queue(due=["d", "c"], new=["n"], again=again) == ["a", "d", "n", "c"]
    assert queue(due=[], new=[], again={"c": 0}) == ["c"]
    assert queue(due=[], new=[], again={}) == []

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tkd_rules.repetition.reviews import Rating, Review, log_of
from tkd_rules.repetition.statistics import (
    Day,
    Retention,
    days_before,
    days_of,
    retention,
    seconds_an_answer,
    streak_days,
)

WARSAW = ZoneInfo("Europe/Warsaw")
EVENING = datetime(2026, 3, 1, 22, tzinfo=UTC)  # 23:00 in Warsaw
FIRST = date(2026, 3, 1)


def answer(card: str, *, hours: float, rating: Rating = Rating.GOOD, elapsed_ms: int = 1_500) -> Review:
    at = EVENING + timedelta(hours=hours)
    return Review(id=f"{card}{hours}", card=card, rating=rating, reviewed_at=at, elapsed_ms=elapsed_ms, device="a")


def test_a_day_lasts_until_four_in_the_morning_and_counts_answers_new_cards_and_time() -> None:
    log = log_of(
        [answer("a", hours=0), answer("a", hours=3), answer("b", hours=4.5), answer("a", hours=30, elapsed_ms=900_000)]
    )
    assert days_of(log, WARSAW) == [
        Day(on=FIRST, reviews=3, introduced=2, spent_ms=4_500),
        Day(on=date(2026, 3, 3), reviews=1, spent_ms=60_000, came_back=1, remembered=1),
    ]


def test_a_streak_lives_until_the_day_is_over() -> None:
    days = {date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3), date(2026, 2, 27)}
    assert streak_days(days, today=date(2026, 3, 3)) == 3
    assert streak_days(days, today=date(2026, 3, 4)) == 3
    assert streak_days(days, today=date(2026, 3, 5)) == 0
    assert streak_days(set(), today=FIRST) == 0


def test_retention_looks_at_the_first_answer_of_a_day_to_cards_met_before() -> None:
    log = log_of(
        [
            answer("a", hours=0, rating=Rating.AGAIN),  # met for the first time
            answer("a", hours=1),  # the same day
            answer("a", hours=24, rating=Rating.AGAIN),
            answer("a", hours=25),
            answer("a", hours=48, rating=Rating.HARD),
        ]
    )
    days = days_of(log, WARSAW)
    assert retention(days) == Retention(asked=2, remembered=1)
    assert retention(days, since=date(2026, 3, 3)) == Retention(asked=1, remembered=1)
    assert retention(days, until=date(2026, 3, 2)) == Retention(asked=1, remembered=0)
    assert retention([]) == Retention(asked=0, remembered=0)


def test_a_share_is_whole_only_when_nothing_was_forgotten() -> None:
    assert Retention(asked=0, remembered=0).percent is None
    assert Retention(asked=200, remembered=199).percent == 99
    assert Retention(asked=200, remembered=200).percent == 100
    assert Retention(asked=100, remembered=29).percent == 29


def test_days_for_a_chart_have_no_gaps() -> None:
    assert days_before(date(2026, 3, 1), 3) == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]


def test_the_pace_is_that_of_the_latest_answers_once_there_are_enough() -> None:
    calm = [answer("a", hours=hour, elapsed_ms=12_000) for hour in range(50)]
    assert (seconds_an_answer(calm[1:]), seconds_an_answer(calm)) == (None, 12.0)
    called_away = [answer("a", hours=50 + hour, elapsed_ms=3_600_000) for hour in range(500)]
    assert seconds_an_answer(calm + called_away) == 60.0
    assert seconds_an_answer([answer("a", hours=hour, elapsed_ms=0) for hour in range(50)]) == 1.0

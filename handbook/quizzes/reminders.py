"""Of what learners are reminded: cards that wait, and days in a row that would end tonight."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

from handbook.notifications.kinds import Context, Kind
from handbook.notifications.registry import Planner
from handbook.quizzes.selectors import learners_among, learning_of, streak_at_risk

AFTERNOON = time(17)
EVENING = time(20)
SHORTEST_STREAK = 2  # one day is no streak yet


def reviews_due(user_ids: Sequence[UUID], at: datetime) -> Mapping[UUID, Context]:
    """One query, and three for each who ever answered."""
    counted = ((user_id, len(learning_of(user_id, at=at).due)) for user_id in learners_among(user_ids))
    return {user_id: {"cards": cards} for user_id, cards in counted if cards}


def streaks_at_risk(user_ids: Sequence[UUID], at: datetime) -> Mapping[UUID, Context]:
    """One query, and three for each who ever answered."""
    counted = ((user_id, streak_at_risk(user_id, at=at)) for user_id in learners_among(user_ids))
    return {user_id: {"days": days} for user_id, days in counted if days >= SHORTEST_STREAK}


def planners() -> Iterator[Planner]:
    yield Planner(kind=Kind.REVIEWS_DUE, asked_from=AFTERNOON, due=reviews_due)
    yield Planner(kind=Kind.STREAK_AT_RISK, asked_from=EVENING, due=streaks_at_risk)

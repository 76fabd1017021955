from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tkd_rules.merge import Choice, Progress
from tkd_rules.operations import (
    Refusal,
    day_of_number,
    number_of_day,
    operation_id,
    read_choice,
    read_progress,
    read_retraction,
    read_review,
    read_rules,
    read_session,
)
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.settings import Rules
from tkd_rules.training.sessions import Session

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ID = "01932c5e-7b1a-7c3d-9f00-5a1b2c3d4e5f"
REVIEW = {"card": "term/dojang/meaning", "rating": 3, "reviewed_at": "2026-03-01T13:00:00+01:00", "elapsed_ms": 900}
RULES = {"since": "2026-03-01T12:00:00Z", "algorithm": "fsrs", "desired_retention": 0.85, "time_zone": "Asia/Seoul"}
CHOICE = {"name": "favourite/technique/ap-chagi", "value": True, "occurred_at": "2026-03-01T12:00:00Z"}
PROGRESS = {
    "item_type": "tul", "item": "chon-ji", "status": "in_progress", "score": 80, "streak": 3, "position": 12,
    "note": "kolano", "occurred_at": "2026-03-01T12:00:00Z",
}  # fmt: skip


def review(**changes: Any) -> Review:
    return read_review(ID, REVIEW | changes, device="phone", now=NOW)


def rules(**changes: Any) -> Rules:
    return read_rules(RULES | changes, device="phone", now=NOW)


def choice(**changes: Any) -> Choice:
    return read_choice(CHOICE | changes, device="phone", now=NOW)


def progress(**changes: Any) -> Progress:
    return read_progress(PROGRESS | changes, device="phone", now=NOW)


def test_what_a_device_sends_is_read() -> None:
    assert review() == Review(
        id=ID, card="term/dojang/meaning", rating=Rating.GOOD, reviewed_at=NOW, elapsed_ms=900, device="phone"
    )
    assert rules() == Rules(since=NOW, device="phone", algorithm="fsrs", desired_retention=0.85, time_zone="Asia/Seoul")
    assert rules(parameters=list(DEFAULT_PARAMETERS)).parameters == DEFAULT_PARAMETERS
    assert choice() == Choice(name="favourite/technique/ap-chagi", value=True, occurred_at=NOW, device="phone")
    assert choice(value=None).value is None
    assert choice(name="new_per_day", value=0).value == 0
    assert choice(name="study_weekdays", value=127).value == 127
    assert choice(name="study_minutes", value=20).value == 20
    assert choice(name="trainings_a_week", value=0).value == 0
    assert choice(name="grading_on", value=None).value is None
    assert day_of_number(int(choice(name="grading_on", value=20270228).value or 0)) == date(2027, 2, 28)
    assert number_of_day(date(2027, 2, 8)) == 20270208
    assert choice(name="deck/term/dojang").name == "deck/term/dojang"
    assert progress().status == "in_progress"
    assert (progress().item, progress().note, progress().position) == ("chon-ji", "kolano", 12)
    assert read_retraction({"review": ID}) == operation_id(ID) == ID


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rating": 0}, "rating"),
        ({"rating": 5}, "rating"),
        ({"rating": True}, "rating"),
        ({"rating": "3"}, "rating"),
        ({"rating": 3.0}, "rating"),
        ({"card": "term/dojang"}, "card"),
        ({"card": None}, "card"),
        ({"card": "a" * 201}, "card"),
        ({"elapsed_ms": -1}, "elapsed_ms"),
        ({"elapsed_ms": 2**31}, "elapsed_ms"),
        ({"reviewed_at": "2026-03-01T12:00:00"}, "reviewed_at"),
        ({"reviewed_at": "yesterday"}, "reviewed_at"),
        ({"reviewed_at": 1_772_366_400}, "reviewed_at"),
        ({"reviewed_at": "0001-01-01T00:00:00+14:00"}, "reviewed_at"),
        ({"reviewed_at": "2" * 41}, "reviewed_at"),
        ({"learner": "somebody"}, "learner"),
    ],
)
def test_a_review_that_is_wrong_is_refused_by_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        review(**changes)
    assert (caught.value.slug, list(caught.value.errors)) == ("invalid", [field])


@pytest.mark.parametrize("moment", ["1970-01-01T00:00:00Z", "2199-01-01T00:00:00Z", "2026-03-01T12:05:01Z"])
def test_a_review_by_a_wrong_clock_is_refused_with_the_servers_time(moment: str) -> None:
    with pytest.raises(Refusal, match="2026-03-01T12:00:00") as caught:
        review(reviewed_at=moment)
    assert (caught.value.slug, list(caught.value.errors)) == ("moment-out-of-range", ["reviewed_at"])
    assert review(reviewed_at="2026-03-01T12:05:00Z").reviewed_at.minute == 5


def test_other_moments_are_brought_into_what_can_be_true() -> None:
    soon = datetime(2026, 3, 1, 12, 5, tzinfo=UTC)
    assert choice(occurred_at="2199-01-01T00:00:00Z").occurred_at == soon
    assert progress(occurred_at="1970-01-01T00:00:00Z").occurred_at == datetime(2020, 1, 1, tzinfo=UTC)
    assert rules(since="2199-01-01T00:00:00Z").since == soon


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"algorithm": "sm5"}, "algorithm"),
        ({"desired_retention": True}, "desired_retention"),
        ({"desired_retention": "0.9"}, "desired_retention"),
        ({"desired_retention": 0.99}, "rules"),
        ({"time_zone": "Mars"}, "rules"),
        ({"parameters": [1.0]}, "rules"),
        ({"parameters": "default"}, "parameters"),
        ({"parameters": ["1"] * 21}, "parameters"),
    ],
)
def test_rules_that_are_wrong_are_refused_by_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        rules(**changes)
    assert list(caught.value.errors) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "new_per_day", "value": 101}, "value"),
        ({"name": "new_per_day", "value": None}, "value"),
        ({"name": "study_weekdays", "value": 0}, "value"),
        ({"name": "study_weekdays", "value": 128}, "value"),
        ({"name": "study_minutes", "value": 1}, "value"),
        ({"name": "trainings_a_week", "value": 8}, "value"),
        ({"name": "grading_on", "value": 20270229}, "value"),
        ({"name": "grading_on", "value": True}, "value"),
        ({"name": "grading_on", "value": -1}, "value"),
        ({"name": "colour"}, "name"),
        ({"name": "favourite/belt/9kup"}, "name"),
        ({"name": "favourite/tul/-"}, "name"),
        ({"value": False}, "value"),
        ({"value": 1}, "value"),
    ],
)
def test_choices_that_are_wrong_are_refused_by_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        choice(**changes)
    assert list(caught.value.errors) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "mastered"}, "status"),
        ({"item": "Chon-Ji"}, "item"),
        ({"item_type": "belt"}, "item"),
        ({"score": 101}, "score"),
        ({"note": "a" * 2_001}, "note"),
        ({"note": "\0"}, "note"),
        ({"note": "\ud800"}, "note"),
        ({"\ud800": 1}, "?"),
    ],
)
def test_progress_that_is_wrong_is_refused_by_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        progress(**changes)
    assert list(caught.value.errors) == [field]


@pytest.mark.parametrize("wrong", [None, 1, "", ID.upper(), ID + "0", [ID]])
def test_what_is_no_id_is_refused(wrong: Any) -> None:
    with pytest.raises(Refusal) as caught:
        operation_id(wrong)
    assert list(caught.value.errors) == ["id"]
    with pytest.raises(Refusal) as caught:
        read_retraction({"review": wrong})
    assert list(caught.value.errors) == ["review"]


SESSION = {
    "plan": "9kup-chon-ji", "started_at": "2026-03-01T10:00:00Z", "ended_at": "2026-03-01T11:00:00Z", "effort": 7,
    "note": "",
}  # fmt: skip


def session(**changes: Any) -> Session:
    return read_session(ID, SESSION | changes, now=NOW)


def test_a_training_that_was_done_is_read() -> None:
    assert session() == Session(
        id=ID,
        plan="9kup-chon-ji",
        started_at=NOW.replace(hour=10),
        ended_at=NOW.replace(hour=11),
        effort=7,
        note="",
    )
    assert session(effort=None, plan=ID) == replace(session(), effort=None, plan=ID)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"plan": "Legs"}, "plan"),
        ({"plan": None}, "plan"),
        ({"started_at": "2026-03-01T11:30:00Z"}, "ended_at"),
        ({"started_at": "2026-02-28T10:59:59Z"}, "ended_at"),
        ({"started_at": "2019-03-01T11:30:00Z"}, "started_at"),
        ({"ended_at": "2026-03-02T11:30:00Z"}, "ended_at"),
        ({"ended_at": "2026-03-01T11:00:00"}, "ended_at"),
        ({"effort": 0}, "effort"),
        ({"effort": 11}, "effort"),
        ({"effort": "7"}, "effort"),
        ({"note": None}, "note"),
        ({"mood": "good"}, "mood"),
    ],
)
def test_a_wrong_field_of_a_training_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        session(**changes)
    assert list(refused.value.errors) == [field]

"""What a device tells the server, read strictly: either a value that the rules can work with, or why not.

An operation is `{"id", "kind", "payload"}`. The device's name travels once for all operations of a batch.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar, get_args

from tkd_rules.merge import STATUSES, Choice, Progress
from tkd_rules.repetition.cards import FACETS, LONGEST_SLUG, parse_card
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS
from tkd_rules.repetition.reviews import Rating, Review
from tkd_rules.repetition.session import MOST_NEW_PER_DAY
from tkd_rules.repetition.settings import Algorithm, Rules
from tkd_rules.studying import LONGEST_MINUTES, SHORTEST_MINUTES
from tkd_rules.training.sessions import EFFORTS, LONGEST_SESSION, Session
from tkd_rules.training.weeks import MOST_A_WEEK

MOST_OPERATIONS = 500
LONGEST_NOTE = 2_000
LARGEST_NUMBER = 2**31 - 1
EARLIEST: Final = datetime(2020, 1, 1, tzinfo=UTC)  # older than the handbook: a clock that was never set
CLOCK_TOLERANCE = timedelta(minutes=5)
DEVICE: Final = re.compile(r"[A-Za-z0-9-]{1,40}")
UUID_FORM: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Choices that are a number, and from what to what.
NEW_PER_DAY, STUDY_WEEKDAYS, STUDY_MINUTES, GRADING_ON = "new_per_day", "study_weekdays", "study_minutes", "grading_on"
TRAININGS_A_WEEK = "trainings_a_week"
NUMBERS: Final[Mapping[str, tuple[int, int]]] = {
    NEW_PER_DAY: (0, MOST_NEW_PER_DAY),
    STUDY_WEEKDAYS: (1, 2**7 - 1),  # a bit for each day of the week, the lowest for Monday
    STUDY_MINUTES: (SHORTEST_MINUTES, LONGEST_MINUTES),
    TRAININGS_A_WEEK: (0, MOST_A_WEEK),
}
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # JSON can say them, a database can't keep them
_ITEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Read = TypeVar("Read")


class Refusal(ValueError):  # noqa: N818 - it names what happens
    """Why an operation can't be taken: a slug for programs, sentences for people, the fields that are wrong."""

    def __init__(self, slug: str, detail: str, *, errors: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(detail)
        self.slug, self.detail, self.errors = slug, detail, errors or {}


def operation_id(data: Any) -> str:
    """Raises Refusal unless it is a UUID in its usual form."""
    if not isinstance(data, str) or not UUID_FORM.fullmatch(data):
        raise _invalid("id", "Give a UUID in lower case, such as 01932c5e-7b1a-7c3d-9f00-5a1b2c3d4e5f.")
    return data


def read_review(id_: str, payload: Mapping[str, Any], *, device: str, now: datetime) -> Review:
    """Raises Refusal."""
    _only(payload, {"card", "rating", "reviewed_at", "elapsed_ms"})
    rating = _number(payload, "rating", 1, max(Rating))
    return Review(
        id=id_,
        card=_as(parse_card, _text(payload, "card", 200), field="card").key,
        rating=Rating(rating),
        reviewed_at=_moment(payload, "reviewed_at", now=now),
        elapsed_ms=_number(payload, "elapsed_ms", 0, LARGEST_NUMBER),
        device=device,
    )


def read_retraction(payload: Mapping[str, Any]) -> str:
    """Return the id of the review that is taken back. Raises Refusal."""
    _only(payload, {"review"})
    try:
        return operation_id(payload.get("review"))
    except Refusal as error:
        raise _invalid("review", error.errors["id"][0]) from error


def read_rules(payload: Mapping[str, Any], *, device: str, now: datetime) -> Rules:
    """Raises Refusal. A moment in the future becomes the server's, or the change would wait for years."""
    _only(payload, {"since", "algorithm", "desired_retention", "time_zone", "parameters"})
    retention = payload.get("desired_retention")
    if isinstance(retention, bool) or not isinstance(retention, int | float):
        raise _invalid("desired_retention", "Give a number.")
    algorithm = _text(payload, "algorithm", 10)
    if algorithm not in get_args(Algorithm):
        raise _invalid("algorithm", f"Give one of {', '.join(get_args(Algorithm))}.")
    given = {
        "since": _clamped(payload, "since", now=now),
        "device": device,
        "algorithm": algorithm,
        "desired_retention": float(retention),
        "time_zone": _text(payload, "time_zone", 64),
        "parameters": _parameters(payload.get("parameters")),
    }
    return _as(lambda values: Rules(**values), given, field="rules")


def read_choice(payload: Mapping[str, Any], *, device: str, now: datetime) -> Choice:
    """Read a number such as `new_per_day`, or true or null for `favourite/kind/slug` and `deck/kind/slug`.

    `grading_on` is a day written as a number, 20270115, or null where none is planned. Raises Refusal.
    """
    _only(payload, {"name", "value", "occurred_at"})
    name, value = _text(payload, "name", 120), payload.get("value")
    if name in NUMBERS:
        value = _number(payload, "value", *NUMBERS[name])
    elif name == GRADING_ON:
        value = None if value is None else _number(payload, "value", 0, LARGEST_NUMBER)
        if value is not None:
            _as(day_of_number, value, field="value")
    else:
        _check_choice_of_an_item(name, value)
    return Choice(name=name, value=value, occurred_at=_clamped(payload, "occurred_at", now=now), device=device)


def day_of_number(number: int) -> date:
    """Return the day of a number such as 20270115. Raises ValueError."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError as error:
        raise ValueError(f"{number} is no day; write one as year, month and day, such as 20270115.") from error


def number_of_day(day: date) -> int:
    """Return a day as a number such as 20270115."""
    return day.year * 10_000 + day.month * 100 + day.day


def read_progress(payload: Mapping[str, Any], *, device: str, now: datetime) -> Progress:
    """Raises Refusal."""
    _only(payload, {"item_type", "item", "status", "score", "streak", "position", "note", "occurred_at"})
    item_type, item = _item(_text(payload, "item_type", 20), _text(payload, "item", LONGEST_SLUG), field="item")
    status = _text(payload, "status", 20)
    if status not in STATUSES:
        raise _invalid("status", f"Give one of {', '.join(STATUSES)}.")
    return Progress(
        item_type=item_type,
        item=item,
        status=STATUSES[STATUSES.index(status)],
        score=_number(payload, "score", 0, 100),
        streak=_number(payload, "streak", 0, LARGEST_NUMBER),
        position=_number(payload, "position", 0, 1_000),
        note=_text(payload, "note", LONGEST_NOTE),
        occurred_at=_clamped(payload, "occurred_at", now=now),
        device=device,
    )


def read_session(id_: str, payload: Mapping[str, Any], *, now: datetime) -> Session:
    """Raises Refusal."""
    _only(payload, {"plan", "started_at", "ended_at", "effort", "note"})
    plan = _text(payload, "plan", LONGEST_SLUG)
    if not _ITEM.fullmatch(plan):
        raise _invalid("plan", "Give the slug of a ready plan, or the id of one of your own.")
    started_at = _moment(payload, "started_at", now=now)
    ended_at = _moment(payload, "ended_at", now=now)
    if not started_at <= ended_at <= started_at + LONGEST_SESSION:
        raise _invalid("ended_at", "A training ends after it starts, within a day.")
    return Session(
        id=id_,
        plan=plan,
        started_at=started_at,
        ended_at=ended_at,
        effort=None if payload.get("effort") is None else _number(payload, "effort", *EFFORTS),
        note=_text(payload, "note", LONGEST_NOTE),
    )


def _check_choice_of_an_item(name: str, value: Any) -> None:
    what, _, rest = name.partition("/")
    kind, _, slug = rest.partition("/")
    if what not in {"favourite", "deck"}:
        names = ", ".join([*NUMBERS, GRADING_ON])
        raise _invalid("name", f"Give {names}, favourite/kind/slug or deck/kind/slug.")
    _item(kind, slug, field="name")
    if value is not True and value is not None:
        raise _invalid("value", "Give true, or null to take it back.")


def _item(kind: str, slug: str, *, field: str) -> tuple[str, str]:
    if kind not in FACETS or len(slug) > LONGEST_SLUG or not _ITEM.fullmatch(slug):
        raise _invalid(field, f"Name an item of the catalogue: one of {', '.join(sorted(FACETS))}, and its slug.")
    return kind, slug


def _parameters(data: Any) -> tuple[float, ...]:
    """None stands for the published ones."""
    if data is None:
        return DEFAULT_PARAMETERS
    if not isinstance(data, list) or not all(isinstance(number, int | float) for number in data):
        raise _invalid("parameters", "Give 21 numbers, or null for the published ones.")
    return tuple(float(number) for number in data)


def _as(read: Callable[[Any], Read], data: Any, *, field: str) -> Read:
    try:
        return read(data)
    except ValueError as error:
        raise _invalid(field, str(error)) from error


def _only(payload: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(payload.keys() - known):
        raise Refusal(
            "invalid",
            "One or more fields are wrong; see errors.",
            errors={
                name[:40].encode(errors="replace").decode(): [f"Unknown field. Known: {', '.join(sorted(known))}."]
                for name in unknown[:5]
            },
        )


def _text(payload: Mapping[str, Any], field: str, longest: int) -> str:
    text = payload.get(field)
    if not isinstance(text, str) or len(text) > longest or _UNSTORABLE.search(text):
        raise _invalid(field, f"Give a text of at most {longest} characters.")
    return text


def _number(payload: Mapping[str, Any], field: str, least: int, most: int) -> int:
    number = payload.get(field)
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise _invalid(field, f"Give a whole number from {least} to {most}.")
    return number


def _moment(payload: Mapping[str, Any], field: str, *, now: datetime) -> datetime:
    """Return a moment that can be true. Raises Refusal with the slug `moment-out-of-range` for a wrong clock."""
    moment = _any_moment(payload, field)
    if not EARLIEST <= moment <= now + CLOCK_TOLERANCE:
        raise Refusal(
            "moment-out-of-range",
            f"The device's clock was wrong: the server's is {now.isoformat(timespec='seconds')}."
            " Move the moment by the difference and send it again under the same id.",
            errors={field: [f"Give a moment from {EARLIEST.date()} to now."]},
        )
    return moment


def _clamped(payload: Mapping[str, Any], field: str, *, now: datetime) -> datetime:
    return max(EARLIEST, min(_any_moment(payload, field), now + CLOCK_TOLERANCE))


def _any_moment(payload: Mapping[str, Any], field: str) -> datetime:
    text = payload.get(field)
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) and len(text) <= 40 else None  # noqa: PLR2004
        moment = moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise _invalid(field, "Give a moment with its zone, such as 2026-11-24T12:00:00Z.")
    return moment


def _invalid(field: str, sentence: str) -> Refusal:
    return Refusal("invalid", "One or more fields are wrong; see errors.", errors={field: [sentence]})

"""What people are told, by which ways, and what each telling needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models

Context = Mapping[str, str | int]


class Kind(models.TextChoices):
    REVIEWS_DUE = "reviews_due", "Reviews due"
    TRAINING_TODAY = "training_today", "Training today"
    GRADING_NEAR = "grading_near", "Grading near"
    STREAK_AT_RISK = "streak_at_risk", "Streak at risk"
    CLUB_MESSAGE = "club_message", "Message from the club"


class Channel(models.TextChoices):
    WEB_PUSH = "web_push", "Web push"
    MOBILE_PUSH = "mobile_push", "Mobile push"
    EMAIL = "email", "E-mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a kind's context holds: names with their types, and the screen of the app that it opens.

    `about` names the entry that parts several messages of one kind on one day; without it there is one a day.
    """

    needs: Mapping[str, type]
    opens: str
    about: str = ""
    mailed: bool = False  # by e-mail too, unless its reader says otherwise


FACTS: Mapping[Kind, Facts] = MappingProxyType(
    {
        Kind.REVIEWS_DUE: Facts(needs={"cards": int}, opens="learn/review"),
        Kind.TRAINING_TODAY: Facts(needs={"session": str}, opens="training"),
        Kind.GRADING_NEAR: Facts(needs={"belt": str, "days": int}, opens="exams", mailed=True),
        Kind.STREAK_AT_RISK: Facts(needs={"days": int}, opens="learn"),
        Kind.CLUB_MESSAGE: Facts(
            needs={"message": str, "club": str, "text": str}, opens="clubs", about="message", mailed=True
        ),
    }
)


def is_on_by_default(kind: Kind, channel: Channel) -> bool:
    """Return whether somebody who chose nothing is told of `kind` by `channel`."""
    return channel is not Channel.EMAIL or FACTS[kind].mailed


def checked(kind: Kind, context: Context) -> Context:
    """Return the context. Raises ValueError unless it holds exactly what its kind needs."""
    needs = FACTS[kind].needs
    if {name: type(value) for name, value in context.items()} != dict(needs):
        wanted = ", ".join(f"{name}: {kind_of.__name__}" for name, kind_of in needs.items())
        raise ValueError(f"{kind.value} needs {wanted}, and nothing else; it was given {dict(context)}.")
    return context

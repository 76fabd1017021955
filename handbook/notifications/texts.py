"""What people read, in their language, from messages/*.json; a sentence with a number has a form for each plural."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handbook.notifications.kinds import FACTS, Context, Kind
from tkd_rules.grading import parse_belt

FOLDER = Path(__file__).with_name("messages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    title: str
    body: str


def text_of(kind: Kind, context: Context, language: str) -> Text:
    """Return what a message says; `language` is pl, en or ko."""
    words = {name: _grade(str(value), language) if name == "belt" else value for name, value in context.items()}
    form = _form_of(kind, context, language)
    said = messages(language)
    return Text(title=said[f"{kind.value}.title"].format(**words), body=said[f"{kind.value}.{form}"].format(**words))


@cache
def messages(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return found


def plural_form(language: str, number: int) -> str:
    """Return `one`, `few` or `many` as CLDR has it for whole numbers; Korean knows only `many`."""
    if language == "ko":
        return "many"
    if number == 1:
        return "one"
    if language == "pl" and number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}:
        return "few"
    return "many"


def _form_of(kind: Kind, context: Context, language: str) -> str:
    """Return the form of the body: that of its number, or the only one."""
    numbers = [int(context[name]) for name, of in FACTS[kind].needs.items() if of is int]
    return plural_form(language, numbers[0]) if numbers else "body"


def _grade(code: str, language: str) -> str:
    belt = parse_belt(code)
    suffix = "kup" if belt.code.endswith("kup") else "dan"
    number = int(belt.code.removesuffix(suffix))
    return messages(language)[f"grade.{suffix}"].format(number=number, ordinal=_ordinal(number))


def _ordinal(number: int) -> str:
    """Return a number up to ten as English counts grades: 1st, 2nd, 3rd, 4th."""
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"

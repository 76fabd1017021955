"""The two sides of a card, in the learner's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tkd_client.offline.catalogue import Catalogue
from tkd_client.state.texts import in_language
from tkd_rules.repetition.cards import Card, parse_card

MOST_POINTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """`ask` is the key of a message, `prompt` what it is about, `answer` what one should know.

    `points` is what helps to remember it. All but `ask` is in the language of the content.
    """

    card: Card
    belt: str
    ask: str
    prompt: tuple[str, ...]
    answer: tuple[str, ...]
    points: tuple[str, ...] = ()


def face_of(catalogue: Catalogue, key: str, language: str) -> Face | None:
    """Return the sides of a card; None when the catalogue does not hold its item."""
    card = parse_card(key)
    document = catalogue.document(card.kind, card.slug)
    if document is None:
        return None
    prompt, answer = _sides(card, document, language)
    return Face(
        card=card,
        belt=document["min_belt"],
        ask=f"ask.{card.kind}_{card.facet}",
        prompt=prompt,
        answer=answer,
        points=_points(card, document, language),
    )


def _sides(card: Card, document: Mapping[str, Any], language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    own, korean = _own_name(document, language), _korean_name(document)
    match card.facet:
        case "meaning" if card.kind != "tul":
            return korean, own
        case "korean":
            return own, korean
        case "meaning":
            return korean, (in_language(document["meaning"], language),)
        case "movements":
            return korean, (str(document["movements"]),)
    return own, (in_language(document["answer"], language),)


def _own_name(document: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Return the name in the learner's language, in another where that is the one that is asked for."""
    names = document["name"]
    if "answer" not in document:
        names = {code: name for code, name in names.items() if code != "ko"}
    return (in_language(names, language),)


def _korean_name(document: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (document["romanization"], document["name"].get("ko", ""))))


def _points(card: Card, document: Mapping[str, Any], language: str) -> tuple[str, ...]:
    if card.kind == "technique":
        return tuple(in_language(document["key_points"], language) or ())[:MOST_POINTS]
    note = in_language(document["note"], language) if card.kind == "term" else ""
    return (note,) if note else ()

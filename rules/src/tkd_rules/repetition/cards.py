"""Cards: one thing to remember about one item of the catalogue, named `kind/slug/facet`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from tkd_rules.grading import parse_belt

LONGEST_SLUG = 80
CHOICE_OF_AN_ITEM = 2  # strokes in its name
# What is asked of each kind: the meaning of the Korean name, the Korean name itself, and so on; easier ones first.
FACETS: Final[Mapping[str, tuple[str, ...]]] = {
    "technique": ("meaning", "korean"),
    "term": ("meaning", "korean"),
    "tul": ("meaning", "movements"),
    "theory": ("answer",),
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Card:
    kind: str
    slug: str
    facet: str

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.slug}/{self.facet}"


def parse_card(key: str) -> Card:
    """Read `technique/ap-chagi/meaning`. Raises ValueError that says what a card looks like."""
    kind, _, rest = key.partition("/")
    slug, _, facet = rest.partition("/")
    if facet not in FACETS.get(kind, ()) or len(slug) > LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise ValueError(f"{key[:60]!r} is no card: give kind/slug/facet, such as technique/ap-chagi/meaning.")
    return Card(kind, slug, facet)


def cards_of(kind: str, slug: str) -> list[str]:
    """Return the keys of the cards of an item, the one to begin with first."""
    return [Card(kind, slug, facet).key for facet in FACETS[kind]]


def chosen_cards(choices: Iterable[str]) -> list[str]:
    """Return the cards of the items that a learner chose: first what they asked for, then their favourites.

    `choices` are names such as `deck/technique/ap-chagi` and `favourite/tul/chon-ji`; others are passed over.
    """
    chosen = sorted(name.split("/") for name in choices if name.count("/") == CHOICE_OF_AN_ITEM)
    return [
        key
        for what in ("deck", "favourite")
        for one, kind, slug in chosen
        if one == what
        for key in cards_of(kind, slug)
    ]


def belt_deck(documents: Mapping[str, Iterable[Mapping[str, Any]]], *, belt_rank: int) -> list[str]:
    """Return the cards of what a student of a grade must know, in the order in which they are learned.

    `documents` are catalogue documents by kind; kinds without cards are passed over.

    Lower grades come first; within one the first facets of all items, then the second ones, so that a word is not asked
    both ways on the day it is met. Items are mixed, alike on every device: names that follow each other in the alphabet
    sound alike and are taken for each other.
    """
    places = []
    for kind in documents.keys() & FACETS.keys():
        for document in documents[kind]:
            rank = parse_belt(document["min_belt"]).rank
            if rank <= belt_rank:
                mixed = sha256(f"{kind}/{document['slug']}".encode()).digest()
                cards = enumerate(cards_of(kind, document["slug"]))
                places += [(rank, turn, mixed, key) for turn, key in cards]
    return [key for *_place, key in sorted(places)]

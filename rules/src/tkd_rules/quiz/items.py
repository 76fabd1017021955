"""What a quiz asks about: of the catalogue's documents only what questions need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from tkd_rules.grading import parse_belt

ItemKind = Literal["technique", "tul", "term", "theory"]
Language = Literal["pl", "en", "ko"]

PICTURES = frozenset({"picture", "image", "photo"})
_FALLBACKS = ("pl", "en", "ko")

T = TypeVar("T", str, tuple[str, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """A technique as a step of a tul names it: in general, with the tool and the level that make it a variant."""

    slug: str
    tool: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A movement of a tul; one that only prepares has no name, a kick as a rule no stance.

    `facing` is a direction of content/NOTATION.md.
    """

    number: int
    romanization: str
    hangul: str
    stance: str
    facing: str
    performed: tuple[Performed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A technique, tul, term or theory question; what its kind does not have is empty.

    Texts are by language. `audio` and `pictures` are as the document holds them.
    """

    kind: ItemKind
    slug: str
    belt_rank: int
    category: str
    names: Mapping[str, str]
    romanization: str
    aliases: tuple[str, ...]
    audio: Any
    pictures: tuple[Any, ...]
    points: Mapping[str, tuple[str, ...]]
    mistakes: Mapping[str, tuple[str, ...]]
    base: str
    tool: str
    level: str
    movements: int
    meanings: Mapping[str, str]
    ready_stance: str
    steps: tuple[Step, ...]
    answers: Mapping[str, str]

    @property
    def hangul(self) -> str:
        return self.names.get("ko", "")


def item_of(kind: ItemKind, document: Mapping[str, Any]) -> Item:
    """Return what a quiz has to know of a catalogue document. Raises KeyError or ValueError when it is not one."""
    return Item(
        kind=kind,
        slug=document["slug"],
        belt_rank=parse_belt(document["min_belt"]).rank,
        category=document["kind" if kind == "tul" else "category"],
        names=document["name"],
        romanization=document["romanization"],
        aliases=tuple(document["aliases"]),
        audio=document.get("audio"),
        pictures=tuple(media for media in document.get("media") or () if media.get("kind") in PICTURES),
        points=_sentences(document.get("key_points")),
        mistakes=_sentences(document.get("mistakes")),
        base=document.get("base") or "",
        tool=document.get("tool") or "",
        level=document.get("level") or "",
        movements=document.get("movements") or 0,
        meanings=document.get("meaning") or {},
        ready_stance=document.get("ready_stance") or "",
        steps=tuple(map(_step_of, document.get("steps") or ())),
        answers=document.get("answer") or {},
    )


def in_language(texts: Mapping[str, T], language: str, empty: T) -> T:
    """Return what stands in a language, or else in Polish, English or Korean, or else what is empty."""
    found: Iterable[T] = (texts[wanted] for wanted in (language, *_FALLBACKS) if texts.get(wanted))
    return next(iter(found), empty)


def _sentences(lists: Mapping[str, Iterable[str]] | None) -> Mapping[str, tuple[str, ...]]:
    return {language: tuple(sentences) for language, sentences in (lists or {}).items()}


def _step_of(step: Mapping[str, Any]) -> Step:
    return Step(
        number=step["number"],
        romanization=step["romanization"] or "",
        hangul=step["name"].get("ko", ""),
        stance=(step["stance"] or {}).get("slug") or "",
        facing=step["facing"],
        performed=tuple(
            Performed(slug=technique["slug"], tool=technique["tool"] or "", level=technique["level"] or "")
            for technique in step["techniques"]
        ),
    )

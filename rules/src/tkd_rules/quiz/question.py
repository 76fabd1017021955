"""A question as data: which item, what is asked of it, and which options, by reference; never a sentence.

A question holds no text of the catalogue. An option is a slug (of an item of the kind asked about, of the stance or
the tul that is asked for), `chon-ji:3` for a step, `k0` and `m1` for a technique's key point and mistake, the code of
a belt, a direction, a number of movements, or `=24` for a number that answers a theory question. Twenty questions are
thus some 4 kB of JSON, small enough for a signed token that makes the server forget nothing and store nothing. The
token needs the catalogue's revision beside them, since an item may go. Asking anew from the seed would make it
smaller still, but would take the same catalogue and the same release of these rules; whereas a question that travels
stays what it was. The answer travels in it too, readable to whoever looks: a quiz is for learning, and the device
asks it offline anyway.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from tkd_rules.grading import Belt
from tkd_rules.quiz.items import ItemKind, Language

Mode = Literal["terms", "techniques", "tul", "theory"]
Kind = Literal[
    "meaning",
    "korean",
    "romanization",
    "hangul",
    "listening",
    "picture",
    "described_stance",
    "described_technique",
    "step_stance",
    "belt",
    "mistake",
    "key_point",
    "next_step",
    "step_facing",
    "movements",
    "tul_meaning",
    "tul_named",
    "tul_with",
    "theory",
]

MODES: tuple[str, ...] = get_args(Mode)
KINDS: tuple[str, ...] = get_args(Kind)
LANGUAGES: tuple[str, ...] = get_args(Language)
ITEM_KINDS: tuple[str, ...] = get_args(ItemKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizRequest:
    """What to ask: `count` questions of a mode about what is learned up to a belt, in the learner's own language.

    `belt_rank` as in `grading.Belt`. When `typed`, names are typed rather than chosen, where the kind allows it.
    Raises ValueError when there is no such mode, belt or language.
    """

    mode: Mode
    belt_rank: int
    count: int
    language: Language
    seed: int | str
    typed: bool = False

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"{self.mode!r} is not a mode: give one of {', '.join(MODES)}.")
        if self.language not in LANGUAGES:
            raise ValueError(f"{self.language!r} is not a language: give one of {', '.join(LANGUAGES)}.")
        Belt(self.belt_rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of an item; without options the answer is typed, and `answer_index` is None.

    `id` is the place in the quiz, from "1". `detail` is what of the item, or beside it, the question shows: the step
    `chon-ji:3`, or the technique that a tul contains.
    """

    id: str
    kind: Kind
    item_kind: ItemKind
    item_slug: str
    language: Language
    detail: str = ""
    options: tuple[str, ...] = ()
    answer_index: int | None = None

    @property
    def is_typed(self) -> bool:
        return not self.options

    @property
    def right_option(self) -> str:
        """Return the reference of the right option, an empty text when the answer is typed."""
        return "" if self.answer_index is None else self.options[self.answer_index]


def to_json(question: Question) -> dict[str, Any]:
    """Return a question as a plain dict with short keys; what is empty is left out."""
    fields = {
        "i": question.id,
        "k": question.kind,
        "s": f"{question.item_kind}/{question.item_slug}",
        "l": question.language,
        "d": question.detail,
        "o": list(question.options),
        "a": question.answer_index,
    }
    return {name: field for name, field in fields.items() if field not in ("", [], None)}


def from_json(data: Any) -> Question:
    """Return the question that `to_json` wrote. Raises ValueError when it did not write this."""
    try:
        question = _read(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no question: {error!r}") from error
    _refuse_unknown(question)
    return question


def _read(data: Mapping[str, Any]) -> Question:
    item_kind, _, slug = data["s"].partition("/")
    return Question(
        id=data["i"],
        kind=data["k"],
        item_kind=cast("ItemKind", item_kind),
        item_slug=slug,
        language=data["l"],
        detail=data.get("d", ""),
        options=tuple(data.get("o", ())),
        answer_index=data.get("a"),
    )


def _refuse_unknown(question: Question) -> None:
    texts = (question.id, question.kind, question.item_slug, question.language, question.detail, *question.options)
    answers = range(len(question.options)) if question.options else (None,)
    known = (
        all(isinstance(text, str) for text in texts)
        and question.kind in KINDS
        and question.item_kind in ITEM_KINDS
        and bool(question.item_slug)
        and question.language in LANGUAGES
        and question.answer_index in answers
    )
    if not known:
        raise ValueError(f"this is no question: {question!r}")

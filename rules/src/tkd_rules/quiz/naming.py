"""Questions between an item and its names: what a Korean name means, what something is called, how it is written."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tkd_rules.quiz.asking import Asked, Draft, Rule, Typing, View, options_around
from tkd_rules.quiz.distractors import likeliest
from tkd_rules.quiz.items import Item
from tkd_rules.quiz.names import form, korean_name, own_name
from tkd_rules.quiz.question import Kind

SHORT_WORD = 2  # letters; one that prompt and answer share says nothing, unlike a whole word, or the A of stance A


def meant(view: View, slug: str) -> Item:
    """Return the item of the asked item's kind that a slug stands for. Raises LookupError when it is gone."""
    return view.material.item(view.item.kind, slug)


def own(view: View, slug: str) -> str:
    return own_name(meant(view, slug), view.language)


def korean(view: View, slug: str) -> str:
    return korean_name(meant(view, slug), view.language)


def romanized(view: View, slug: str) -> str:
    return meant(view, slug).romanization


def hangul(view: View, slug: str) -> str:
    return meant(view, slug).hangul


def names_shown(view: View, _detail: str) -> dict[str, str]:
    """Return an item's names in both languages."""
    return {"own": own(view, view.item.slug)} | korean_shown(view, "")


def korean_shown(view: View, _detail: str) -> dict[str, str]:
    return {"name": korean(view, view.item.slug)} | hangul_shown(view, "") | romanization_shown(view, "")


def own_shown(view: View, _detail: str) -> dict[str, str]:
    return {"own": own(view, view.item.slug)}


def hangul_shown(view: View, _detail: str) -> dict[str, str]:
    return {"hangul": view.item.hangul}


def romanization_shown(view: View, _detail: str) -> dict[str, str]:
    return {"romanization": view.item.romanization}


def as_referred(_view: View, reference: str) -> str:
    """Return the reference of an option that says it all: a number, or a belt's code."""
    return reference


def no_values(_view: View, _detail: str) -> dict[str, str]:
    return {}


def audio(view: View, _detail: str) -> object:
    return view.item.audio


def picture(view: View, _detail: str) -> object:
    return next(iter(view.item.pictures), None)


def has_audio(view: View) -> bool:
    return bool(view.item.audio)


def has_picture(view: View) -> bool:
    return bool(view.item.pictures)


def is_told_apart(view: View) -> bool:
    """Whether the names in both languages are there and share no word: Taekwon-Do means Taekwon-Do."""
    texts = [text(view, view.item.slug) for text in (own, korean, romanized)]
    mine, *others = [{word for word in form(text).words if len(word) != SHORT_WORD} for text in texts]
    return all(texts) and mine.isdisjoint(set().union(*others))


def is_in_both_scripts(view: View) -> bool:
    return bool(view.item.romanization and view.item.hangul)


def choosing(
    text: Callable[[View, str], str], suits: Callable[[View], bool], candidates: Callable[[View], Sequence[Item]]
) -> Callable[[Asked], Draft | None]:
    """Return how to ask which of the candidates is meant, for an item that suits; options read as `text` says."""

    def ask(asked: Asked) -> Draft | None:
        view = asked.view
        if not suits(view):
            return None
        return options_around(asked, view.item.slug, likeliest(view, candidates(view), text), text)

    return ask


def of_the_same_kind(view: View) -> Sequence[Item]:
    return view.material.all(view.item.kind)


def _rule(
    text: Callable[[View, str], str],
    suits: Callable[[View], bool],
    values: Callable[[View, str], dict[str, str]],
    facet: str = "",
) -> Rule:
    ask = choosing(text, suits, of_the_same_kind)
    return Rule(ask=ask, values=values, option=text, meant=meant, facet=facet)


RULES: dict[Kind, Rule] = {
    "meaning": replace(
        _rule(own, is_told_apart, korean_shown, "meaning"),
        typing=Typing(side="own", prompt=lambda view: korean(view, view.item.slug)),
    ),
    "korean": replace(
        _rule(korean, is_told_apart, own_shown, "korean"),
        typing=Typing(side="korean", prompt=lambda view: own(view, view.item.slug)),
    ),
    "romanization": replace(
        _rule(romanized, is_in_both_scripts, hangul_shown),
        typing=Typing(side="korean", prompt=lambda view: view.item.hangul, is_latin=True),
    ),
    "hangul": _rule(hangul, is_in_both_scripts, romanization_shown),
    "listening": replace(
        _rule(own, has_audio, no_values, "meaning"),
        media=audio,
        typing=Typing(side="own", prompt=lambda view: view.item.hangul),
    ),
    "picture": replace(_rule(korean, has_picture, no_values), media=picture),
}

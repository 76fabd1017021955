"""What search needs of an item, worked out once when it arrives: the words of its index and its labels."""

import json
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass
from typing import Any

from tkd_rules.ranking import NAME, Entry, ItemType, Label, SearchableItem, entry_of, searchable
from tkd_rules.text_search import Form

PREPARED_AS = 2  # grows when the rules prepare labels in another way
NOT_SEARCHED = ""  # the entry of an item that search passes over


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Words for the full-text index, and the entry as JSON."""

    names: str
    rest: str
    initials: str
    entry: str


def prepare(kind: ItemType, document: dict[str, Any]) -> Prepared:
    entry = entry_of(searchable(kind, document))
    names = [label.form for label in entry.labels if label.kind == NAME]
    rest = [label.form for label in entry.labels if label.kind != NAME]
    joined = {text for form in names for text in (form.joined, form.joined_sound)}
    # Hangul is often written without spaces, so a name is also found from each of its syllables on.
    inside = {form.joined_sound[start:] for form in names if form.initials for start in range(len(form.joined_sound))}
    initials = {form.initials[start:] for form in names for start in range(len(form.initials))}
    return Prepared(
        names=_line(_tokens(names) | joined | inside),
        rest=_line(_tokens(rest)),
        initials=_line(initials),
        entry=_dumped(entry),
    )


def loaded(text: str) -> Entry:
    """Return the entry that `prepare` wrote; one of an app that prepared labels otherwise is worked out anew."""
    *version, item, labels, belt_rank = json.loads(text)
    if version != [PREPARED_AS]:
        return entry_of(_item(item))
    return Entry(_item(item), tuple(_label(*label) for label in labels), belt_rank)


def _dumped(entry: Entry) -> str:
    labels = [[label.field, label.kind, label.text, *astuple(label.form)] for label in entry.labels]
    return json.dumps(
        [PREPARED_AS, asdict(entry.item), labels, entry.belt_rank], ensure_ascii=False, separators=(",", ":")
    )


def _item(fields: dict[str, Any]) -> SearchableItem:
    points = {lang: tuple(texts) for lang, texts in fields["key_points"].items()}
    lists = {"aliases": tuple(fields["aliases"]), "tags": tuple(fields["tags"]), "key_points": points}
    return SearchableItem(**fields | lists)


def _label(field: str, kind: int, text: str, words: list[str], sounds: list[str], *rest: Any) -> Label:
    return Label(field, kind, text, Form(tuple(words), tuple(sounds), *rest))


def _tokens(forms: Iterable[Form]) -> set[str]:
    return {word for form in forms for word in (*form.words, *form.sounds)}


def _line(words: Iterable[str]) -> str:
    return " ".join(sorted(words))

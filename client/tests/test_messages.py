"""No sentence is missing in any language, none is left over, and each takes the same values everywhere."""

import re
from pathlib import Path
from string import Formatter

import pytest

import tkd_client
from tkd_client.state.texts import LANGUAGES, messages

# Words of the content, shown by what the content calls them; the content's own check knows them all.
OF_THE_CONTENT = ("category", "tag", "shape", "timing")
SOURCE = "\n".join(path.read_text() for path in sorted(Path(tkd_client.__path__[0]).rglob("*.py")))
WHOLE = set(re.findall(r'"([a-z_]+(?:\.[A-Za-z_]+)+)"', SOURCE))
BEGINNINGS = tuple(set(re.findall(r'f"((?:[a-z_]+\.)+)\{', SOURCE)))
ENDINGS = tuple(set(re.findall(r'f"\{[^}]+\}([._][a-z_]+)"', SOURCE)))
FORMS = (".one", ".few", ".many")


def is_used(key: str) -> bool:
    stem = key.rpartition(".")[0] if key.endswith(FORMS) else key
    return (
        stem in WHOLE
        or key.startswith((*BEGINNINGS, *(f"{kind}." for kind in OF_THE_CONTENT)))
        or key.endswith(ENDINGS)
    )


def values_of(sentence: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_missing_or_empty(language: str) -> None:
    assert messages(language).keys() == messages("en").keys()
    assert all(messages(language).values())


def test_every_sentence_that_the_code_asks_for_exists() -> None:
    kinds = {key.partition(".")[0] for key in messages("en")}
    asked = {key for key in WHOLE if key.partition(".")[0] in kinds}
    known = {key.removesuffix(form) for key in messages("en") for form in ("", *FORMS)}
    assert asked - known == set()
    assert len(asked) > 80


def test_no_sentence_is_left_over() -> None:
    assert [key for key in messages("en") if not is_used(key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_takes_the_same_values_in_every_language(language: str) -> None:
    ordinals = {"ordinal", "number"}  # English counts grades in words of its own
    for key, sentence in messages(language).items():
        expected = values_of(messages("en")[key])
        assert values_of(sentence) | ordinals == expected | ordinals, key

"""The names and the tuls of content/, and the sentences that were read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tkd_rules.tul.describing import Language, Names, names_of_documents
from tkd_rules.tul.notation import Step, Tul
from tkd_rules.tul.parsing import tul_of_content

CONTENT = Path(__file__).parents[3] / "content"
LANGUAGES: tuple[Language, ...] = ("pl", "en", "ko")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A step and its sentences, as in sentences.yaml."""

    source: str
    step: Step
    turned_deg: float
    sentences: Mapping[str, str]


@cache
def names() -> Names:
    return names_of_documents(techniques(), terms())


@cache
def techniques() -> list[dict[str, Any]]:
    return [_loaded(path) for path in sorted(CONTENT.glob("techniques/*.yaml"))]


@cache
def terms() -> list[dict[str, Any]]:
    return [term for path in sorted(CONTENT.glob("glossary/*.yaml")) for term in _loaded(path)["terms"]]


@cache
def tuls() -> list[Tul]:
    return [tul_of_content(_loaded(path), path.name) for path in sorted(CONTENT.glob("tuls/*.yaml"))]


@cache
def sentences_read() -> list[Read]:
    entries = yaml.load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return [
        Read(
            source=entry["from"],
            step=step_of(entry["step"]),
            turned_deg=entry["turned"],
            sentences={lang: entry[lang] for lang in LANGUAGES},
        )
        for entry in entries
    ]


def step_of(data: Mapping[str, Any]) -> Step:
    """Return a step written in the notation."""
    tul = {
        "slug": "one-step",
        "movements": 1,
        "start": {"ready": "narani-junbi-sogi", "facing": "D"},
        "end": {"returns": "right", "ready": "narani-junbi-sogi", "facing": "D"},
        "steps": [data],
    }
    return tul_of_content(tul, "test").steps[0]


def _loaded(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)

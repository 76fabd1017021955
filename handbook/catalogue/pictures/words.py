"""The words of a step on a sheet and under a film."""

from handbook.catalogue.documents import Document

_TOWARD = {"pl": "zwrot {facing}", "en": "facing {facing}", "ko": "{facing} 쪽"}


def step_words(step: Document, lang: str) -> str:
    """Return a movement in one line: what it is called in Korean, and where the body faces."""
    toward = _TOWARD[lang].format(facing=step["facing"])
    return f"{step['romanization']}, {toward}" if step["romanization"] else toward

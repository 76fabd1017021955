"""What the person chose: languages, belt, theme, size of text."""

from typing import Any

from tkd_client.offline.personal import Personal
from tkd_client.state.observed import Observed
from tkd_client.state.texts import LANGUAGES, Texts
from tkd_rules.grading import Belt

THEMES = ("system", "light", "dark", "contrast")
TEXT_SCALES = (0.9, 1.0, 1.2, 1.45)
BEGINNER = Belt(1)


class Preferences(Observed):
    """Read once from the store and written through it; what is broken there counts as not chosen."""

    def __init__(self, personal: Personal, *, device_language: str) -> None:
        super().__init__()
        self._personal = personal
        self._device_language = device_language if device_language in LANGUAGES else "en"
        self.read()

    def read(self) -> None:
        """Take what the store holds, also after another tab has written it; tell the screens when it differs."""
        before = dict(vars(self))
        kept = self._personal.setting
        self.interface_language = _one_of(kept("interface_language"), LANGUAGES, self._device_language)
        self.content_language = _one_of(kept("content_language"), LANGUAGES, self.interface_language)
        self.theme = _one_of(kept("theme"), THEMES, "system")
        self.text_scale = _one_of(kept("text_scale"), TEXT_SCALES, 1.0)
        rank = kept("belt_rank")
        self.belt = Belt(rank) if isinstance(rank, int) and 1 <= rank <= 19 else BEGINNER  # noqa: PLR2004 - grades
        self.has_chosen_belt = rank is not None
        if vars(self) != before:
            self.texts = Texts(self.interface_language)
            self.changed()


def _one_of(value: Any, allowed: tuple[Any, ...], otherwise: Any) -> Any:
    return value if value in allowed else otherwise

"""The published catalogue as quizzes read it."""

from functools import lru_cache

from handbook.catalogue.revision import published_state
from handbook.catalogue.selectors import changes_after
from tkd_rules.quiz import Material, material_of


def current_material() -> tuple[int, Material]:
    """Return the catalogue's revision and what questions are made from, read once for each revision and process."""
    state = published_state()
    return state.revision, _material_at(state.revision, state.catalogue_id)


@lru_cache(maxsize=2)
def _material_at(_revision: int, _catalogue_id: str) -> Material:
    items = changes_after(0).upserts
    return material_of(items["techniques"], items["tuls"], items["terms"], items["theory"])

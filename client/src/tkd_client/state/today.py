"""What to look at today: the same all day, another tomorrow, and never beyond one's grade."""

from datetime import date

from tkd_client.offline.catalogue import Catalogue, Summary, Wanted
from tkd_rules.grading import Belt
from tkd_rules.ranking import ItemType


def todays_items(catalogue: Catalogue, belt: Belt, day: date) -> list[tuple[str, Summary]]:
    """Return pairs of a message's key, which says why, and an item."""
    found: list[tuple[str, Summary]] = []
    tuls = catalogue.items(Wanted(kind="tul", belt_rank=belt.rank))
    if tuls:
        found.append(("start.today_tul", tuls[-1]))
    kinds: tuple[tuple[str, ItemType], ...] = (("start.today_technique", "technique"), ("start.today_term", "term"))
    for reason, kind in kinds:
        items = catalogue.items(Wanted(kind=kind, belt_rank=belt.rank))
        if items:
            found.append((reason, items[day.toordinal() * 7 % len(items)]))
    return found

"""Pages of rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`count` is of all that there are."""

    count: int
    results: list[Any]


def page_of(rows: QuerySet[Any], *, page: int, page_size: int) -> Page:
    """Two queries, and what the rows prefetch; no results past the end."""
    start = (page - 1) * page_size
    return Page(count=rows.count(), results=list(rows[start : start + page_size]))

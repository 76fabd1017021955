"""What happened to a learner's data since a device asked last."""

from dataclasses import dataclass
from uuid import UUID

from handbook.sync import cursors
from handbook.sync.models import LearnerCursor
from handbook.sync.registry import Change, handlers

MOST_CHANGES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Changes in the order of their numbers; ask again after `cursor` while `has_more`.

    `is_behind` says that this server knows less than the device has seen, as after a restored backup: everything is
    given from the beginning, and the device should send again what it has.
    """

    cursor: int
    has_more: bool
    is_behind: bool
    changes: list[Change]


def news_for(learner_id: UUID, *, since: int) -> News:
    """No query when there is nothing new and the cache knows it, else one and one for each kind."""
    last = cursors.cached_change(learner_id)
    if last is None:
        last = LearnerCursor.objects.filter(pk=learner_id).values_list("change", flat=True).first() or 0
        cursors.read_from_database(learner_id, last)
    if last == since:
        return News(cursor=last, has_more=False, is_behind=False, changes=[])
    is_behind = since > last
    return _changes(learner_id, after=0 if is_behind else since, last=last, is_behind=is_behind)


def _changes(learner_id: UUID, *, after: int, last: int, is_behind: bool) -> News:
    """Numbers up to `last` alone: what is stored meanwhile belongs to the next answer."""
    found = [
        change
        for handler in handlers().values()
        for change in handler.changes(learner_id, after=after, limit=MOST_CHANGES + 1)
        if change.number <= last
    ]
    found.sort(key=lambda change: change.number)
    has_more = len(found) > MOST_CHANGES
    shown = found[:MOST_CHANGES]
    cursor = shown[-1].number if has_more else last
    return News(cursor=cursor, has_more=has_more, is_behind=is_behind, changes=shown)

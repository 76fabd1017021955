"""Putting an item back to a former version, as far as history holds it: its own fields, its names and texts.

A version of an item lasts from one record of its history to the next. Whoever edits saves the item first and
the rows below it afterwards, so a version's texts are those that stood just before the next record.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from handbook.catalogue.models import CatalogueItem

Texts = dict[str, Any]


def version_of(model: type[CatalogueItem], *, pk: str, version_id: str) -> Any | None:
    """Return the record of history with this id if it is of an item that still exists, else None.

    What was deleted is not put back: its key points or steps went without a trace.
    """
    if not (pk.isdecimal() and version_id.isdecimal()) or not model._default_manager.filter(pk=pk).exists():
        return None
    return model.history.filter(id=pk, history_id=version_id).first()


@transaction.atomic
def restore_texts(item: Any, *, version: Any) -> None:
    """Make the names and texts of each language what they were while `version` lasted.

    Tags, aliases, key points, mistakes, parts, promises, measures and steps have no history and stay as they are.
    """
    later = version.next_record
    if later is None:
        return
    wanted = _texts_at(item, later.history_date - timedelta.resolution)
    held = {row.lang: row for row in item.translations.all()}
    for lang in held.keys() - wanted.keys():
        held[lang].delete()
    for lang, texts in wanted.items():
        row = held.get(lang) or item.translations.model(**{item.KIND: item}, lang=lang)
        if row.pk is None or any(getattr(row, name) != text for name, text in texts.items()):
            for name, text in texts.items():
                setattr(row, name, text)
            row.save()


def _texts_at(item: Any, moment: datetime) -> dict[str, Texts]:
    model = item.translations.model
    names = [field.name for field in model.history.model.tracked_fields if field.name not in {"id", "lang", item.KIND}]
    rows = model.history.as_of(moment).filter(**{item.KIND: item.pk})
    return {row.lang: {name: getattr(row, name) for name in names} for row in rows}

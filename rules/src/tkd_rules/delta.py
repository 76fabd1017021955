"""What the server says happened to the catalogue, checked before anybody relies on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

CatalogueKind = Literal["technique", "tul", "term", "theory", "syllabus"]  # the last two are not searched

KIND_OF_PLURAL: Mapping[str, CatalogueKind] = {
    "techniques": "technique",
    "tuls": "tul",
    "terms": "term",
    "theory": "theory",
    "syllabuses": "syllabus",
}
LATER_PLURALS = {"syllabuses"}  # what a server that is older than this app does not send
NEEDED = {"slug": str, "romanization": str, "min_belt": str, "name": dict, "aliases": list, "tags": list}
NEEDED_TOO: Mapping[str, Mapping[str, type]] = {
    "theory": {"answer": dict},
    "syllabuses": {"sections": dict, "variants": list},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Whole documents by plural kind, what is gone as `{"type", "slug", "replaced_by"}`, and the revision reached.

    A cursor counts within one catalogue alone; `catalogue_id` says which, and changes when a server begins anew.
    """

    cursor: int
    catalogue_id: str
    is_snapshot: bool
    upserts: Mapping[str, Sequence[dict[str, Any]]]
    deletes: Sequence[Mapping[str, str | None]]


def changes_of(answer: Any) -> Changes:
    """Return an answer of `sync/catalogue` as changes. Raises ValueError when it is not what the API promises.

    Kinds that only a later app knows are passed over.
    """
    try:
        upserts = {plural: found for plural, found in answer["upserts"].items() if plural in KIND_OF_PLURAL}
        deletes = answer["deletes"]
        whole = (
            isinstance(answer["cursor"], int)
            and isinstance(answer["catalogue_id"], str)
            and set(KIND_OF_PLURAL) - set(upserts) <= LATER_PLURALS
            and all(_is_item(document, plural) for plural, documents in upserts.items() for document in documents)
            and all(isinstance(gone["type"], str) and isinstance(gone["slug"], str) for gone in deletes)
        )
        cursor, is_snapshot = answer["cursor"], bool(answer["is_snapshot"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the catalogue has another shape: {error!r}") from error
    if not whole:
        raise ValueError("the catalogue has another shape")
    return Changes(
        cursor=cursor,
        catalogue_id=answer["catalogue_id"],
        is_snapshot=is_snapshot,
        upserts=upserts,
        deletes=[gone for gone in deletes if gone["type"] in KIND_OF_PLURAL.values()],
    )


def _is_item(document: Any, plural: str) -> bool:
    needed = {**NEEDED, **NEEDED_TOO.get(plural, {})}
    return all(isinstance(document[name], kind) for name, kind in needed.items())

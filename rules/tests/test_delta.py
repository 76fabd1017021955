"""An answer of the server is taken over whole, or refused before anything is touched."""

from typing import Any

import pytest

from tkd_rules.delta import changes_of

ITEM = {"slug": "ap-chagi", "romanization": "Ap Chagi", "min_belt": "10kup", "name": {}, "aliases": [], "tags": []}
ANSWER: dict[str, Any] = {
    "cursor": 7,
    "catalogue_id": "003adfc69772-1",
    "is_snapshot": False,
    "upserts": {"techniques": [ITEM], "tuls": [], "terms": []},
    "deletes": [{"type": "term", "slug": "old", "replaced_by": None}],
}


def test_a_whole_answer_becomes_changes() -> None:
    changes = changes_of(ANSWER)
    assert (changes.cursor, changes.catalogue_id, changes.is_snapshot) == (7, "003adfc69772-1", False)
    assert [item["slug"] for item in changes.upserts["techniques"]] == ["ap-chagi"]
    assert changes.deletes[0]["slug"] == "old"


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {},
        None,
        ANSWER | {"cursor": "7"},
        ANSWER | {"catalogue_id": None},
        ANSWER | {"upserts": {"techniques": [ITEM]}},
        ANSWER | {"upserts": []},
        ANSWER | {"upserts": {"techniques": [{"slug": "half"}], "tuls": [], "terms": []}},
        ANSWER | {"upserts": {"techniques": [ITEM | {"name": "front kick"}], "tuls": [], "terms": []}},
        ANSWER | {"deletes": [{"type": "belt", "slug": "old"}]},
        ANSWER | {"deletes": [{"type": "term", "slug": 3}]},
    ],
)
def test_anything_else_is_refused(broken: Any) -> None:
    with pytest.raises(ValueError, match="another shape"):
        changes_of(broken)

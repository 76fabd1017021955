"""An answer of the server is taken over whole, or refused before anything is touched."""

from typing import Any

import pytest

from tkd_rules.delta import changes_of

ITEM = {"slug": "ap-chagi", "romanization": "Ap Chagi", "min_belt": "10kup", "name": {}, "aliases": [], "tags": []}
QUESTION = ITEM | {
    "slug": "who-was-dan-gun",
    "romanization": "",
    "name": {"en": "Who was Dan-Gun?"},
    "answer": {"en": "The founder."},
}
NOTHING: dict[str, list[Any]] = {"techniques": [], "tuls": [], "terms": [], "theory": []}
ANSWER: dict[str, Any] = {
    "cursor": 7,
    "catalogue_id": "003adfc69772-1",
    "is_snapshot": False,
    "upserts": NOTHING | {"techniques": [ITEM], "theory": [QUESTION]},
    "deletes": [{"type": "term", "slug": "old", "replaced_by": None}, {"type": "theory", "slug": "who-was-it"}],
}


def test_a_whole_answer_becomes_changes() -> None:
    changes = changes_of(ANSWER)
    assert (changes.cursor, changes.catalogue_id, changes.is_snapshot) == (7, "003adfc69772-1", False)
    assert [item["slug"] for item in changes.upserts["techniques"]] == ["ap-chagi"]
    assert [item["answer"] for item in changes.upserts["theory"]] == [{"en": "The founder."}]
    assert [(gone["type"], gone["slug"]) for gone in changes.deletes] == [("term", "old"), ("theory", "who-was-it")]


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
        ANSWER | {"upserts": {kind: [] for kind in NOTHING if kind != "theory"}},
        ANSWER | {"upserts": NOTHING | {"techniques": [{"slug": "half"}]}},
        ANSWER | {"upserts": NOTHING | {"techniques": [ITEM | {"name": "front kick"}]}},
        ANSWER | {"upserts": NOTHING | {"theory": [ITEM]}},
        ANSWER | {"upserts": NOTHING | {"theory": [QUESTION | {"answer": "The founder."}]}},
        ANSWER | {"deletes": [{"type": "term", "slug": 3}]},
    ],
)
def test_anything_else_is_refused(broken: Any) -> None:
    with pytest.raises(ValueError, match="another shape"):
        changes_of(broken)


def test_kinds_that_only_a_later_app_knows_are_passed_over() -> None:
    gone = [{"type": "term", "slug": "old"}, {"type": "song", "slug": "old"}]
    changes = changes_of(ANSWER | {"upserts": NOTHING | {"songs": [{}]}, "deletes": gone})
    assert "songs" not in changes.upserts
    assert changes.deletes == gone[:1]


def test_a_server_that_has_no_syllabuses_yet_is_understood() -> None:
    before: dict[str, Any] = {plural: [] for plural in NOTHING if plural != "syllabuses"}
    assert "syllabuses" not in changes_of(ANSWER | {"upserts": before}).upserts

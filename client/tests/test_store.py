"""The store: whole or not at all, rebuilt when broken, and nothing lost that cannot be fetched again."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from client.tests.make import TURNING_KICK, changes, damage, handbook, snapshot, technique, term, theory, tul
from tkd_client.offline import catalogue, personal
from tkd_client.offline.catalogue import Catalogue, Wanted
from tkd_client.offline.database import Database, DiskFull, StoreBroken, open_afresh
from tkd_client.offline.journal import Journal
from tkd_client.offline.learner import LearnerStore
from tkd_client.offline.personal import Operation, Personal
from tkd_rules.operations import operation_id
from tkd_rules.repetition.cards import belt_deck

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def fresh_catalogue(folder: Path) -> Catalogue:
    return Catalogue(open_afresh(folder / "catalogue.db", catalogue.MIGRATIONS))


def fresh_personal(folder: Path) -> Personal:
    database = open_afresh(folder / "personal.db", personal.MIGRATIONS, saved=personal.TABLES)
    return Personal(database, Journal(folder / "unsent.jsonl"))


def operation(key: str, **changed: Any) -> Operation:
    held: dict[str, Any] = {"kind": "profile", "payload": {"belt": "9kup"}, "occurred_at": AT}
    return Operation(id=key, **held | changed)


def slugs(held: Catalogue, **wanted: object) -> list[str]:
    return [item.slug for item in held.items(Wanted(**{"kind": "technique"} | wanted))]  # type: ignore[arg-type]


def test_a_snapshot_replaces_everything(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(changes(1, {"techniques": [technique("old")]}, is_snapshot=True))
    held.apply(snapshot(2), etag='"two"')
    assert slugs(held) == ["ap-chagi", "dollyo-chagi"]
    assert (held.cursor, held.fact("etag")) == (2, '"two"')
    assert [held.count(kind) for kind in ("technique", "tul", "term", "theory")] == [2, 1, 1, 1]


def test_a_delta_changes_and_removes_and_leaves_the_rest(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(snapshot())
    renamed = technique(name={"en": "straight kick"}, tags=["defence"])
    gone = [{"type": "technique", "slug": "dollyo-chagi", "replaced_by": None}]
    assert held.apply(changes(2, {"techniques": [renamed]}, deletes=gone))
    assert slugs(held) == ["ap-chagi"]
    assert held.summary("technique", "ap-chagi").name == {"en": "straight kick"}  # type: ignore[union-attr]
    assert held.tags("technique") == ["defence"]
    assert held.count("tul") == 1


def test_an_empty_delta_changes_nothing_but_the_cursor(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(snapshot())
    assert not held.apply(changes(5, {}))
    assert (held.cursor, held.count("technique")) == (5, 2)


def test_half_a_catalogue_is_never_left(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(snapshot())
    with pytest.raises(KeyError):
        held.apply(changes(2, {"techniques": [technique("new"), {"slug": "broken"}]}, is_snapshot=True))
    assert slugs(held) == ["ap-chagi", "dollyo-chagi"]
    assert held.cursor == 1


def test_lists_are_narrowed_and_in_the_order_of_learning(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    punch = technique("ap-jirugi", min_belt="8kup", category="punch", tags=["in-tul"])
    held.apply(changes(1, {"techniques": [punch, TURNING_KICK, technique()]}, is_snapshot=True))
    assert slugs(held) == ["ap-chagi", "dollyo-chagi", "ap-jirugi"]
    assert slugs(held, belt_rank=2) == ["ap-chagi", "dollyo-chagi"]
    assert slugs(held, category="punch") == ["ap-jirugi"]
    assert slugs(held, tag="in-tul") == ["ap-jirugi"]
    assert slugs(held, slugs=frozenset({"dollyo-chagi"})) == ["dollyo-chagi"]
    assert held.categories("technique") == ["kick", "punch"]


def test_a_technique_knows_its_tuls_and_its_variants(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    variant = technique("twimyo-ap-chagi", base="ap-chagi")
    walked = tul(steps=(("ap-chagi",), ("jirugi",), ("ap-chagi", "jirugi")))
    held.apply(changes(1, {"techniques": [technique(), variant], "tuls": [walked]}, is_snapshot=True))
    (use,) = held.uses("ap-chagi")
    assert (use.tul.slug, use.steps) == ("chon-ji", (1, 3))
    assert held.uses("gunnun-sogi")[0].steps == (1, 2, 3)
    assert [item.slug for item in held.variants("ap-chagi")] == ["twimyo-ap-chagi"]
    held.apply(changes(2, {}, deletes=[{"type": "tul", "slug": "chon-ji", "replaced_by": None}]))
    assert held.uses("ap-chagi") == []


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    assert held.document("term", "palmok") is None
    assert held.summary("term", "palmok") is None
    assert held.cursor == 0


def test_a_broken_file_is_laid_aside_and_begun_again(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"this is no database" * 100)
    held = fresh_catalogue(tmp_path)
    assert held.cursor == 0
    held.apply(snapshot())
    assert slugs(held) == ["ap-chagi", "dollyo-chagi"]
    assert (tmp_path / "catalogue.db.broken").exists()


def test_damage_inside_a_file_is_found(tmp_path: Path) -> None:
    fresh_catalogue(tmp_path).apply(snapshot())
    path = tmp_path / "catalogue.db"
    body = bytearray(path.read_bytes())
    body[4096 : 4096 * 3] = b"\x55" * 8192
    path.write_bytes(body)
    with pytest.raises(StoreBroken):
        Database(path, catalogue.MIGRATIONS)


def test_a_broken_catalogue_costs_nothing_that_is_personal(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    book.personal.opened("technique", "ap-chagi", at=AT)
    book.personal.put_in_outbox(Operation(id="1", kind="profile", payload={"belt": "9kup"}, occurred_at=AT))
    (tmp_path / "catalogue.db").write_bytes(b"broken")
    again = handbook(tmp_path)
    assert again.personal.recent() == [("technique", "ap-chagi")]
    assert [operation.id for operation in again.personal.waiting()] == ["1"]
    assert again.catalogue.count("technique") == 2


def test_a_file_of_a_newer_app_is_not_misread(tmp_path: Path) -> None:
    newer = sqlite3.connect(tmp_path / "x.db")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(StoreBroken, match="newer"):
        Database(tmp_path / "x.db", personal.MIGRATIONS)


def test_an_older_file_is_brought_up_to_date(tmp_path: Path) -> None:
    steps = ("CREATE TABLE one (a TEXT);", "CREATE TABLE two (b TEXT);")
    first = Database(tmp_path / "x.db", steps[:1])
    with first.transaction() as connection:
        connection.execute("INSERT INTO one VALUES ('kept')")
    first.close()
    second = Database(tmp_path / "x.db", steps)
    assert second.one("SELECT a FROM one")["a"] == "kept"  # type: ignore[index]
    assert second.all("SELECT b FROM two") == []


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(snapshot())
    pages = held.database.one("PRAGMA page_count")[0]  # type: ignore[index]
    held.database.one(f"PRAGMA max_page_count = {pages}")
    many = [technique(f"kick-{number}") for number in range(400)]
    with pytest.raises(DiskFull):
        held.apply(changes(2, {"techniques": many}))
    assert slugs(held) == ["ap-chagi", "dollyo-chagi"]
    assert held.cursor == 1


def test_settings_are_kept_and_forgotten(tmp_path: Path) -> None:
    kept = fresh_personal(tmp_path)
    kept.set(theme="dark", belt_rank=4)
    kept.set(theme=None)
    assert (kept.setting("theme"), kept.setting("belt_rank")) == (None, 4)


def test_what_was_read_last_comes_first_and_only_a_dozen_is_kept(tmp_path: Path) -> None:
    kept = fresh_personal(tmp_path)
    for number in range(20):
        kept.opened("term", f"term-{number:02}", at=AT.replace(minute=number))
    kept.opened("term", "term-10", at=AT.replace(minute=30))
    recent = [slug for _kind, slug in kept.recent()]
    assert recent[:3] == ["term-10", "term-19", "term-18"]
    assert len(recent) == personal.MOST_RECENT


def test_the_outbox_keeps_the_order_and_the_reason_of_a_refusal(tmp_path: Path) -> None:
    kept = fresh_personal(tmp_path)
    first, second = operation("z"), operation("a", occurred_at=AT.replace(year=2019))  # the clock was set back
    kept.put_in_outbox(first)
    kept.put_in_outbox(second)
    kept.refuse(first, "no")
    assert kept.waiting() == [replace(first, refused="no"), second]
    kept.take_from_outbox("z")
    assert kept.waiting() == [second]


def test_a_clock_that_jumps_does_not_change_what_was_read_last(tmp_path: Path) -> None:
    kept = fresh_personal(tmp_path)
    kept.opened("term", "in-the-far-future", at=AT.replace(year=2044))
    kept.opened("term", "now", at=AT)
    assert [slug for _kind, slug in kept.recent()] == ["now", "in-the-far-future"]


def test_unsent_work_outlives_its_database(tmp_path: Path) -> None:
    kept = fresh_personal(tmp_path)
    for key in ("a", "b", "c"):
        kept.put_in_outbox(operation(key))
    kept.take_from_outbox("b")
    kept.refuse(operation("c"), "too late")
    (tmp_path / "personal.db").write_bytes(b"no database" * 500)
    again = fresh_personal(tmp_path)
    assert again.was_broken
    assert [(found.id, found.refused) for found in again.waiting()] == [("a", ""), ("c", "too late")]
    assert not fresh_personal(tmp_path).was_broken


def test_a_damaged_line_of_the_journal_costs_itself_alone(tmp_path: Path) -> None:
    kept = fresh_personal(tmp_path)
    for key in ("a", "b", "c"):
        kept.put_in_outbox(operation(key))
    journal = tmp_path / "unsent.jsonl"
    lines = journal.read_bytes().splitlines()
    journal.write_bytes(b"\n".join([lines[0], b"\xff\x00{" + lines[1][5:], lines[2]]))
    assert [line["id"] for line in Journal(journal).waiting()] == ["a", "c"]


def test_the_journal_is_empty_when_nothing_waits(tmp_path: Path) -> None:
    kept = fresh_personal(tmp_path)
    kept.put_in_outbox(operation("a"))
    kept.take_from_outbox("a")
    assert not (tmp_path / "unsent.jsonl").exists()


def test_what_can_be_read_of_a_damaged_store_is_saved(tmp_path: Path) -> None:
    kept = fresh_personal(tmp_path)
    kept.set(theme="dark")
    kept.opened("tul", "chon-ji", at=AT)
    with kept.database.transaction() as connection:
        rows = [("review", f"{number:04}", "{}") for number in range(400)]
        connection.executemany("INSERT INTO learner_rows VALUES (?, ?, ?)", rows)
    path = tmp_path / "personal.db"
    body = bytearray(path.read_bytes())
    body[-4096:] = b"\x55" * 4096
    path.write_bytes(body)
    again = fresh_personal(tmp_path)
    assert again.was_broken
    assert again.setting("theme") == "dark"
    assert again.recent() == [("tul", "chon-ji")]
    assert len(again.database.all("SELECT key FROM learner_rows")) >= 100


def test_a_store_of_a_newer_app_keeps_what_this_one_knows(tmp_path: Path) -> None:
    fresh_personal(tmp_path).set(theme="dark")
    newer = sqlite3.connect(tmp_path / "personal.db")
    newer.execute("ALTER TABLE settings ADD COLUMN device TEXT")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    assert fresh_personal(tmp_path).setting("theme") == "dark"


def test_a_full_disk_does_not_count_as_damage(tmp_path: Path) -> None:
    first = Database(tmp_path / "x.db", personal.MIGRATIONS[:1])
    pages = first.one("PRAGMA page_count")[0]  # type: ignore[index]
    first.close()
    full = (f"PRAGMA max_page_count = {pages}; CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x);",)
    with pytest.raises(DiskFull):
        open_afresh(tmp_path / "x.db", (*personal.MIGRATIONS[:1], *full))
    assert not (tmp_path / "x.db.broken").exists()


def test_damage_that_shows_while_writing_is_told_apart(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(snapshot())
    damage(tmp_path / "catalogue.db")
    with pytest.raises(StoreBroken):
        held.apply(changes(2, {"techniques": [technique("new")]}))
    held.database.begin_afresh()
    held.apply(snapshot(3))
    assert (held.cursor, held.was_broken) == (3, True)


def test_terms_are_held_like_the_rest(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(changes(1, {"terms": [term(parts=["an"])]}, is_snapshot=True))
    assert held.document("term", "palmok")["parts"] == ["an"]  # type: ignore[index]


def test_theory_questions_are_held_in_the_order_of_learning(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    later, first = theory("what-a-tul-is", min_belt="9kup"), theory("what-the-white-belt-means", min_belt="10kup")
    held.apply(changes(1, {"theory": [theory(), later, theory("how-to-bow"), first]}, is_snapshot=True))
    in_order = ["what-the-white-belt-means", "what-a-tul-is", "how-to-bow", "who-was-dan-gun"]
    assert [document["slug"] for document in held.documents("theory")] == in_order
    assert held.documents("theory")[-1] == theory()
    assert held.documents("technique") == []


def test_a_device_of_before_gets_theory_with_its_next_delta(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(changes(7, {"techniques": [technique()]}, is_snapshot=True))
    assert held.apply(changes(8, {"theory": [theory()]}))
    assert [document["slug"] for document in held.documents("theory")] == ["who-was-dan-gun"]
    gone = [{"type": "theory", "slug": "who-was-dan-gun", "replaced_by": None}]
    assert held.apply(changes(9, {"theory": [theory("how-to-bow")]}, deletes=gone))
    assert [document["slug"] for document in held.documents("theory")] == ["how-to-bow"]
    assert (held.cursor, slugs(held)) == (9, ["ap-chagi"])


def test_favourites_of_an_older_app_become_choices(tmp_path: Path) -> None:
    Database(tmp_path / "personal.db", personal.MIGRATIONS[:3]).close()
    with closing(sqlite3.connect(tmp_path / "personal.db")) as older, older:
        older.execute("INSERT INTO favourites VALUES ('tul', 'chon-ji', ?)", (AT.isoformat(),))
        older.execute("INSERT INTO favourites VALUES ('term', 'palmok', ?)", (AT.isoformat(),))
    store = LearnerStore(fresh_personal(tmp_path))
    assert {name: choice.value for name, choice in store.choices().items()} == {
        "favourite/term/palmok": True,
        "favourite/tul/chon-ji": True,
    }
    assert [operation_id(waiting.id) for waiting in store.to_send()] == [waiting.id for waiting in store.to_send()]


def test_a_tul_in_place_of_another_comes_after_those_of_its_grade(tmp_path: Path) -> None:
    held = handbook(tmp_path).catalogue
    tuls = [tul(number=None, alternative_to="juche", slug="ko-dang"), tul(number=15, slug="juche"), tul(number=None)]
    held.apply(changes(2, {"tuls": tuls}))
    assert [item.slug for item in held.items(Wanted(kind="tul"))] == ["chon-ji", "juche", "ko-dang"]


def test_a_syllabus_is_held_but_neither_learned_nor_found(tmp_path: Path) -> None:
    held = fresh_catalogue(tmp_path)
    held.apply(snapshot(7))
    syllabus = term("9kup") | {"category": "syllabus", "name": {}, "romanization": "", "min_belt": "9kup"}
    syllabus |= {"sections": {"tuls": [{"type": "tul", "slug": "chon-ji"}]}, "variants": []}
    before = belt_deck(held.outline(), belt_rank=19)
    assert held.apply(changes(8, {"syllabuses": [syllabus]}))
    assert held.documents("syllabus") == [syllabus]
    assert belt_deck(held.outline(), belt_rank=19) == before
    found = held.database.one("SELECT count(*) AS found FROM search")
    assert found is not None
    assert found["found"] == 4
    assert held.apply(changes(9, {}, deletes=[{"type": "syllabus", "slug": "9kup", "replaced_by": None}]))
    assert held.documents("syllabus") == []

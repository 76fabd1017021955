"""Content files become rows, once; editors' work survives; a broken file changes nothing."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from handbook.accounts.models import Role, User
from handbook.catalogue import services
from handbook.catalogue.models import (
    DeletedImport,
    StanceGeometry,
    Technique,
    TechniqueTranslation,
    Term,
    TheoryQuestion,
    TheoryQuestionTranslation,
    Tombstone,
    Tul,
)
from handbook.catalogue.revision import current_revision
from handbook.catalogue.selectors import changes_after
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get
from handbook.catalogue.tests.content_folder import ContentFolder, geometry, stance, technique, theory, tul

pytestmark = pytest.mark.django_db(transaction=True)
TECHNIQUE = "techniques/dollyo-chagi.yaml"
SYLLABUS = "syllabus/9kup.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    return ContentFolder(tmp_path / "content")


def import_content(folder: ContentFolder, *, dry_run: bool = False) -> str:
    out = StringIO()
    call_command("import_content", folder=folder.path, dry_run=dry_run, stdout=out)
    return out.getvalue().strip()


def rename(folder: ContentFolder, name: str) -> None:
    folder.change(TECHNIQUE, lambda data: data["name"].update(en=name))


def test_the_first_import_publishes_everything_in_one_revision(folder: ContentFolder, get: Get) -> None:
    before = current_revision()
    assert import_content(folder) == f"11 added, 0 changed, 0 removed; revision {before + 1}."
    changes = changes_after(before)
    assert changes.revision == before + 1
    assert {plural: len(items) for plural, items in changes.upserts.items()} == {
        "techniques": 2,
        "tuls": 1,
        "terms": 2,
        "theory": 5,
        "syllabuses": 1,
    }
    first, second = get("tuls/chon-ji").json()["steps"]
    assert first["footwork"][0]["distance_shoulder_widths"] == 1.5
    assert second["timing_group"] == [1, 2]
    assert second["keeps_hands_of"] == 1
    assert second["after"] == {"foot": "left", "ready_stance": "narani-junbi-sogi", "facing": "D"}


def test_a_second_import_changes_nothing_and_takes_no_revision(folder: ContentFolder) -> None:
    import_content(folder)
    before = current_revision(), Technique.history.count(), TechniqueTranslation.history.count()
    assert import_content(folder) == "0 added, 0 changed, 0 removed; no new revision."
    assert (current_revision(), Technique.history.count(), TechniqueTranslation.history.count()) == before


def test_a_changed_file_changes_its_item_alone(folder: ContentFolder) -> None:
    import_content(folder)
    cursor = current_revision()
    rename(folder, "round kick")
    assert import_content(folder) == f"0 added, 1 changed, 0 removed; revision {cursor + 1}."
    changes = changes_after(cursor)
    assert [item["slug"] for item in changes.upserts["techniques"]] == ["dollyo-chagi"]
    assert changes.upserts["tuls"] == []


def test_new_measures_change_their_stance_alone(folder: ContentFolder, get: Get) -> None:
    import_content(folder)
    cursor = current_revision()
    folder.change("stances.yaml", lambda data: data["stances"][0].update(width_shoulder_widths=1.25))
    assert import_content(folder) == f"0 added, 1 changed, 0 removed; revision {cursor + 1}."
    changes = changes_after(cursor)
    assert [item["slug"] for item in changes.upserts["techniques"]] == ["narani-junbi-sogi"]
    assert get("techniques/narani-junbi-sogi").json()["geometry"]["width_shoulder_widths"] == 1.25


def test_a_stance_whose_measures_have_gone_has_none(folder: ContentFolder, get: Get) -> None:
    folder.write("techniques/annun-sogi.yaml", stance("annun-sogi"))
    folder.change("stances.yaml", lambda data: data["stances"].append(geometry() | {"slug": "annun-sogi"}))
    import_content(folder)
    folder.change("stances.yaml", lambda data: data["stances"].pop())
    assert "1 changed" in import_content(folder)
    assert get("techniques/annun-sogi").json()["geometry"] is None
    assert StanceGeometry.objects.count() == 1


def test_an_alternative_comes_and_goes_with_the_tul_it_stands_for(folder: ContentFolder, get: Get) -> None:
    folder.write("tuls/ge-baek.yaml", tul("ge-baek", number=12))
    folder.write("tuls/a-tul.yaml", tul("a-tul", number=None, alternative_to="ge-baek"))
    import_content(folder)
    assert get("tuls/a-tul").json()["alternative_to"] == "ge-baek"
    for slug in ("a-tul", "ge-baek"):
        (folder.path / f"tuls/{slug}.yaml").unlink()
    assert "2 removed" in import_content(folder)


def test_a_file_that_has_gone_leaves_a_tombstone(folder: ContentFolder) -> None:
    folder.write("techniques/extra.yaml", technique("extra"))
    import_content(folder)
    cursor = current_revision()
    (folder.path / "techniques/extra.yaml").unlink()
    assert import_content(folder) == f"0 added, 0 changed, 1 removed; revision {cursor + 1}."
    assert changes_after(cursor).deletes == [{"type": "technique", "slug": "extra", "replaced_by": None}]
    assert not Technique.objects.filter(slug="extra").exists()


def test_a_dry_run_says_what_would_happen_and_writes_nothing(folder: ContentFolder) -> None:
    import_content(folder)
    before = current_revision()
    rename(folder, "round kick")
    folder.write("techniques/extra.yaml", technique("extra"))
    printed = import_content(folder, dry_run=True)
    assert printed.splitlines() == [
        "+ technique extra",
        "~ technique dollyo-chagi",
        "Would be: 1 added, 1 changed, 0 removed.",
    ]
    assert current_revision() == before
    assert not Technique.objects.filter(slug="extra").exists()


def test_a_broken_file_is_named_and_the_database_stays_as_it_was(folder: ContentFolder) -> None:
    import_content(folder)
    before = current_revision()
    rename(folder, "round kick")
    folder.change("tuls/chon-ji.yaml", lambda data: data["steps"][0].update(facing="Z"))
    with pytest.raises(CommandError, match=r"nothing was changed.\ncontent/tuls/chon-ji.yaml:\d+: steps.0.facing"):
        import_content(folder)
    assert current_revision() == before
    assert not TechniqueTranslation.objects.filter(name="round kick").exists()


def test_what_editors_write_survives_the_next_import(folder: ContentFolder) -> None:
    import_content(folder)
    edited = TechniqueTranslation.objects.get(technique__slug="dollyo-chagi", lang="en")
    edited.name = "roundhouse"
    edited.save()
    services.record_change([edited.technique])
    make.technique("own-kick")
    services.unpublish([Term.objects.get(slug="sambo-matsogi")])
    assert import_content(folder) == "0 added, 0 changed, 0 removed; no new revision."
    edited.refresh_from_db()
    assert edited.name == "roundhouse"
    assert Technique.objects.filter(slug="own-kick").exists()
    assert Term.objects.get(slug="sambo-matsogi").is_draft


LEFT_OUT = "0 added, 0 changed, 0 removed; no new revision. Left out, deleted by an editor: technique extra."


@pytest.fixture
def without_extra(folder: ContentFolder) -> ContentFolder:
    """Content whose technique `extra` was imported and then deleted by an editor."""
    folder.write("techniques/extra.yaml", technique("extra"))
    import_content(folder)
    services.delete_item(Technique.objects.get(slug="extra"), replaced_by="dollyo-chagi")
    return folder


def test_what_an_editor_deleted_stays_deleted_and_is_named(without_extra: ContentFolder) -> None:
    before = current_revision()
    assert import_content(without_extra) == LEFT_OUT
    assert (
        import_content(without_extra, dry_run=True)
        == "Would be: 0 added, 0 changed, 0 removed. Left out, deleted by an editor: technique extra."
    )
    assert not Technique.objects.filter(slug="extra").exists()
    assert Tombstone.objects.get().replaced_by == "dollyo-chagi"
    assert current_revision() == before


def test_another_layout_of_the_same_file_does_not_bring_it_back(
    without_extra: ContentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.catalogue.content.rows.LAYOUT_VERSION", 2)
    assert import_content(without_extra).startswith("0 added, 11 changed, 0 removed; revision")
    assert not Technique.objects.filter(slug="extra").exists()


def test_a_changed_file_brings_back_what_an_editor_deleted(without_extra: ContentFolder) -> None:
    without_extra.change("techniques/extra.yaml", lambda data: data["name"].update(en="extra kick"))
    assert import_content(without_extra).startswith("1 added, 0 changed, 0 removed; revision")
    assert not Tombstone.objects.exists()
    assert not DeletedImport.objects.exists()


def test_a_changed_file_that_needs_it_brings_it_back(without_extra: ContentFolder) -> None:
    without_extra.change("tuls/chon-ji.yaml", lambda data: data["steps"][0]["tech"][0].update(key="extra"))
    assert import_content(without_extra).startswith("1 added, 1 changed, 0 removed; revision")


def test_an_editors_own_item_takes_the_place_of_the_deleted_one(without_extra: ContentFolder) -> None:
    make.technique("extra", names={"en": "an editor's own"})
    without_extra.change("tuls/chon-ji.yaml", lambda data: data["steps"][0]["tech"][0].update(key="extra"))
    assert import_content(without_extra).startswith("0 added, 1 changed, 0 removed; revision")
    assert TechniqueTranslation.objects.get(technique__slug="extra").name == "an editor's own"


def test_an_editor_may_let_the_import_bring_it_back(without_extra: ContentFolder, client: Client) -> None:
    client.force_login(User.objects.create_user("editor@example.org", role=Role.EDITOR))
    entry = DeletedImport.objects.get()
    assert b"extra" in client.get("/admin/catalogue/deletedimport/").content
    client.post(f"/admin/catalogue/deletedimport/{entry.pk}/delete/", {"post": "yes"})
    assert import_content(without_extra).startswith("1 added, 0 changed, 0 removed; revision")


def test_replacing_an_editors_work_is_said_aloud_and_kept_in_history(folder: ContentFolder) -> None:
    import_content(folder)
    item = Technique.objects.get(slug="dollyo-chagi")
    item._history_user = User.objects.create_user(email="editor@example.org", password="a long password")  # type: ignore[attr-defined]
    item.romanization = "Dolyo"
    item.save()
    rename(folder, "round kick")
    printed = import_content(folder, dry_run=True)
    assert "! technique dollyo-chagi: an editor's changes are replaced; see its history" in printed
    import_content(folder)
    item.refresh_from_db()
    assert item.romanization == "Dollyo Chagi"
    assert "Dolyo" in item.history.values_list("romanization", flat=True)


def test_an_item_that_an_editors_item_needs_is_not_removed(folder: ContentFolder) -> None:
    folder.write("techniques/extra.yaml", technique("extra"))
    import_content(folder)
    make.technique("own-kick", romanization="Own Kick", base=Technique.objects.get(slug="extra"))
    before = current_revision()
    (folder.path / "techniques/extra.yaml").unlink()
    with pytest.raises(CommandError, match="technique extra left the content but is still used by: Own Kick"):
        import_content(folder)
    assert current_revision() == before
    assert not Technique.objects.get(slug="extra").is_draft
    assert not Tombstone.objects.exists()


def test_an_item_may_come_with_a_season(folder: ContentFolder) -> None:
    folder.change(TECHNIQUE, lambda data: data.update(valid_from="2199-01-01T00:00:00Z"))
    folder.change("tuls/chon-ji.yaml", lambda data: data.update(number=2))
    import_content(folder)
    assert Technique.objects.get(slug="dollyo-chagi").revision == 0
    assert Tul.objects.get(slug="chon-ji").revision > 0


def test_the_questions_of_a_syllabus_become_items_of_its_grade(folder: ContentFolder) -> None:
    import_content(folder)
    assert changes_after(0).upserts["theory"][0] == {
        "slug": "what-is-five",
        "min_belt": "9kup",
        "romanization": "",
        "category": "theory",
        "name": {"pl": "Co to five?", "en": "What is five?", "ko": "다섯?"},
        "answer": {"pl": "liczba", "en": "a number", "ko": "수이다."},
        "aliases": [],
        "tags": [],
        "has_media": False,
        "confidence": "high",
        "revision": current_revision(),
    }
    assert TheoryQuestion.objects.get(slug="what-is-five").source == "S3"


def test_a_device_with_an_old_cursor_gets_the_questions_by_its_next_delta(folder: ContentFolder, get: Get) -> None:
    (folder.path / SYLLABUS).rename(folder.path / "later.yaml")
    assert import_content(folder).startswith("5 added")
    before = get("sync/catalogue?since=0").json()
    assert before["upserts"]["theory"] == []
    (folder.path / "later.yaml").rename(folder.path / SYLLABUS)
    assert import_content(folder).startswith("6 added, 0 changed, 0 removed; revision")
    asked = f"sync/catalogue?since={before['cursor']}&catalogue_id={before['catalogue_id']}"
    delta = get(asked).json()
    slugs = {plural: [item["slug"] for item in items] for plural, items in delta["upserts"].items()}
    numbers = ("five", "four", "one", "three", "two")
    assert slugs == {
        "techniques": [],
        "tuls": [],
        "terms": [],
        "theory": [f"what-is-{number}" for number in numbers],
        "syllabuses": ["9kup"],
    }
    assert (delta["is_snapshot"], delta["cursor"]) == (False, before["cursor"] + 1)


def test_a_question_that_has_left_its_syllabus_leaves_a_tombstone(folder: ContentFolder) -> None:
    folder.change(SYLLABUS, lambda data: data["theory"].append(theory("six", question={"pl": "6?", "en": "6?"})))
    import_content(folder)
    kept = TheoryQuestionTranslation.objects.filter(theory__slug="what-is-six").values_list("lang", flat=True)
    assert set(kept) == {"en", "pl"}  # an answer without its question is no translation
    cursor = current_revision()
    folder.change(SYLLABUS, lambda data: data["theory"].pop())
    assert import_content(folder, dry_run=True).splitlines() == [
        "~ syllabus 9kup",
        "- theory what-is-six",
        "Would be: 0 added, 1 changed, 1 removed.",
    ]
    assert import_content(folder) == f"0 added, 1 changed, 1 removed; revision {cursor + 1}."
    assert changes_after(cursor).deletes == [{"type": "theory", "slug": "what-is-six", "replaced_by": None}]


def test_a_corrected_question_leaves_the_others_of_its_file_to_the_editors(folder: ContentFolder) -> None:
    import_content(folder)
    edited = TheoryQuestionTranslation.objects.get(theory__slug="what-is-one", lang="en")
    edited.answer = "The first number."
    edited.save()
    cursor = services.record_change([edited.theory])
    assert cursor is not None

    def correct(data: Any) -> None:
        data["theory"][1]["answer"]["en"] = "An even number."
        data["source"] = "S3; corrected: two is even"

    folder.change(SYLLABUS, correct)
    assert import_content(folder) == f"0 added, 2 changed, 0 removed; revision {cursor + 1}."
    edited.refresh_from_db()
    assert edited.answer == "The first number."
    assert [item["answer"]["en"] for item in changes_after(cursor).upserts["theory"]] == ["An even number."]
    assert TheoryQuestion.objects.get(slug="what-is-two").source == "S3; corrected: two is even"


def test_a_question_that_moves_to_another_grade_keeps_its_slug(folder: ContentFolder) -> None:
    import_content(folder)
    cursor = current_revision()
    moved = folder.path / "syllabus/8kup.yaml"
    (folder.path / SYLLABUS).rename(moved)
    folder.change("syllabus/8kup.yaml", lambda data: data.update(belt="8kup", promotes_to="7kup"))
    assert import_content(folder) == f"1 added, 5 changed, 1 removed; revision {cursor + 1}."
    assert {item["min_belt"] for item in changes_after(cursor).upserts["theory"]} == {"8kup"}

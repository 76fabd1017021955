"""Exercises and ready plans follow the content files, as often as they are imported."""

from pathlib import Path

import pytest

from handbook.catalogue.content.importing import import_content
from handbook.catalogue.tests.content_folder import ContentFolder, exercise, plan, with_trainings
from handbook.training.models import Exercise, Plan, PlanBlock
from handbook.training.tests import make

pytestmark = pytest.mark.django_db(transaction=True)
PLAN = "training/plans/first-steps.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    return with_trainings(ContentFolder(tmp_path / "content"))


def test_what_the_files_hold_is_written_once(folder: ContentFolder) -> None:
    added = make.imported(folder).added
    assert {"exercise easy-jog", "plan first-steps"} <= set(added)
    stored = Plan.objects.get(slug="first-steps")
    assert (stored.owner, stored.about_s, stored.prepare_s) == (None, 2355, 15)
    assert list(stored.texts.order_by("lang").values_list("lang", "name")) == [
        ("en", "first steps"),
        ("ko", "첫걸음"),
        ("pl", "pierwsze kroki"),
    ]
    assert list(stored.blocks.values_list("number", "kind", "slug", "work_s", "repetitions", "rounds", "rest_s")) == [
        (1, "exercise", "easy-jog", 600, None, 1, 0),
        (2, "technique", "dollyo-chagi", None, 10, 10, 60),
        (3, "tul", "chon-ji", 120, None, 5, 60),
    ]
    again = make.imported(folder)
    assert (again.added, again.changed, again.removed, again.revision) == ([], [], [], None)


def test_what_changed_in_a_file_is_changed_and_what_editors_wrote_elsewhere_stays(folder: ContentFolder) -> None:
    folder.write("training/exercises.yaml", {"exercises": [exercise(), exercise("squats")]})
    make.imported(folder)
    Exercise.objects.get(slug="squats").texts.filter(lang="pl").update(name="przysiady")
    folder.change(PLAN, lambda data: data["blocks"].pop(0))
    folder.change(PLAN, lambda data: data["blocks"][0].update(work_s=120))
    folder.change(PLAN, lambda data: data["blocks"][0].pop("repetitions"))
    report = make.imported(folder)
    assert (report.added, report.changed, report.removed) == ([], ["plan first-steps"], [])
    assert list(PlanBlock.objects.values_list("number", "work_s")) == [(1, 120), (2, 120)]
    assert Exercise.objects.get(slug="squats").texts.get(lang="pl").name == "przysiady"


def test_what_left_the_files_is_withdrawn_and_comes_back_with_its_identity(folder: ContentFolder) -> None:
    make.imported(folder)
    before = Plan.objects.get(slug="first-steps")
    (folder.path / PLAN).unlink()
    assert make.imported(folder).removed == ["plan first-steps"]
    assert Plan.objects.get(slug="first-steps").withdrawn_at is not None
    assert make.imported(folder).removed == []
    folder.write(PLAN, plan())
    assert make.imported(folder).added == ["plan first-steps"]
    again = Plan.objects.get(slug="first-steps")
    assert (again.pk, again.withdrawn_at) == (before.pk, None)


def test_a_dry_run_says_so_and_writes_nothing(folder: ContentFolder) -> None:
    assert "plan first-steps" in import_content(folder.path, dry_run=True).added
    assert (Plan.objects.count(), Exercise.objects.count()) == (0, 0)


def test_an_import_that_fails_leaves_everything(folder: ContentFolder) -> None:
    make.imported(folder)
    folder.change(PLAN, lambda data: data.update(belt="11kup"))
    with pytest.raises(Exception, match="'11kup' is not one of"):
        make.imported(folder)
    assert Plan.objects.get(slug="first-steps").belt == 2

"""A mistake in an exercise or a plan is found, by file and line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from handbook.catalogue.content.checks import Library
from handbook.catalogue.content.importing import ContentBroken, checked_content
from handbook.catalogue.tests.content_folder import ContentFolder, exercise, with_trainings
from tkd_rules.training.plans import plan_of

PLAN = "training/plans/first-steps.yaml"
EXERCISES = "training/exercises.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    return with_trainings(ContentFolder(tmp_path / "content"))


def first_block(**changes: Any) -> Callable[[Any], None]:
    return lambda plan: plan["blocks"][0].update(changes)


def test_right_trainings_have_no_mistakes(folder: ContentFolder) -> None:
    assert len(checked_content(folder.path)) == 9


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (PLAN, first_block(slug="nothing"), "no exercise has the slug nothing"),
        (PLAN, first_block(kind="tul"), "no tul has the slug easy-jog"),
        (PLAN, first_block(kind="term"), "'term' is not one of"),
        (PLAN, first_block(work_s=4), "4 is less than the minimum of 5"),
        (PLAN, first_block(work_s=600.0), "block 1, work_s: is a whole number from 5 to 3600"),
        (PLAN, first_block(repetitions=5), "is valid under each of"),
        (PLAN, first_block(work_s=1900), "takes about 61 minutes, not 30 to 60"),
        (PLAN, lambda plan: plan["blocks"].pop(1), "takes about 24 minutes, not 30 to 60"),
        (PLAN, lambda plan: plan.update(blocks=[]), "[] should be non-empty"),
        (PLAN, lambda plan: plan.update(belt="10kup"), "dollyo-chagi is first learned at 9kup"),
        (PLAN, lambda plan: plan.update(slug="other"), "slug other does not match the file's name"),
        (PLAN, lambda plan: plan["name"].update(ko="First steps"), "ko may not contain"),
        (EXERCISES, lambda data: data["exercises"].append(exercise()), "easy-jog is defined twice"),
        (EXERCISES, lambda data: data["exercises"][0].pop("instructions"), "'instructions' is a required property"),
    ],
)
def test_a_mistake_is_named(folder: ContentFolder, file: str, change: Callable[[Any], None], message: str) -> None:
    folder.change(file, change)
    with pytest.raises(ContentBroken) as broken:
        checked_content(folder.path)
    assert any(message in mistake.message and mistake.file.endswith(file) for mistake in broken.value.mistakes), broken


def test_four_grades_have_two_or_three_plans_each_that_warm_up_first_and_stretch_last() -> None:
    library = Library.of(checked_content(settings.CONTENT_DIR))
    belts = [plan["belt"] for plan in library.plans.values()]
    assert {belt: belts.count(belt) for belt in belts} == {"9kup": 3, "8kup": 3, "7kup": 3, "6kup": 3}
    for data in library.plans.values():
        first, last = plan_of(data).blocks[0], plan_of(data).blocks[-1]
        assert library.exercises[first.slug]["category"] == "warm-up"
        assert library.exercises[last.slug]["category"] == "stretching"
    used = {block["slug"] for plan in library.plans.values() for block in plan["blocks"] if block["kind"] == "exercise"}
    assert used == set(library.exercises)

"""Trainings on the device: plans that are kept, and a run that goes on where it is after the app was killed."""

import asyncio
from pathlib import Path

from client.tests.make import Clock, handbook
from client.tests.test_learning import use
from tkd_client.state.handbook import Handbook
from tkd_client.state.training import with_block
from tkd_rules.training.plans import Block, Plan

KICKS = Block(kind="technique", slug="ap-chagi", work_s=40, rest_s=20)
COUNTED = Block(kind="technique", slug="ap-chagi", repetitions=10)
PLAN = Plan(blocks=(KICKS, COUNTED))


def begun(folder: Path, clock: Clock) -> Handbook:
    book = handbook(folder, clock=clock)
    use(book, lambda book: book.training.start("Wtorek", PLAN))
    return book


def phase(book: Handbook) -> str:
    state = book.training.state()
    return state.phase if state else ""


def test_plans_are_kept_changed_and_deleted(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    use(book, lambda book: book.training.save("Wtorek", PLAN), lambda book: book.training.save("Czwartek", PLAN))
    again = handbook(tmp_path)
    assert [own.name for own in again.training.own_plans] == ["Czwartek", "Wtorek"]
    tuesday = again.training.own_plans[1]
    use(again, lambda book: book.training.save("Wtorek", with_block(PLAN, KICKS), id_=tuesday.id))
    assert [(own.name, len(own.plan.blocks)) for own in again.training.own_plans] == [("Wtorek", 3), ("Czwartek", 2)]
    use(again, lambda book: book.training.delete(tuesday.id))
    assert again.training.plan(tuesday.id) is None
    assert len(again.training.own_plans) == 1


def test_a_plan_of_a_newer_app_is_passed_over(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    use(
        book,
        lambda book: book.personal.set(plans=[{"id": "a", "name": "Nowy", "blocks": [{"kind": "dance"}]}, {"id": "b"}]),
        lambda book: book.training.save("Wtorek", PLAN),
    )
    assert [own.name for own in book.training.own_plans] == ["Wtorek"]


def test_a_training_of_the_grade_is_made_from_the_catalogue(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    use(book, lambda book: book.choose(belt_rank=4))
    plan = book.training.grade_plan()
    assert plan
    assert [(block.kind, block.slug) for block in plan.blocks] == [
        ("technique", "ap-chagi"),
        ("technique", "dollyo-chagi"),
        ("tul", "chon-ji"),
    ]
    item = book.training.item(plan.blocks[0])
    assert item
    assert item.slug == "ap-chagi"


def test_a_run_is_right_after_the_app_was_killed_and_the_phone_slept(tmp_path: Path) -> None:
    clock = Clock()
    book = begun(tmp_path, clock)
    assert phase(book) == "prepare"
    clock.passes(seconds=15)
    assert phase(book) == "work"
    clock.passes(seconds=40)
    again = handbook(tmp_path, clock=clock)
    assert (again.training.run_name, phase(again)) == ("Wtorek", "rest")
    clock.passes(hours=2)
    state = again.training.state()
    assert state
    assert (state.phase, state.left_s) == ("work", None)
    use(again, lambda book: book.training.press("next"))
    assert phase(handbook(tmp_path, clock=clock)) == "done"
    use(again, lambda book: book.training.end())
    assert handbook(tmp_path, clock=clock).training.run is None


def test_a_pause_holds_the_time_also_for_the_next_start(tmp_path: Path) -> None:
    clock = Clock()
    book = begun(tmp_path, clock)
    clock.passes(seconds=20)
    use(book, lambda book: book.training.toggle_pause())
    clock.passes(minutes=5)
    again = handbook(tmp_path, clock=clock)
    use(again, lambda book: book.training.toggle_pause())
    state = again.training.state()
    assert state
    assert (state.phase, state.left_s) == ("work", 30)


def test_sounds_are_made_when_they_are_due_and_not_made_up_for(tmp_path: Path) -> None:
    clock = Clock()
    book = begun(tmp_path, clock)
    heard = []
    for _ in range(110):
        clock.passes(milliseconds=100)
        heard += book.training.tick()
    assert heard == ["tick", "tick", "tick", "start"]
    clock.passes(minutes=1)
    assert book.training.tick() == []
    assert handbook(tmp_path / "other", clock=clock).training.tick() == []


def test_the_screen_follows_every_second_and_no_more_often(tmp_path: Path) -> None:
    clock = Clock()
    book = begun(tmp_path, clock)
    changes: list[str] = []
    book.training.subscribe(lambda: changes.append(phase(book)))
    for _ in range(30):
        clock.passes(milliseconds=100)
        book.training.tick()
    assert len(changes) == 3


def test_what_is_no_run_is_none(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    use(book, lambda book: book.personal.set(training={"name": "x", "plan": {}, "started_at": "now", "presses": []}))
    asyncio.run(asyncio.sleep(0))
    again = handbook(tmp_path)
    assert again.training.run is None
    use(again, lambda book: book.training.press("pause"), lambda book: book.training.toggle_pause())
    assert again.training.state() is None

"""A plan is read as files, the API and a device hold it; what nobody can train is refused by block and field."""

from typing import Any

import pytest

from tkd_rules.training.plans import LIMITS, MOST_BLOCKS, PlanError, block_data, plan_of

TIMED = {"kind": "exercise", "slug": "star-jumps", "work_s": 30, "rounds": 3, "rest_s": 15}
COUNTED = {"kind": "technique", "slug": "ap-chagi", "repetitions": 10, "signals": ["start"], "note": "po 5 na nogę"}


def test_a_plan_is_read_and_written_again() -> None:
    plan = plan_of({"prepare_s": 5, "blocks": [TIMED, COUNTED]})
    assert plan_of({"prepare_s": 5, "blocks": [block_data(block) for block in plan.blocks]}) == plan
    assert plan.blocks[1].signals == {"start"}


def test_a_plan_says_how_long_it_takes_without_the_rest_after_its_end() -> None:
    assert plan_of({"prepare_s": 5, "blocks": [COUNTED, TIMED]}).about_s == 5 + 30 + 3 * 45 - 15
    assert plan_of({"blocks": [TIMED]}).prepare_s == 10


@pytest.mark.parametrize(
    ("plan", "block", "field"),
    [
        ({}, None, "blocks"),
        ({"blocks": []}, None, "blocks"),
        ({"blocks": "one"}, None, "blocks"),
        ({"blocks": [TIMED] * (MOST_BLOCKS + 1)}, None, "blocks"),
        ({"blocks": [TIMED], "prepare_s": -1}, None, "prepare_s"),
        ({"blocks": [TIMED, 7]}, 2, "block"),
        ({"blocks": [TIMED | {"kind": "dance"}]}, 1, "kind"),
        ({"blocks": [TIMED | {"slug": ""}]}, 1, "slug"),
        ({"blocks": [TIMED | {"note": 3}]}, 1, "note"),
        ({"blocks": [TIMED | {"repetitions": 3}]}, 1, "work_s"),
        ({"blocks": [{"kind": "tul", "slug": "chon-ji"}]}, 1, "work_s"),
        ({"blocks": [TIMED | {"signals": ["gong"]}]}, 1, "signals"),
        ({"blocks": [TIMED | {"signals": "start"}]}, 1, "signals"),
        ({"blocks": [TIMED | {"signals": [["start"]]}]}, 1, "signals"),
        ({"blocks": [TIMED | {"rounds": True}]}, 1, "rounds"),
        ({"blocks": [TIMED | {"rounds": "3"}]}, 1, "rounds"),
    ],
)
def test_what_nobody_can_train_is_refused(plan: dict[str, Any], block: int | None, field: str) -> None:
    with pytest.raises(PlanError) as refused:
        plan_of(plan)
    assert (refused.value.block, refused.value.field) == (block, field)
    assert field in str(refused.value)


@pytest.mark.parametrize("field", ["work_s", "repetitions", "rounds", "rest_s"])
def test_the_limits_hold_at_both_ends(field: str) -> None:
    own = COUNTED if field == "repetitions" else TIMED
    least, most = LIMITS[field]
    for value in (least, most):
        plan_of({"blocks": [own | {field: value}]})
    for value in (least - 1, most + 1):
        with pytest.raises(PlanError):
            plan_of({"blocks": [own | {field: value}]})

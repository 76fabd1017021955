from dataclasses import replace
from itertools import pairwise

import pytest

from tkd_rules.tul.notation import Timing
from tkd_rules.tul.timing import RETURN_S, moving_s, timeline

from .written import SLUGS, tul


@pytest.mark.parametrize("slug", SLUGS)
def test_movements_follow_each_other_without_a_gap(slug: str) -> None:
    spans = timeline(tul(slug))
    assert [span.number for span in spans] == list(range(len(tul(slug).steps) + 2))
    assert all(before.ends_s == after.starts_s for before, after in pairwise(spans))
    assert all(span.starts_s <= span.formed_s < span.left_s <= span.ends_s for span in spans)


def test_how_long_a_movement_takes_is_what_its_timing_says() -> None:
    step = tul("dan-gun").steps[0]

    def takes_s(timing: Timing) -> float:
        return moving_s(replace(step, timing=timing))

    assert takes_s("fast") < takes_s("connecting") < takes_s("normal") < takes_s("slow")


def test_more_that_the_feet_do_takes_longer() -> None:
    step = tul("dan-gun").steps[0]
    assert moving_s(replace(step, footwork=step.footwork * 3)) == pytest.approx(moving_s(step) + 1.0)


def test_a_return_inside_an_exercise_has_its_time() -> None:
    saju = tul("saju-jirugi")
    returning = [step.number for step in saju.steps if step.after]
    spans = timeline(saju)
    assert returning
    assert all(spans[number].ends_s - spans[number].left_s == pytest.approx(RETURN_S) for number in returning)

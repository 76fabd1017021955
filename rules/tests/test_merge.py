from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.merge import STATUSES, Choice, Progress, merge_choices, merge_progress

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
moments = st.integers(0, 3).map(lambda minutes: NOON + timedelta(minutes=minutes))
devices = st.sampled_from(["a", "b"])
choices = st.builds(
    Choice,
    name=st.just("favourite/tul/chon-ji"),
    value=st.sampled_from([True, None, 3]),
    occurred_at=moments,
    device=devices,
)
progresses = st.builds(
    Progress,
    item_type=st.just("tul"),
    item=st.just("chon-ji"),
    status=st.sampled_from(STATUSES),
    score=st.integers(0, 3),
    streak=st.integers(0, 3),
    position=st.integers(0, 2),
    note=st.sampled_from(["", "left foot"]),
    occurred_at=moments,
    device=devices,
)
Row = TypeVar("Row", Choice, Progress)


def test_the_later_choice_holds_and_of_two_at_once_the_greater_devices() -> None:
    first = Choice(name="new_per_day", value=5, occurred_at=NOON, device="a")
    later = Choice(name="new_per_day", value=9, occurred_at=NOON + timedelta(seconds=1), device="a")
    other = Choice(name="new_per_day", value=7, occurred_at=NOON, device="b")
    assert merge_choices(later, first) == later
    assert merge_choices(first, other) == other


def test_progress_keeps_what_was_best_and_the_later_note() -> None:
    tablet = Progress(
        item_type="tul", item="chon-ji", status="done", score=70, streak=4, position=19, note="slow", occurred_at=NOON,
        device="tablet",
    )  # fmt: skip
    phone = Progress(
        item_type="tul", item="chon-ji", status="seen", score=90, streak=1, position=3, note="fast",
        occurred_at=NOON + timedelta(hours=1), device="phone",
    )  # fmt: skip
    merged = merge_progress(tablet, phone)
    assert (merged.status, merged.score, merged.streak) == ("done", 90, 4)
    assert (merged.position, merged.note, merged.occurred_at, merged.device) == (3, "fast", phone.occurred_at, "phone")


@given(choices, choices, choices)
def test_choices_merge_alike_in_any_order(one: Choice, two: Choice, three: Choice) -> None:
    results = {merge_choices(merge_choices(a, b), c) for a, b, c in permutations((one, two, three))}
    assert len({(row.occurred_at, row.device, row.value) for row in results}) == 1
    assert merge_choices(one, one) == one


@given(progresses, progresses, progresses)
def test_progress_merges_alike_in_any_order_and_any_number_of_times(
    one: Progress, two: Progress, three: Progress
) -> None:
    results = {merge_progress(merge_progress(a, b), c) for a, b, c in permutations((one, two, three))}
    assert len(results) == 1
    assert merge_progress(results.copy().pop(), two) in results

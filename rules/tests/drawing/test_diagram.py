import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.tul.diagram import VIEWS, StepUnknownError, View, heading_of, soles_of, step_diagram, whole_diagram
from tkd_rules.tul.floor import Point, distance
from tkd_rules.tul.numbering import HEIGHT_CM, Mark, Visit, numbered
from tkd_rules.tul.walking import walk

from .made import STANCES, STEPS, drawn_tul, step, tul_with

TUL, WALK = drawn_tul()


def test_the_lines_of_the_floor_carry_their_letters_at_their_ends() -> None:
    diagram = whole_diagram(TUL, WALK)
    at = {letter.text: letter.at for letter in diagram.letters}
    assert set(at) == set("ABCDEF")
    assert at["A"].x > 0 > at["B"].x
    assert at["D"].y < at["E"].y < at["C"].y  # y is down
    assert at["E"].x > at["F"].x


def test_a_tul_that_stays_on_its_lines_has_neither_ef_nor_a_diagonal() -> None:
    tul = tul_with(STEPS[:6])
    assert [line.letters for line in whole_diagram(tul, walk(tul, STANCES)).lines] == ["BA", "CD"]


def test_a_diagonal_is_drawn_where_it_is_walked() -> None:
    diagonals = [line for line in whole_diagram(TUL, WALK).lines if not line.letters]
    assert len(diagonals) == 2
    for line in diagonals:
        assert line.end.x - line.start.x == pytest.approx(line.start.y - line.end.y)


def test_movements_at_one_place_share_a_number() -> None:
    assert [mark.text for mark in whole_diagram(TUL, WALK).marks[:3]] == ["1–2", "3", "4"]


def test_a_raised_foot_leaves_no_print_in_the_whole_tul() -> None:
    feet = [(step_.pose.left, step_.pose.right) for step_ in WALK.steps]
    assert any(not foot.is_down for pair in feet for foot in pair)
    assert {sole.state for sole in whole_diagram(TUL, WALK).soles} == {"stands"}


@pytest.mark.parametrize("view", VIEWS)
def test_everything_lies_inside_the_box(view: View) -> None:
    for diagram in (whole_diagram(TUL, WALK, view), *(step_diagram(TUL, WALK, n, view) for n in range(1, 12))):
        box = diagram.box
        shown = [*(it.at for it in diagram.soles), *(it.at for it in diagram.letters), *(it.at for it in diagram.marks)]
        assert all(box.left <= at.x <= box.left + box.width for at in shown)
        assert all(box.top <= at.y <= box.top + box.height for at in shown)


def test_turning_the_view_turns_letters_and_feet() -> None:
    plan, turned = step_diagram(TUL, WALK, 1), step_diagram(TUL, WALK, 1, "rotated-90")
    for before, after in zip(plan.soles, turned.soles, strict=True):
        assert after.heading_deg == pytest.approx((before.heading_deg + 90) % 360)
        assert after.at == pytest.approx((-before.at.y, before.at.x))
    compass = {letter.text: letter.at for letter in turned.letters}
    assert compass["D"].x == max(at.x for at in compass.values())


def test_a_mirror_swaps_the_feet_and_the_sides() -> None:
    plan, mirrored = step_diagram(TUL, WALK, 1), step_diagram(TUL, WALK, 1, "mirrored")
    left, right = plan.soles[2:]
    mirrored_left, mirrored_right = mirrored.soles[2:]
    assert mirrored_right.at == pytest.approx((-left.at.x, left.at.y))
    assert mirrored_left.at == pytest.approx((-right.at.x, right.at.y))
    assert len(mirrored.arrows) == 1
    assert mirrored.arrows[0][-1] == pytest.approx(mirrored_right.at)


def test_a_step_shows_the_feet_before_and_after_and_the_way_of_the_one_that_moved() -> None:
    diagram = step_diagram(TUL, WALK, 4)
    assert [sole.state for sole in diagram.soles] == ["was", "was", "stands", "stands"]
    [way] = diagram.arrows
    assert (way[0], way[-1]) == (diagram.soles[0].at, diagram.soles[2].at)
    assert diagram.heading is not None
    assert diagram.heading.deg == 0


def test_a_foot_that_only_turns_has_no_arrow_and_the_body_has_an_arc() -> None:
    diagram = step_diagram(TUL, WALK, 3)
    assert len(diagram.arrows) == 1
    assert len(diagram.turn) == 13  # half a turn by 15 degrees
    begin, end = diagram.turn[0], diagram.turn[-1]
    assert distance(begin, end) == pytest.approx(88)
    assert begin.x < end.x  # from B to A
    assert diagram.turn[6].y < begin.y  # clockwise: over D


def test_what_does_not_move_has_neither_arrow_nor_arc() -> None:
    diagram = step_diagram(TUL, WALK, 2)
    assert (diagram.arrows, diagram.turn) == ((), ())


def test_a_kick_ends_in_the_air() -> None:
    diagram = step_diagram(TUL, WALK, 5)
    assert [sole.state for sole in diagram.soles] == ["was", "was", "stands", "raised"]
    assert diagram.heading is not None
    assert diagram.heading.at == pytest.approx(diagram.soles[2].at.moved(Point(0, -30)))  # does not hide the foot


def test_a_jump_moves_both_feet() -> None:
    assert len(step_diagram(TUL, WALK, 9).arrows) == 2


def test_a_step_after_an_uncounted_return_begins_at_the_ready_posture() -> None:
    after = WALK.steps[9].after
    assert after is not None
    assert [sole.at for sole in step_diagram(TUL, WALK, 11).soles[:2]] == [sole.at for sole in soles_of(after)]


@pytest.mark.parametrize("number", [0, -1, 12])
def test_a_step_that_the_tul_lacks_is_refused(number: int) -> None:
    with pytest.raises(StepUnknownError):
        step_diagram(TUL, WALK, number)


def test_a_tul_of_one_still_movement_is_drawn() -> None:
    tul = tul_with([step(1, "D")])
    diagram = whole_diagram(tul, walk(tul, STANCES))
    assert len(diagram.path) == 1
    assert [mark.text for mark in diagram.marks] == ["1"]


PLACES = st.builds(Point, st.floats(-300, 300), st.floats(-300, 300))


@given(st.lists(st.tuples(PLACES, st.floats(0, 359)), min_size=1, max_size=60))
def test_no_number_lies_on_another(places: list[tuple[Point, float]]) -> None:
    visits = [Visit(number=n, at=at, heading_deg=deg) for n, (at, deg) in enumerate(places, start=1)]
    marks = numbered(visits, taken=[], letters=[])
    aside = [mark for mark in marks if mark.is_aside]
    for one in aside:
        for other in marks:
            if one is not other:
                apart_x, apart_y = abs(one.at.x - other.at.x), abs(one.at.y - other.at.y)
                assert apart_x >= (one.width_cm + other.width_cm) / 2 - 5 or apart_y >= HEIGHT_CM - 5


def test_where_no_room_is_left_a_number_stays_at_its_place() -> None:
    crowd = [(Point(x, y), 0.0) for x in range(-160, 161, 5) for y in range(-160, 161, 5)]
    [mark] = numbered([Visit(number=1, at=Point(0, 0), heading_deg=0)], taken=crowd, letters=[])
    assert mark.at == Point(0, 0)
    assert not mark.is_aside


@pytest.mark.parametrize(
    ("heading_deg", "rim_cm"), [(0, 8), (90, 19.75), (180, 8), (270, 19.75), (45, 8 * math.sqrt(2))]
)
def test_a_pill_ends_where_its_rim_is(heading_deg: float, rim_cm: float) -> None:
    mark = Mark(text="10–11", at=Point(0, 0), place=Point(0, 0), heading_deg=heading_deg)
    assert mark.width_cm == 43.5
    assert mark.rim_cm == pytest.approx(rim_cm)


def test_a_body_heads_where_its_view_says() -> None:
    pose = WALK.steps[0].pose
    assert pose.heading_deg == 270
    assert [heading_of(pose, view).deg for view in VIEWS] == [270, 90, 0, 90, 180]

"""Any step that can be walked can be said."""

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from tkd_rules.content import not_korean
from tkd_rules.tul.describing import describe
from tkd_rules.tul.notation import FootMove, How, Level, Manner, Side, Stance, Step, Technique, Timing, Turn

from .content import LANGUAGES, names, techniques
from .test_sentences import NOT_A_SENTENCE

DIRECTIONS = ("A", "B", "C", "D", "E", "F", "AD", "AC", "BC", "BD", "CE", "CF", "DE", "DF")
TARGETS = (None, "AB", "CD", "EF", "left-foot", "right-foot", *DIRECTIONS)
STANCES = sorted(technique["slug"] for technique in techniques() if technique["category"] == "stance")
OTHERS = sorted(technique["slug"] for technique in techniques() if technique["category"] != "stance")
TOOLS = (None, "ap-joomuk", "sonkal", "bakat-palmok", "opun-sonkut", "sun-sonkut", "balkal", "dwitchook", "baldung")


def one_of(kind: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(kind))


moves = st.builds(
    FootMove,
    foot=one_of(Side),
    how=one_of(How),
    to=st.sampled_from(TARGETS),
    over=st.sampled_from([None, "left", "right"]),
    turn=st.none() | one_of(Turn),
    manner=st.none() | one_of(Manner),
    place=st.sampled_from([None, "side-front"]),
    distance_shoulder_widths=st.sampled_from([None, 0.0, 1.5]),
    landing_foot=st.none() | one_of(Side),
)
steps = st.builds(
    Step,
    number=st.integers(1, 72),
    footwork=st.lists(moves, max_size=4).map(tuple),
    stance=st.none() | st.builds(Stance, slug=st.sampled_from(STANCES), side=st.none() | one_of(Side)),
    support=st.just("both"),
    facing=st.sampled_from(DIRECTIONS),
    techniques=st.lists(
        st.builds(
            Technique,
            slug=st.sampled_from(OTHERS),
            tool=st.sampled_from(TOOLS),
            side=one_of(Side),
            level=st.none() | one_of(Level),
            direction=st.sampled_from(DIRECTIONS),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    timing=one_of(Timing),
    timing_group=st.lists(st.integers(1, 72), max_size=5, unique=True).map(tuple),
    keeps_hands_of=st.none() | st.integers(1, 72),
)


@settings(max_examples=300, deadline=None, print_blob=True)
@given(step=steps, turned_deg=st.none() | st.sampled_from([0.0, 45.0, 90.0, -135.0, 180.0, -270.0, 360.0]))
def test_any_step_is_said_in_whole_sentences(step: Step, turned_deg: float | None) -> None:
    for lang in LANGUAGES:
        text = describe(step, lang, names(), turned_deg)
        assert not NOT_A_SENTENCE.search(text), text
        assert lang != "ko" or not_korean(text, is_name=False) == "", text

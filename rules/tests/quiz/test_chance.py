"""Draws are the same everywhere, for ever: the figures below are those of every Python."""

from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.quiz.chance import Chance

THINGS = st.lists(st.integers(), max_size=20)


def test_a_seed_draws_the_same_for_ever() -> None:
    chance = Chance(7, "terms")
    assert [chance.below(100) for _ in range(6)] == [76, 28, 0, 62, 12, 37]
    assert "".join(chance.shuffled("abcdef")) == "dacefb"


@given(seed=st.integers(), things=THINGS)
def test_shuffling_keeps_every_thing(seed: int, things: list[int]) -> None:
    assert sorted(Chance(seed).shuffled(things)) == sorted(things)


@given(seed=st.integers(), things=THINGS)
def test_drawing_by_weight_yields_every_thing_once(seed: int, things: list[int]) -> None:
    assert sorted(Chance(seed).drawn(things, lambda thing: 1 + thing % 5)) == sorted(things)


def test_the_heavier_of_two_things_mostly_comes_first() -> None:
    weights = {"light": 1, "heavy": 9}
    firsts = [next(Chance(seed).drawn(["light", "heavy"], weights.__getitem__)) for seed in range(1000)]
    assert firsts.count("heavy") == 908

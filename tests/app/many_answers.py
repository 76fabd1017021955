"""Thousands of answers and what the rules make of them, as text that tells apart the last bit of a number."""

import random
from datetime import UTC, datetime, timedelta

from tkd_rules.repetition.fsrs6 import FsrsMemory, retrievability
from tkd_rules.repetition.replay import CardState, replay_all
from tkd_rules.repetition.reviews import Rating, Review, log_of
from tkd_rules.repetition.settings import ALGORITHMS, Rules, Settings
from tkd_rules.repetition.sm2 import Sm2Memory

ZONES = ("Europe/Warsaw", "America/New_York", "Asia/Seoul", "Pacific/Apia")
FITTED = (0.4072, 1.1829, 3.1262, 15.4722, 7.2102, 0.5316, 1.0651, 0.0234, 1.616, 0.1544, 1.0824, 1.9813, 0.0953,
          0.2975, 2.2042, 0.2407, 2.9466, 0.5034, 0.6567, 0.1, 0.2)  # fmt: skip


def lines(seed: int, *, cards: int = 400, answers: int = 15) -> list[str]:
    """Return one line for each card, algorithm and set of parameters."""
    log = log_of(_answers(random.Random(seed), cards, answers))  # noqa: S311 - learners, not secrets
    found = []
    for zone in ZONES:
        for rules in [
            *(Rules(algorithm=algorithm, time_zone=zone) for algorithm in ALGORITHMS),
            Rules(algorithm="fsrs", time_zone=zone, desired_retention=0.85, parameters=FITTED),
        ]:
            states = replay_all(log, Settings(history=(rules,)))
            found += [_line(state, rules) for _card, state in sorted(states.items())]
    return found


def _answers(chance: random.Random, cards: int, answers: int) -> list[Review]:
    found = []
    for card in range(cards):
        moment = datetime(2025, 1, 1, tzinfo=UTC)
        for number in range(answers):
            moment += timedelta(seconds=int(86_400 * 2 ** (chance.random() * 8 - 1)))
            found.append(
                Review(
                    id=f"{card:04}-{number:02}",
                    card=f"term/word-{card}/meaning",
                    rating=Rating(1 + int(chance.random() * 4)),
                    reviewed_at=moment,
                    elapsed_ms=1_000,
                    device="a",
                )
            )
    return found


def _line(state: CardState, rules: Rules) -> str:
    return f"{state.card} {state.due_on} {state.interval_days} {state.lapses} {_memory(state.memory, state, rules)}"


def _memory(memory: Sm2Memory | FsrsMemory, state: CardState, rules: Rules) -> str:
    if isinstance(memory, Sm2Memory):
        return f"{memory.ease_percent} {memory.repetitions}"
    known = retrievability(memory, on=state.due_on, parameters=rules.parameters)
    return f"{memory.stability_days.hex()} {memory.difficulty.hex()} {known.hex()}"

"""Blocks and plans in words."""

from tkd_client.components.shell import Shell
from tkd_client.state.texts import Texts, in_language
from tkd_rules.training.plans import Block, Plan


def block_name(shell: Shell, block: Block) -> str:
    item = shell.handbook.training.item(block)
    return in_language(item.name, shell.language) if item else block.slug.replace("-", " ")


def block_length(texts: Texts, block: Block) -> str:
    """Return `3 × 40 s, 20 s rest` or `2 × 10 repetitions`."""
    if block.work_s is not None:
        round_ = clock(block.work_s)
    else:
        round_ = texts.count("training.repetitions", block.repetitions or 0)
    rounds = f"{block.rounds} × {round_}" if block.rounds > 1 else round_
    rest = texts("training.rest_of", time=clock(block.rest_s))
    return f"{rounds}, {rest}" if block.rest_s else rounds


def plan_length(texts: Texts, plan: Plan) -> str:
    minutes = texts("schedule.minutes_value", number=max(1, round(plan.about_s / 60)))
    blocks = texts.count("training.blocks", len(plan.blocks))
    return f"{blocks} · {minutes}"


def clock(seconds: float) -> str:
    """Return `0:40` or `12:05`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"

"""The tables of the pages, in either language."""

from collections.abc import Iterator, Sequence
from statistics import fmean

from benchmarks.retention.memories import LEARNERS
from benchmarks.retention.schedules import SCHEDULES, Outcome, curve, ratio
from benchmarks.retention.switch import Switch
from benchmarks.retention.words import Words

COMPARED = (("published", "sm2"), ("fitted", "sm2"), ("fitted", "published"))


def schedules_table(outcomes: Sequence[Outcome], words: Words) -> str:
    by_model = {model: [outcome for outcome in outcomes if outcome.model == model] for model in LEARNERS}
    lines = [words.table_head, "| --- | --- | ---: | ---: | ---: | ---: |"]
    for model, own in by_model.items():
        lines += _rows(own, words, model)
    lines += ["", words.ratio_head, "| --- | --- | --- | ---: | ---: |"]
    for model, own in by_model.items():
        lines += _ratios(own, words, model)
    return "\n".join([*lines, "", *(f"- {_adoptions(own, words, model)}" for model, own in by_model.items())])


def switch_table(switch: Switch, words: Words) -> str:
    lines = [words.switch_head, "| --- | ---: | ---: | ---: |"]
    for way, name in words.ways.items():
        due = getattr(switch, way)
        lines.append(f"| {name} | {due[0]} | {max(due)} | {words.number(fmean(due), '.1f')} |")
    return "\n".join(lines)


def _rows(outcomes: Sequence[Outcome], words: Words, model: str) -> Iterator[str]:
    for schedule in SCHEDULES:
        own = [each for each in outcomes if each.schedule == schedule]
        for desired, (answers, known) in curve(own):
            wanted = words.number(desired, ".2f") if desired else ""
            at_the_end = fmean(each.known_at_the_end for each in own if each.desired_retention == desired)
            yield (
                f"| {words.models[model]} | {words.schedules[schedule]} | {wanted} "
                f"| {words.number(answers, '.1f')} | {words.number(known * 100, '.1f')}% "
                f"| {words.number(at_the_end * 100, '.1f')}% |"
            )


def _ratios(outcomes: Sequence[Outcome], words: Words, model: str) -> Iterator[str]:
    for schedule, to in COMPARED:
        found = ratio(outcomes, schedule, to=to)
        yield (
            f"| {words.models[model]} | {words.schedules[schedule]} | {words.schedules[to]} "
            f"| {found.mean:.0%} | {words.number(found.error * 100, '.1f')}% |"
        )


def _adoptions(outcomes: Sequence[Outcome], words: Words, model: str) -> str:
    fitted = [outcome for outcome in outcomes if outcome.schedule == "fitted"]
    adopted = sum(outcome.is_adopted for outcome in fitted)
    return words.adopted.format(model=words.models[model], adopted=adopted, all=len(fitted))

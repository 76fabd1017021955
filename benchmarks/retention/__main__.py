"""`python -m benchmarks.retention [--quick] [--write] [--to FOLDER]`."""

import argparse
import os
from pathlib import Path

from benchmarks.retention.pictures import draw_days, draw_schedules, draw_switch
from benchmarks.retention.report import schedules_table, switch_table
from benchmarks.retention.schedules import Plan, simulated
from benchmarks.retention.switch import switched
from benchmarks.retention.words import ENGLISH, LANGUAGES
from benchmarks.table import put

DOCS = Path(__file__).resolve().parents[2] / "docs"
QUICK = Plan(learners=3, new_a_day=7, first_days=90, settling_days=30, measured_days=40, retentions=(0.85, 0.93))


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.retention", description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="Fewer learners and days, for a first look.")
    arguments.add_argument("--write", action="store_true", help="Put tables and pictures into docs/.")
    arguments.add_argument("--to", type=Path, default=DOCS, help="Another folder than docs/.")
    given = arguments.parse_args()
    plan = QUICK if given.quick else Plan()
    print(f"seed {plan.seed}, {plan.learners} learners of each memory", flush=True)
    switch = switched(seed=plan.seed)
    print(switch_table(switch, ENGLISH), flush=True)
    outcomes = simulated(plan, processes=os.cpu_count() or 1)
    print(schedules_table(outcomes, ENGLISH), flush=True)
    if given.write:
        for words in LANGUAGES:
            page = given.to / words.language / "retention.md"
            put(page, "measured schedules", schedules_table(outcomes, words))
            put(page, "measured switch", switch_table(switch, words))
            draw_schedules(outcomes, words, given.to / "pictures" / f"retention-{words.language}.png")
            to = given.to / "pictures" / f"retention-days-{words.language}.png"
            draw_days(outcomes, words, to, fitted_on_day=plan.first_days)
            draw_switch(switch, words, given.to / "pictures" / f"switch-{words.language}.png")


if __name__ == "__main__":
    main()

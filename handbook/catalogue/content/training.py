"""What a schema can't see of the trainings: what a block names, whether it can be trained, how long it takes."""

from collections.abc import Iterator, Mapping
from typing import Any

from handbook.catalogue.content.files import ContentFile, Mistake
from tkd_rules.grading import parse_belt
from tkd_rules.training.plans import PlanError, plan_of

SHORTEST_MIN, LONGEST_MIN = 30, 60
Shelves = Mapping[str, Mapping[str, Any]]  # what blocks may name, by their kind


def plan_mistakes(file: ContentFile, shelves: Shelves) -> Iterator[Mistake]:
    """Yield what is wrong with a plan; `shelves` hold the exercises, techniques and tuls by slug."""
    rank = parse_belt(file.data["belt"]).rank
    for index, block in enumerate(file.data["blocks"]):
        kind, slug = block["kind"], block["slug"]
        item = shelves[kind].get(slug)
        if item is None:
            yield file.mistake(["blocks", index, "slug"], f"no {kind} has the slug {slug}")
        elif "min_belt" in item and parse_belt(item["min_belt"]).rank > rank:
            yield file.mistake(["blocks", index, "slug"], f"{slug} is first learned at {item['min_belt']}")
    try:
        about_min = plan_of(file.data).about_s / 60
    except PlanError as error:
        yield file.mistake(["blocks"], str(error))
        return
    if not SHORTEST_MIN <= about_min <= LONGEST_MIN:
        yield file.mistake(["blocks"], f"takes about {about_min:.0f} minutes, not {SHORTEST_MIN} to {LONGEST_MIN}")

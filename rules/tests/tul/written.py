"""The tuls of content/ as tests read them, and small ones of their own."""

import copy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tkd_rules.tul.notation import Tul
from tkd_rules.tul.parsing import tul_of_content
from tkd_rules.tul.pose import Body
from tkd_rules.tul.stances import Geometry, geometry_of

CONTENT = Path(__file__).parents[3] / "content"
IN_SHOULDER_WIDTHS = Body(shoulder_width_m=1.0, height_m=4.0)
SLUGS = sorted(path.stem for path in (CONTENT / "tuls").glob("*.yaml"))


@cache
def _file(name: str) -> Any:
    return yaml.load((CONTENT / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def written(slug: str) -> Any:
    """Return the data of a tul's file, to be changed freely."""
    return copy.deepcopy(_file(f"tuls/{slug}.yaml"))


@cache
def tul(slug: str) -> Tul:
    return tul_of_content(_file(f"tuls/{slug}.yaml"), f"{slug}.yaml")


@cache
def stances() -> dict[str, Geometry]:
    return {stance["slug"]: geometry_of(stance["slug"], stance) for stance in _file("stances.yaml")["stances"]}


@cache
def kicks() -> frozenset[str]:
    files = [_file(f"techniques/{path.name}") for path in (CONTENT / "techniques").glob("*.yaml")]
    return frozenset(file["slug"] for file in files if file["category"] == "kick")


@cache
def classes() -> dict[str, str]:
    """Return the category of every technique."""
    files = [_file(f"techniques/{path.name}") for path in (CONTENT / "techniques").glob("*.yaml")]
    return {file["slug"]: file["category"] for file in files}

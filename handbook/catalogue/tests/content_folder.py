"""A small content folder on disk that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


def technique(slug: str = "dollyo-chagi", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "category": "kick",
        "min_belt": "9kup",
        "romanization": "Dollyo Chagi",
        "name": {"pl": "kopnięcie okrężne", "en": "turning kick", "ko": "돌려 차기"},
        "aliases": ["Dolyo Chagi"],
        "key_points": {"pl": ["a", "b", "c"], "en": ["a", "b", "c"], "ko": ["가", "나", "다"]},
        "mistakes": {"pl": ["d", "e"], "en": ["d", "e"], "ko": ["라", "마"]},
        "safety": {"pl": "ostrożnie", "en": "carefully", "ko": "조심"},
        "tags": ["turning"],
        "source": "K",
        "confidence": "high",
    } | changes


def stance(slug: str = "narani-junbi-sogi") -> dict[str, Any]:
    return technique(slug, category="stance", min_belt="10kup", tags=["ready-posture"])


def term(slug: str = "ap-joomuk", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "min_belt": "10kup",
        "romanization": "Ap Joomuk",
        "name": {"pl": "pięść", "en": "forefist", "ko": "앞주먹"},
        "aliases": ["Ap Jumeok"],
        "note": {"pl": "kostki", "en": "knuckles", "ko": "주먹"},
        "source": "K",
        "confidence": "high",
    } | changes


def step(n: int, **changes: Any) -> dict[str, Any]:
    return {
        "n": n,
        "feet": [
            {"foot": "left", "how": "kick", "to": "D", "dist": 1.5},
            {"foot": "left", "how": "lower", "to": "right-foot"},
        ],
        "stance": {"key": "narani-junbi-sogi"},
        "support": "both",
        "facing": "D",
        "tech": [{"key": "dollyo-chagi", "tool": "ap-joomuk", "side": "left", "dir": "D"}],
        "name": {"romanization": "Dollyo Chagi", "ko": "돌려 차기"},
        "timing": {"mode": "normal"},
    } | changes


def tul(slug: str = "chon-ji", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "kind": "tul",
        "number": 1,
        "min_belt": "9kup",
        "romanization": "Chon-Ji",
        "name": {"pl": "Chon-Ji", "en": "Chon-Ji", "ko": "천지"},
        "aliases": ["Cheonji"],
        "movements": 2,
        "diagram": {"shape": "cross", "char": "+"},
        "meaning": {"pl": "niebo i ziemia", "en": "heaven and earth", "ko": "하늘과 땅"},
        "source": "S1",
        "confidence": "high",
        "start": {"ready": "narani-junbi-sogi", "facing": "D", "at": "X"},
        "end": {"returns": "left", "ready": "narani-junbi-sogi", "facing": "D"},
        "steps": [
            step(1),
            step(
                2,
                timing={"mode": "fast", "group": [1, 2]},
                hands={"keep": 1},
                after={
                    "feet": [{"foot": "left", "how": "return"}],
                    "ready": "narani-junbi-sogi",
                    "facing": "D",
                },
            ),
        ],
    } | changes


NUMERALS = {"one": "하나", "two": "둘", "three": "셋", "four": "넷", "five": "다섯", "six": "여섯"}


def theory(number: str = "one", **changes: Any) -> dict[str, Any]:
    return {
        "slug": f"what-is-{number}",
        "question": {"pl": f"Co to {number}?", "en": f"What is {number}?", "ko": f"{NUMERALS[number]}?"},
        "answer": {"pl": "liczba", "en": "a number", "ko": "수이다."},
    } | changes


def syllabus(**changes: Any) -> dict[str, Any]:
    text = {"pl": "tekst", "en": "text", "ko": "글"}
    return {
        "belt": "9kup",
        "colour": "white",
        "stripe": "yellow",
        "promotes_to": "8kup",
        "min_training": {"hours": 45, "months": "2-3", "note": text},
        "tuls": ["chon-ji"],
        "revision_tuls": [],
        "stances": ["narani-junbi-sogi"],
        "hand_techniques": [{"technique": "dollyo-chagi", "tool": "ap-joomuk", "stance": "narani-junbi-sogi"}],
        "kicks": ["dollyo-chagi"],
        "sparring": ["sambo-matsogi"],
        "terminology": ["ap-joomuk"],
        "self_defence": text,
        "breaking": text,
        "theory": [theory(number) for number in ("one", "two", "three", "four", "five")],
        "source": "S3",
    } | changes


class ContentFolder:
    """Write and spoil files of a content folder that is right to begin with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(settings.CONTENT_DIR / "schema", path / "schema")
        self.write("techniques/dollyo-chagi.yaml", technique())
        self.write("techniques/narani-junbi-sogi.yaml", stance())
        self.write("glossary/tool.yaml", {"category": "tool", "terms": [term()]})
        self.write("glossary/sparring.yaml", {"category": "sparring", "terms": [term("sambo-matsogi", aliases=[])]})
        self.write("tuls/chon-ji.yaml", tul())
        self.write("syllabus/9kup.yaml", syllabus())
        self.write("stances.yaml", {"stances": [geometry()]})

    def write(self, name: str, data: Any) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def change(self, name: str, how: Callable[[Any], None]) -> None:
        data = yaml.safe_load((self.path / name).read_text(encoding="utf-8"))
        how(data)
        self.write(name, data)

    def line_with(self, name: str, text: str) -> int:
        lines = (self.path / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)


def geometry() -> dict[str, Any]:
    return {
        "slug": "narani-junbi-sogi",
        "length_shoulder_widths": 0,
        "width_shoulder_widths": 1,
        "named_after": "none",
        "weight_front_percent": 50,
        "knees": "straight",
        "front_foot_outward_deg": 0,
        "rear_foot_outward_deg": 0,
        "source": "K",
    }


def exercise(slug: str = "easy-jog", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "category": "warm-up",
        "name": {"pl": "trucht", "en": "easy jog", "ko": "가볍게 뛰기"},
        "instructions": {"pl": "Biegnij lekko.", "en": "Jog lightly.", "ko": "가볍게 뛴다."},
        "source": "K",
    } | changes


def plan(slug: str = "first-steps", **changes: Any) -> dict[str, Any]:
    """A plan of 39 minutes and 15 seconds."""
    return {
        "slug": slug,
        "belt": "9kup",
        "name": {"pl": "pierwsze kroki", "en": "first steps", "ko": "첫걸음"},
        "description": {"pl": "Podstawy.", "en": "The basics.", "ko": "기본이다."},
        "prepare_s": 15,
        "blocks": [
            {"kind": "exercise", "slug": "easy-jog", "work_s": 600},
            {"kind": "technique", "slug": "dollyo-chagi", "repetitions": 10, "rounds": 10, "rest_s": 60},
            {"kind": "tul", "slug": "chon-ji", "work_s": 120, "rounds": 5, "rest_s": 60},
        ],
        "source": "K",
    } | changes


def with_trainings(folder: ContentFolder) -> ContentFolder:
    """Add an exercise and a plan of it."""
    folder.write("training/exercises.yaml", {"exercises": [exercise()]})
    folder.write("training/plans/first-steps.yaml", plan())
    return folder

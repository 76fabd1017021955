"""Catalogue documents as the delta brings them, small and typed; a handbook of them that has every kind of question."""

from collections.abc import Sequence
from typing import Any

from tkd_rules.grading import BELT_CODES
from tkd_rules.quiz import Material, material_of
from tkd_rules.quiz.items import Item

Document = dict[str, Any]

BELTS = BELT_CODES


def in_all(text: str) -> dict[str, str]:
    return {"pl": f"{text} pl", "en": f"{text} en", "ko": text}


def technique(slug: str, pl: str, en: str, ko: str, **changes: Any) -> Document:
    return _named(slug, pl, en, ko) | {
        "category": "kick",
        "base": None,
        "tool": None,
        "level": "",
        "key_points": _sentences(["one", "two", "three"], slug),
        "mistakes": _sentences(["bad", "worse"], slug),
        **changes,
    }


def term(slug: str, pl: str, en: str, ko: str, **changes: Any) -> Document:
    return _named(slug, pl, en, ko) | {"category": "number", **changes}


def tul(slug: str, ko: str, steps: Sequence[Document], **changes: Any) -> Document:
    name = slug.replace("-", " ").title().replace(" ", "-")
    return _named(slug, name, name, ko) | {
        "romanization": name,
        "kind": "tul",
        "movements": len(steps) or 24,
        "meaning": {"pl": f"Znaczenie {slug} pl", "en": f"Meaning {slug} en", "ko": f"뜻 {slug}"},
        "ready_stance": "narani-junbi-sogi",
        "steps": [step | {"number": number} for number, step in enumerate(steps, start=1)],
        **changes,
    }


def step(
    romanization: str, *slugs: str, stance: str = "", tool: str = "", level: str | None = None, facing: str = "D"
) -> Document:
    return {
        "romanization": romanization,
        "name": {"ko": f"한 {romanization}"} if romanization else {},
        "stance": {"slug": stance} if stance else None,
        "facing": facing,
        "techniques": [{"slug": slug, "tool": tool, "level": level} for slug in slugs],
    }


def theory(slug: str, answer: str, **changes: Any) -> Document:
    return {
        "slug": slug,
        "min_belt": "10kup",
        "romanization": "",
        "name": in_all(f"Question {slug}?"),
        "answer": {"pl": answer, "en": answer, "ko": answer},
        "aliases": [],
        "tags": [],
        "category": "theory",
        **changes,
    }


def _named(slug: str, pl: str, en: str, ko: str) -> Document:
    return {
        "slug": slug,
        "romanization": slug.replace("-", " ").title(),
        "min_belt": "10kup",
        "name": {"pl": pl, "en": en, "ko": ko},
        "aliases": [],
        "tags": [],
    }


def _sentences(numbers: Sequence[str], slug: str) -> dict[str, list[str]]:
    """Return a sentence for each number that says nothing of the name, nor what that of another technique says."""
    return {language: [f"{number}{language} {slug[::-1]}" for number in numbers] for language in ("pl", "en", "ko")}


STANCES = [
    technique("gunnun-sogi", "pozycja wykroczna", "walking stance", "걷는 서기", category="stance"),
    technique("niunja-sogi", "pozycja L", "L-stance", "ㄴ자 서기", category="stance", aliases=["Niunja So"]),
    technique("annun-sogi", "pozycja siedząca", "sitting stance", "앉는 서기", category="stance", min_belt="9kup"),
    technique("narani-junbi-sogi", "pozycja gotowości", "ready stance", "나란히 준비 서기", category="stance"),
]
KICKS = [
    technique(
        "ap-chagi",
        "kopnięcie do przodu",
        "front kick",
        "앞차기",
        aliases=["Apchagi", "Ap Chaki", "straight kick", "kopnięcie proste"],
    ),
    technique("yop-chagi", "kopnięcie boczne", "side kick", "옆차기", min_belt="9kup"),
    technique("dollyo-chagi", "kopnięcie okrężne", "turning kick", "돌려 차기", min_belt="9kup"),
    technique("naeryo-chagi", "kopnięcie opadające", "downward kick", "내려 차기", min_belt="8kup"),
    technique("bandal-chagi", "kopnięcie półksiężycowe", "crescent kick", "반달 차기", min_belt="4kup"),
]
BLOCKS = [
    technique("ap-makgi", "blok do przodu", "front block", "앞 막기", category="block"),
    technique("yop-makgi", "blok boczny", "side block", "옆 막기", category="block"),
    technique("najunde-makgi", "blok niski", "low block", "낮은데 막기", category="block"),
    technique(
        "sonkal-najunde-makgi",
        "blok niski ręką-nożem",
        "knife-hand low block",
        "손칼 낮은데 막기",
        category="block",
        base="najunde-makgi",
        tool="sonkal",
        level="low",
    ),
    technique("jirugi", "cios prosty", "front punch", "지르기", category="punch"),
]
TECHNIQUES = [*STANCES, *KICKS, *BLOCKS]
TERMS = [
    term("hana", "jeden", "one", "하나"),
    term("dool", "dwa", "two", "둘"),
    term("set", "trzy", "three", "셋"),
    term("net", "cztery", "four", "넷"),
    term("dasot", "pięć", "five", "다섯", min_belt="8kup"),
    term("an", "wewnętrzny", "inside", "안", category="direction"),
    term("dwi", "tył", "back, rear", "뒤", category="direction"),
    term("baro", "zgodny", "obverse", "바로", category="direction"),
    term("baro-return", "powrót", "return", "바로", category="command", romanization="Baro"),
    term("jirugi-general", "cios (grupa)", "punch (class)", "지르기", category="general", romanization="Jirugi"),
    term("moa-a", "zwarta A", "closed A", "모아 에이", category="general"),
    term("sonkal", "ręka-nóż", "knife-hand", "손칼", category="tool", aliases=["Son Kal", "Knifehand", "Zuzu"]),
]
LOW, PUNCH = "Gunnun So Najunde Makgi", "Gunnun So Kaunde Jirugi"
KNIFE_HAND, SITTING = "Niunja So Sonkal Najunde Makgi", "Annun So Ap Makgi"
STEPS = {
    LOW: step(LOW, "najunde-makgi", stance="gunnun-sogi"),
    PUNCH: step(PUNCH, "jirugi", stance="gunnun-sogi"),
    KNIFE_HAND: step(KNIFE_HAND, "najunde-makgi", stance="niunja-sogi", tool="sonkal", level="low"),
    SITTING: step(SITTING, "ap-makgi", stance="annun-sogi"),
    "Ap Chagi": step("Ap Chagi", "ap-chagi"),
    "": step("", "junbi-dongjak"),
}
TULS = [
    tul("chon-ji", "천지", [STEPS[LOW], STEPS[PUNCH], STEPS[LOW], STEPS[KNIFE_HAND]], min_belt="9kup"),
    tul("dan-gun", "단군", [STEPS[PUNCH], STEPS["Ap Chagi"], STEPS[PUNCH]], min_belt="8kup"),
    tul("do-san", "도산", [STEPS[SITTING], STEPS[""], STEPS[PUNCH], STEPS["Ap Chagi"]], min_belt="7kup"),
    tul("won-hyo", "원효", [STEPS[KNIFE_HAND], STEPS[SITTING]], min_belt="6kup"),
    tul("yul-gok", "율곡", [], movements=38, min_belt="5kup"),
]
THEORY = [
    theory("founder", "General Choi Hong Hi"),
    theory("first-king", "Dan-Gun"),
    theory("country", "Korea"),
    theory("virtue", "courtesy"),
    theory("year", "1955"),
    theory("date", "11 April 1955"),
    theory("first-date", "22 March 1966"),
]


def material(
    techniques: Sequence[Document] = TECHNIQUES,
    tuls: Sequence[Document] = TULS,
    terms: Sequence[Document] = TERMS,
    theory: Sequence[Document] = THEORY,
) -> Material:
    return material_of(techniques, tuls, terms, theory)


HANDBOOK = material()


def item(slug: str, material: Material = HANDBOOK) -> Item:
    """Return the first item of that slug, techniques before tuls, terms and theory."""
    return next(items[slug] for items in material.items.values() if slug in items)

"""What the hands and the kicking leg do: level, technique, tool, side and direction."""

from collections.abc import Sequence
from typing import Final, Literal

from tkd_rules.tul.describing.directions import as_seen
from tkd_rules.tul.describing.vocabulary import Noun, Vocabulary
from tkd_rules.tul.describing.words import Inflected
from tkd_rules.tul.notation import Level, Step, Technique

Limb = Literal["arm", "leg", "fist"]

FOREFIST = "ap-joomuk"
ORDINARY_FOOT_TOOLS = frozenset({"ap-kumchi", "balkal"})  # what a kick is done with unless it is said
FOOT_TOOLS = ORDINARY_FOOT_TOOLS | {
    "balkal-dung",
    "baldung",
    "dwitchook",
    "dwit-kumchi",
    "yop-bal-badak",
    "bal-badak",
    "balkut",
    "moorup",
}
TOOL_IN_NAME = frozenset(
    {
        "ap-palkup-taerigi",
        "dollimyo",
        "doo-bandalson-makgi",
        "doo-palmok-makgi",
        "dwit-palkup-tulgi",
        "jappyosul-tae",
        "joomuk-appuro",
        "junbi-dongjak",
        "moorup-ollyo-chagi",
        "mori-japgi",
        "nopun-palkup-taerigi",
        "sang-palkup-soopyong-tulgi",
        "sang-palmok-makgi",
        "sang-sonkal-makgi",
        "sang-yop-palkup-tulgi",
        "wi-palkup-taerigi",
        "yop-palkup-tulgi",
    }
)
FINGERTIPS = "sonkut-tulgi"
FINGERTIPS_BY_TOOL: Final = {
    "sun-sonkut": "sun-sonkut-tulgi",
    "opun-sonkut": "opun-sonkut-tulgi",
    "dwijibun-sonkut": "dwijibun-sonkut-tulgi",
    "homi-sonkut": "homi-sonkut-tulgi",
    "doo-songarak": "doo-songarak-tulgi",
}
BY_BOTH_ARMS = frozenset({"san-makgi"})  # its side is the foot that stamps
TOOLS_OF_BOTH_ARMS = frozenset(
    {
        "doo-bandalson",
        "doo-joomuk",
        "kyocha-joomuk",
        "kyocha-sonkal",
        "sang-joomuk",
        "sang-palkup",
        "sang-palmok",
        "sang-sonbadak",
        "sang-sonkal",
    }
)
RELEASES = frozenset({"jappyosul-tae", "junbi-dongjak"})
LEVEL_IN_NAME = frozenset({"mori-japgi", "nopun-palkup-taerigi"})
LEVEL_SLUGS: Final = {"low": "najunde-", "middle": "kaunde-", "high": "nopunde-"}


def is_with_leg(technique: Technique) -> bool:
    return technique.tool in FOOT_TOOLS or (technique.tool is None and technique.slug.endswith("-chagi"))


def technique_clause(vocabulary: Vocabulary, technique: Technique, to: str) -> str:
    """Return a technique as the object of a verb, and where it goes to if that is said."""
    templates = vocabulary.templates
    slug, tool = _as_named(technique)
    side = "both" if slug in BY_BOTH_ARMS or tool in TOOLS_OF_BOTH_ARMS else technique.side
    noun, used = vocabulary.technique(slug), vocabulary.tool(tool) if tool else None
    level = technique.level if technique.level and not _is_level_in_name(slug, technique.level) else None
    return templates.say(
        "technique",
        noun=templates.say(
            "noun.both" if side == "both" else "noun.sided",
            level=templates.agreeing(level, noun.gender) if level else "",
            tool=used.word if used else "",
            technique=noun.word,
        ),
        by=_by(vocabulary, technique, side, used),
        to=to,
    )


def techniques_clause(vocabulary: Vocabulary, techniques: Sequence[Technique], step: Step) -> str:
    """Return techniques as one clause, together or one after the other."""
    templates, ahead = vocabulary.templates, step.facing
    clauses = [
        technique_clause(
            vocabulary,
            technique,
            "" if ahead == technique.direction else as_seen(templates, technique.direction, ahead),
        )
        for technique in techniques
    ]
    if are_together(techniques, step):
        return templates.say("techniques.together", techniques=listed(vocabulary, clauses, "and"))
    said = clauses[-1]
    for clause in reversed(clauses[:-1]):
        said = templates.say("techniques.in-order", first=clause, next=said)
    return templates.say("techniques", techniques=said)


def are_together(techniques: Sequence[Technique], step: Step) -> bool:
    """Whether each arm has its own technique at one moment, and none of them prepares the next."""
    sides = {technique.side for technique in techniques}
    return (
        len(techniques) > 1
        and len(sides) == len(techniques)
        and "both" not in sides
        and step.timing != "consecutive"
        and not any(technique.slug in RELEASES for technique in techniques)
    )


def listed(vocabulary: Vocabulary, texts: Sequence[str], last_two: str = "two") -> str:
    """Return at least two texts as a list of one's language: the last two joined, commas before."""
    *before, next_to_last, last = texts
    said = vocabulary.templates.say(last_two, first=next_to_last, last=last)
    for text in reversed(before):
        said = vocabulary.templates.say("many", first=text, rest=said)
    return said


def _as_named(technique: Technique) -> tuple[str, str | None]:
    """Return the slug of the name to say, and the tool unless the name says it or it goes without saying."""
    slug, tool = technique.slug, technique.tool
    if slug == FINGERTIPS and tool in FINGERTIPS_BY_TOOL:
        return FINGERTIPS_BY_TOOL[tool], None
    is_said = tool is None or slug in TOOL_IN_NAME or tool in ORDINARY_FOOT_TOOLS or tool == FOREFIST
    return slug, None if is_said else tool


def _is_level_in_name(slug: str, level: Level) -> bool:
    return slug in LEVEL_IN_NAME or slug.startswith(LEVEL_SLUGS[level])


def _by(vocabulary: Vocabulary, technique: Technique, side: str, tool: Noun | None) -> str:
    templates = vocabulary.templates
    limb = _limb(technique)
    if side == "both":
        if tool:
            return templates.say("by.tool.both", tool=tool.word)
        return "" if technique.slug in TOOL_IN_NAME else templates.say(f"by.{limb}.both")
    if tool is None:
        return templates.say(f"by.{limb}.{side}")
    if isinstance(tool.word, Inflected) and "part" in tool.word.forms:
        return templates.say("by.part", side=templates.agreeing(side, tool.gender), tool=tool.word)
    if tool.gender == "p":
        return templates.say(f"by.tools.{limb}", tool=tool.word, owner=templates.word(f"owner.{limb}.{side}"))
    return templates.say(f"by.tool.{limb}", side=templates.agreeing(side, tool.gender), tool=tool.word)


def _limb(technique: Technique) -> Limb:
    if is_with_leg(technique):
        return "leg"
    return "fist" if technique.tool == FOREFIST and technique.slug not in TOOL_IN_NAME else "arm"

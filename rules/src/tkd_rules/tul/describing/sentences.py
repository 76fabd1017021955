"""A step of a tul as sentences that are read aloud and printed on study sheets."""

from dataclasses import dataclass, replace

from tkd_rules.tul.describing.directions import facing
from tkd_rules.tul.describing.footwork import Action, actions_of, footwork_clauses
from tkd_rules.tul.describing.names import Language, Names
from tkd_rules.tul.describing.techniques import listed, techniques_clause
from tkd_rules.tul.describing.vocabulary import Vocabulary
from tkd_rules.tul.notation import FEET_NAMED, FootMove, Return, Step, Technique, Tul, heading_deg
from tkd_rules.tul.walking import turned_deg as turned_between

LONG_ROW = 4
STANDING = FootMove(foot="both", how="turn-in-place")


def describe(
    step: Step, lang: Language, names: Names, turned_deg: float | None = None, *, before: Step | None = None
) -> str:
    """Return what a step asks for: how the feet move, the stance and techniques, the hands, the timing.

    `turned_deg` is how far the body turns, clockwise positive, as WalkedStep has it. Without it only a turn that the
    step itself states is said, and directions are letters without left and right. From the step `before` it follows
    whether the body is in the air, and whether it stays in its stance.
    """
    vocabulary = Vocabulary(lang=lang, names=names)
    return _Description(vocabulary=vocabulary, step=step, turned_deg=turned_deg, before=before).text()


def describe_tul(tul: Tul, lang: Language, names: Names) -> tuple[str, ...]:
    """Return the description of every step, with the turns that follow from where the step before it faces."""
    said: list[str] = []
    before, before_deg = None, heading_deg(tul.start_facing) or 0.0
    for step in tul.steps:
        deg = heading_deg(step.facing) or 0.0
        turned_deg = turned_between(before_deg, deg, step.footwork)
        said.append(describe(step, lang, names, turned_deg, before=before))
        before = step
        before_deg = (heading_deg(step.after.facing) or 0.0) if step.after else deg
    return tuple(said)


def describe_ready(tul: Tul, lang: Language, names: Names) -> str:
    """Return how a tul starts."""
    vocabulary = Vocabulary(lang=lang, names=names)
    stance = vocabulary.stance(tul.ready_stance).word
    return _sentence(
        vocabulary,
        vocabulary.templates.say("ready", stance=stance, facing=facing(vocabulary.templates, tul.start_facing)),
    )


def describe_closing(tul: Tul, lang: Language, names: Names) -> str:
    """Return how a tul ends after its last movement."""
    vocabulary = Vocabulary(lang=lang, names=names)
    return _sentence(vocabulary, _return(vocabulary, "closing", tul.closing))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Description:
    vocabulary: Vocabulary
    step: Step
    turned_deg: float | None
    before: Step | None

    def text(self) -> str:
        actions = self._actions()
        kicks = [action.kick for action in actions if action.kick]
        techniques = [technique for technique in self.step.techniques if technique not in kicks]
        clauses = (
            self._footwork(actions),
            self._stance(actions, techniques),
            self._hands(),
            self._timing(),
            _return(self.vocabulary, "after", self.step.after) if self.step.after else "",
        )
        return " ".join(_sentence(self.vocabulary, clause) for clause in clauses if clause)

    def _actions(self) -> list[Action]:
        """A body that turns while no foot is said to move turns where it stands."""
        if not self.step.footwork and self.turned_deg:
            return actions_of(replace(self.step, footwork=(STANDING,)))
        return actions_of(self.step, is_airborne=self.before is not None and self.before.support == "none")

    def _footwork(self, actions: list[Action]) -> str:
        said = ""
        for clause in footwork_clauses(self.vocabulary, self.step, actions, self.turned_deg):
            said = self.vocabulary.templates.say("then", first=said, next=clause) if said else clause
        return said

    def _stance(self, actions: list[Action], techniques: list[Technique]) -> str:
        stance, templates = self.step.stance, self.vocabulary.templates
        doing = techniques_clause(self.vocabulary, techniques, self.step) if techniques else ""
        if stance is None:
            return doing
        is_other = bool(actions) or (self.before is not None and self.before.stance != stance)
        key = "stance.form" if is_other else "stance.stay"
        where = "" if self._is_facing_told(actions) else facing(templates, self.step.facing)
        noun = self.vocabulary.stance(stance.slug)
        side = templates.agreeing(stance.side, noun.gender) if stance.side in ("left", "right") else ""
        return templates.say(
            f"{key}.techniques" if doing else key,
            side=side,
            stance=noun.word,
            named=templates.say("stance.named", side=side, stance=noun.word),
            facing=where,
            techniques=doing,
        )

    def _is_facing_told(self, actions: list[Action]) -> bool:
        """Whether who follows the feet already faces there."""
        if not actions:
            return True
        told = [action.move.to for action in actions if action.move.to and action.move.to not in FEET_NAMED]
        return bool(told) and told[-1] == self.step.facing

    def _hands(self) -> str:
        number = self.step.keeps_hands_of
        return self.vocabulary.templates.say("hands", number=str(number)) if number else ""

    def _timing(self) -> str:
        timing, templates = self.step.timing, self.vocabulary.templates
        if timing == "normal":
            return ""
        if len(self.step.timing_group) < 2:  # noqa: PLR2004 - a movement alone
            return templates.say(f"timing.{timing}")
        return templates.say(f"group.{timing}", numbers=self._group())

    def _group(self) -> str:
        """Return the numbers of the movements that belong together; a long row by its ends."""
        group, templates = self.step.timing_group, self.vocabulary.templates
        numbers = [templates.say("number", number=str(number)) for number in group]
        if len(group) >= LONG_ROW and group == tuple(range(group[0], group[-1] + 1)):
            return templates.say("range", first=numbers[0], last=numbers[-1])
        return listed(self.vocabulary, numbers)


def _return(vocabulary: Vocabulary, key: str, back: Return) -> str:
    templates = vocabulary.templates
    return templates.say(
        key,
        foot=templates.word(f"foot.{back.foot}"),
        stance=vocabulary.stance(back.ready_stance).word,
        facing=facing(templates, back.facing),
    )


def _sentence(vocabulary: Vocabulary, clause: str) -> str:
    return vocabulary.templates.say("sentence", text=clause[:1].upper() + clause[1:])

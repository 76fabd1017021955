"""Typed builders of catalogue rows. What they make is public and has a revision, unless a draft is asked for."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from handbook.catalogue import services
from handbook.catalogue.models import (
    CommonMistake,
    KeyPoint,
    StanceGeometry,
    StepFootwork,
    StepTechnique,
    Tag,
    Technique,
    TechniqueAlias,
    TechniqueTranslation,
    Term,
    TermAlias,
    TermTranslation,
    TheoryQuestion,
    TheoryQuestionTranslation,
    Tul,
    TulStep,
    TulTranslation,
)
from tkd_rules.grading import parse_belt

QUESTION = {
    "pl": ("Kim był Dan-Gun?", "Założycielem Korei."),
    "en": ("Who was Dan-Gun?", "The founder of Korea."),
    "ko": ("단군은 누구인가?", "시조이다."),
}
NAMES = {"pl": "kopnięcie okrężne", "en": "turning kick", "ko": "돌려 차기"}


def technique(
    slug: str = "dollyo-chagi",
    *,
    names: dict[str, str] | None = None,
    romanization: str = "Dollyo Chagi",
    category: str = "kick",
    belt: str = "9kup",
    aliases: Sequence[str] = (),
    tags: Sequence[str] = (),
    key_points: dict[str, Sequence[str]] | None = None,
    base: Technique | None = None,
    tool: Term | None = None,
    is_draft: bool = False,
    has_media: bool = False,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> Technique:
    made = Technique.objects.create(
        slug=slug,
        romanization=romanization,
        category=category,
        min_belt=parse_belt(belt).rank,
        base=base,
        tool=tool,
        is_draft=is_draft,
        has_media=has_media,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    for lang, name in (NAMES if names is None else names).items():
        TechniqueTranslation.objects.create(technique=made, lang=lang, name=name, safety=f"safety {lang}")
    for position, text in enumerate(aliases):
        TechniqueAlias.objects.create(technique=made, position=position, text=text)
    for lang, texts in (key_points or {"pl": ["kolano w górę"], "en": ["knee up"]}).items():
        for position, text in enumerate(texts):
            KeyPoint.objects.create(technique=made, lang=lang, position=position, text=text)
            CommonMistake.objects.create(technique=made, lang=lang, position=position, text=f"not: {text}")
    made.tags.set([Tag.objects.get_or_create(slug=tag)[0] for tag in tags])
    services.record_change([made])
    made.refresh_from_db()
    return made


def geometry(stance: Technique, *, length: str = "1.50", width: str = "1.00", rear: str = "25") -> StanceGeometry:
    made = StanceGeometry.objects.create(
        technique=stance,
        length_shoulder_widths=Decimal(length),
        width_shoulder_widths=Decimal(width),
        named_after="front",
        weight_front_percent=50,
        knees="front-bent-rear-straight",
        front_foot_outward_deg=0,
        rear_foot_outward_deg=Decimal(rear),
        source="K",
    )
    services.record_change([stance])
    return made


def term(slug: str = "ap-joomuk", *, category: str = "tool", belt: str = "10kup", is_draft: bool = False) -> Term:
    made = Term.objects.create(
        slug=slug, romanization=slug.title(), category=category, min_belt=parse_belt(belt).rank, is_draft=is_draft
    )
    TermTranslation.objects.create(term=made, lang="pl", name=f"{slug} pl", note="co to jest")
    TermTranslation.objects.create(term=made, lang="en", name=f"{slug} en", note="what it is")
    TermAlias.objects.create(term=made, text=f"{slug} alias")
    services.record_change([made])
    made.refresh_from_db()
    return made


def theory_question(
    slug: str = "who-was-dan-gun",
    *,
    belt: str = "8kup",
    texts: dict[str, tuple[str, str]] | None = None,
    tags: Sequence[str] = (),
    is_draft: bool = False,
) -> TheoryQuestion:
    """`texts` holds question and answer by language."""
    made = TheoryQuestion.objects.create(slug=slug, min_belt=parse_belt(belt).rank, is_draft=is_draft)
    for lang, (question, answer) in (QUESTION if texts is None else texts).items():
        TheoryQuestionTranslation.objects.create(theory=made, lang=lang, name=question, answer=answer)
    made.tags.set([Tag.objects.get_or_create(slug=tag)[0] for tag in tags])
    services.record_change([made])
    made.refresh_from_db()
    return made


def tul(
    slug: str = "chon-ji",
    *,
    ready: Technique,
    number: int | None = 1,
    alternative_to: Tul | None = None,
    belt: str = "9kup",
    is_draft: bool = False,
) -> Tul:
    made = Tul.objects.create(
        slug=slug,
        romanization=slug.title(),
        number=number,
        alternative_to=alternative_to,
        min_belt=parse_belt(belt).rank,
        movements=19,
        ready_stance=ready,
        closing_foot="left",
        is_draft=is_draft,
    )
    TulTranslation.objects.create(tul=made, lang="en", name=slug.title(), meaning="heaven and earth")
    services.record_change([made])
    made.refresh_from_db()
    return made


def step(tul: Tul, number: int, *, technique: Technique, stance: Technique, tool: Term | None = None) -> TulStep:
    made = TulStep.objects.create(
        tul=tul,
        number=number,
        romanization="Gunnun So",
        name_ko="걷는 서",
        stance=stance,
        front_foot="left",
        facing="B",
    )
    StepFootwork.objects.create(step=made, foot="left", how="step", to="B")
    StepTechnique.objects.create(step=made, technique=technique, tool=tool, side="left", direction="B")
    services.record_change([tul])
    return made


def rename(slug: str, name: str) -> None:
    """Publish another English name of a technique."""
    translation = TechniqueTranslation.objects.get(technique__slug=slug, lang="en")
    translation.name = name
    translation.save()
    services.record_change([translation.technique])

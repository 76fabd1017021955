"""What an examiner asks aloud: questions with their answers, grade by grade."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from handbook.catalogue.models.base import CatalogueItem, Translation, one_per_language


class TheoryQuestion(CatalogueItem):
    """A question whose answer a holder of `min_belt` learns. It has no romanized name."""

    KIND: ClassVar[str] = "theory"


class TheoryQuestionTranslation(Translation):
    """Question and answer in one language; a question is what other items call a name."""

    theory = models.ForeignKey(TheoryQuestion, on_delete=models.CASCADE, related_name="translations")
    name = models.CharField("question", max_length=200)
    answer = models.TextField()

    class Meta(Translation.Meta):
        constraints = [
            *one_per_language("theory", "theory_translation"),
            models.CheckConstraint(condition=~Q(name=""), name="theory_translation_has_a_question"),
            models.CheckConstraint(condition=~Q(answer=""), name="theory_translation_has_an_answer"),
        ]

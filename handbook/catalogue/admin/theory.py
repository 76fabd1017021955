"""Theory questions, whose name is the question."""

from typing import Any

from django.contrib import admin
from unfold.decorators import display

from handbook.catalogue.admin.items import ORIGIN, PUBLICATION, ItemAdmin, MissingLanguageFilter, TranslationInline
from handbook.catalogue.models import TheoryQuestion, TheoryQuestionTranslation


class TheoryQuestionTranslationInline(TranslationInline):
    model = TheoryQuestionTranslation
    verbose_name = verbose_name_plural = "question and answer"


@admin.register(TheoryQuestion)
class TheoryQuestionAdmin(ItemAdmin):
    inlines = (TheoryQuestionTranslationInline,)
    list_display = ("shown_name", "slug", "min_belt", "shown_languages", "is_public", "revision")
    list_filter = ("min_belt", MissingLanguageFilter, "is_draft", "confidence", "tags")
    search_fields = ("slug", "translations__name", "translations__answer")
    fieldsets = (
        (None, {"fields": ("slug", "min_belt", "tags")}),
        PUBLICATION,
        ORIGIN,
    )

    @display(description="question", ordering="slug")
    def shown_name(self, item: Any) -> str:
        return str(super().shown_name(item))

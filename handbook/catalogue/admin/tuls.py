"""Tuls and their steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from handbook.catalogue import services
from handbook.catalogue.admin.items import (
    ORIGIN,
    PUBLICATION,
    ItemAdmin,
    ItemInline,
    MissingLanguageFilter,
    TranslationInline,
)
from handbook.catalogue.models import StepFootwork, StepTechnique, Tul, TulAlias, TulStep, TulTranslation


class TulTranslationInline(TranslationInline):
    model = TulTranslation


class TulAliasInline(ItemInline):
    model = TulAlias


class TulStepInline(ItemInline):
    model = TulStep
    fields = ("number", "romanization", "name_ko", "stance", "stance_side", "front_foot", "facing", "timing")
    autocomplete_fields = ("stance",)
    show_change_link = True


@admin.register(Tul)
class TulAdmin(ItemAdmin):
    inlines = (TulTranslationInline, TulStepInline, TulAliasInline)
    autocomplete_fields = ("ready_stance", "alternative_to", "tags")
    list_display = ("shown_name", "slug", "number", "min_belt", "movements", "shown_languages", "is_public", "revision")
    list_filter = ("kind", "min_belt", MissingLanguageFilter, "is_draft", "confidence", "tags")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "slug",
                    "romanization",
                    "kind",
                    ("number", "alternative_to"),
                    "min_belt",
                    "movements",
                    ("diagram_shape", "diagram_char"),
                    "ready_stance",
                    ("start_facing", "end_facing", "closing_foot"),
                    "tags",
                )
            },
        ),
        PUBLICATION,
        ORIGIN,
    )


class StepFootworkInline(TabularInline):
    model = StepFootwork
    extra = 0


class StepTechniqueInline(TabularInline):
    model = StepTechnique
    extra = 0
    autocomplete_fields = ("technique", "tool")


@admin.register(TulStep)
class TulStepAdmin(ModelAdmin):
    """A step with its footwork and techniques; it is published with its tul, and with the one it is moved out of."""

    inlines = (StepFootworkInline, StepTechniqueInline)
    list_display = ("tul", "number", "romanization", "facing", "timing")
    list_filter = ("tul", "timing", "confidence")
    search_fields = ("tul__slug", "romanization", "name_ko")
    autocomplete_fields = ("tul", "stance", "after_ready")
    ordering = ("tul__min_belt", "tul__slug", "number")
    list_select_related = ("tul",)
    fieldsets = (
        (None, {"fields": ("tul", "number", "romanization", "name_ko")}),
        ("Stance", {"fields": ("stance", ("stance_side", "front_foot"), ("support", "facing"))}),
        ("Timing", {"fields": ("timing", ("timing_first", "timing_last"), "keeps_hands_of")}),
        ("Arms in words", {"classes": ["tab"], "fields": ("detail_pl", "detail_en", "detail_ko")}),
        ("Notes", {"classes": ["tab"], "fields": ("note_pl", "note_en", "note_ko", "confidence")}),
        ("Uncounted return", {"classes": ["tab"], "fields": ("after_foot", "after_ready", "after_facing")}),
    )

    def save_related(self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        services.record_change(Tul.objects.filter(pk__in={form.instance.tul_id, form.initial.get("tul")} - {None}))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        services.record_change([obj.tul])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        tuls: Iterable[Tul] = list(Tul.objects.filter(steps__in=queryset).distinct())
        super().delete_queryset(request, queryset)
        services.record_change(tuls)

"""Techniques and stances."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import StackedInline

from handbook.catalogue.admin.items import ORIGIN, PUBLICATION, ItemAdmin, ItemInline, TranslationInline
from handbook.catalogue.models import (
    CommonMistake,
    KeyPoint,
    StanceGeometry,
    Technique,
    TechniqueAlias,
    TechniqueCategory,
    TechniqueTranslation,
)


class TechniqueTranslationInline(TranslationInline):
    model = TechniqueTranslation


class TechniqueAliasInline(ItemInline):
    model = TechniqueAlias


class KeyPointInline(ItemInline):
    model = KeyPoint


class CommonMistakeInline(ItemInline):
    model = CommonMistake


class StanceGeometryInline(StackedInline):
    model = StanceGeometry
    tab = True
    fields = (
        ("length_shoulder_widths", "width_shoulder_widths"),
        ("front_foot_outward_deg", "rear_foot_outward_deg"),
        ("named_after", "weight_front_percent", "knees"),
        "source",
    )


@admin.register(Technique)
class TechniqueAdmin(ItemAdmin):
    inlines = (
        TechniqueTranslationInline,
        KeyPointInline,
        CommonMistakeInline,
        TechniqueAliasInline,
        StanceGeometryInline,
    )
    autocomplete_fields = ("base", "tool", "tags")
    fieldsets = (
        (None, {"fields": ("slug", "romanization", "category", "min_belt", "level", "base", "tool", "tags")}),
        PUBLICATION,
        ORIGIN,
    )

    def get_inlines(self, request: HttpRequest, obj: Technique | None) -> Any:
        """A stance alone has measures; a new technique gets them once it is saved as one."""
        if obj and obj.category == TechniqueCategory.STANCE:
            return self.inlines
        return tuple(inline for inline in self.inlines if inline is not StanceGeometryInline)

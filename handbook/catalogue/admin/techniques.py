"""Techniques and stances."""

from django.contrib import admin

from handbook.catalogue.admin.items import ORIGIN, PUBLICATION, ItemAdmin, ItemInline, TranslationInline
from handbook.catalogue.models import CommonMistake, KeyPoint, Technique, TechniqueAlias, TechniqueTranslation


class TechniqueTranslationInline(TranslationInline):
    model = TechniqueTranslation


class TechniqueAliasInline(ItemInline):
    model = TechniqueAlias


class KeyPointInline(ItemInline):
    model = KeyPoint


class CommonMistakeInline(ItemInline):
    model = CommonMistake


@admin.register(Technique)
class TechniqueAdmin(ItemAdmin):
    inlines = (TechniqueTranslationInline, KeyPointInline, CommonMistakeInline, TechniqueAliasInline)
    autocomplete_fields = ("base", "tool", "tags")
    fieldsets = (
        (None, {"fields": ("slug", "romanization", "category", "min_belt", "level", "base", "tool", "tags")}),
        PUBLICATION,
        ORIGIN,
    )

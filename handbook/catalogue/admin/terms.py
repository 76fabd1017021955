"""The glossary."""

from django.contrib import admin

from handbook.catalogue.admin.items import ORIGIN, PUBLICATION, ItemAdmin, ItemInline, TranslationInline
from handbook.catalogue.models import Term, TermAlias, TermPart, TermPromise, TermTranslation


class TermTranslationInline(TranslationInline):
    model = TermTranslation


class TermAliasInline(ItemInline):
    model = TermAlias


class TermPartInline(ItemInline):
    model = TermPart
    fk_name = "term"
    autocomplete_fields = ("part",)


class TermPromiseInline(ItemInline):
    model = TermPromise


@admin.register(Term)
class TermAdmin(ItemAdmin):
    inlines = (TermTranslationInline, TermAliasInline, TermPartInline, TermPromiseInline)
    fieldsets = (
        (None, {"fields": ("slug", "romanization", "category", "min_belt", "tags")}),
        PUBLICATION,
        ORIGIN,
    )

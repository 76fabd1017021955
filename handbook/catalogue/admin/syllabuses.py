"""What grades ask for, version by version, and what organisations ask otherwise."""

from typing import Any

from django.contrib import admin
from unfold.decorators import display

from handbook.catalogue.admin.items import ORIGIN, PUBLICATION, ItemAdmin, ItemInline, TranslationInline
from handbook.catalogue.models import Syllabus, SyllabusEntry, SyllabusTranslation, SyllabusVariant


class SyllabusTranslationInline(TranslationInline):
    model = SyllabusTranslation
    exclude = ("name",)
    verbose_name = verbose_name_plural = "texts"


class SyllabusEntryInline(ItemInline):
    model = SyllabusEntry
    ordering = ("section", "position")
    autocomplete_fields = ("technique", "tul", "term", "theory", "tool", "stance")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer the variants of this syllabus alone."""
        if db_field.name == "variant":
            kwargs["queryset"] = SyllabusVariant.objects.filter(syllabus=request.resolver_match.kwargs.get("object_id"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SyllabusVariantInline(ItemInline):
    model = SyllabusVariant


@admin.register(Syllabus)
class SyllabusAdmin(ItemAdmin):
    inlines = (SyllabusTranslationInline, SyllabusEntryInline, SyllabusVariantInline)
    list_display = ("shown_name", "slug", "min_belt", "promotes_to", "valid_from", "valid_to", "is_public", "revision")
    list_filter = ("min_belt", "is_draft", "confidence", "tags")
    search_fields = ("slug", "variants__organisation")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "slug",
                    ("min_belt", "promotes_to"),
                    ("colour", "stripe"),
                    ("min_hours", "min_months", "max_months"),
                    "tags",
                )
            },
        ),
        PUBLICATION,
        ORIGIN,
    )

    @display(description="grade", ordering="min_belt")
    def shown_name(self, item: Any) -> str:
        return str(item.get_min_belt_display())

"""Tags: a renamed one changes every item that has it."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from handbook.catalogue import services
from handbook.catalogue.models import CatalogueItem, Tag, Technique, Term, TheoryQuestion, Tul


@admin.register(Tag)
class TagAdmin(ModelAdmin):
    list_display = ("slug", "uses")
    search_fields = ("slug",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        tags: QuerySet[Any] = super().get_queryset(request)
        counted: QuerySet[Any] = tags.annotate(
            techniques=Count("technique", distinct=True),
            tuls=Count("tul", distinct=True),
            terms=Count("term", distinct=True),
            theory=Count("theoryquestion", distinct=True),
        )
        return counted

    @display(description="items")
    def uses(self, tag: Any) -> int:
        return int(tag.techniques + tag.tuls + tag.terms + tag.theory)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        services.record_change(_tagged(obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        items = _tagged(obj)
        super().delete_model(request, obj)
        services.record_change(items)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for tag in queryset:
            self.delete_model(request, tag)


def _tagged(tag: Tag) -> list[CatalogueItem]:
    return [
        *Technique.objects.filter(tags=tag),
        *Tul.objects.filter(tags=tag),
        *Term.objects.filter(tags=tag),
        *TheoryQuestion.objects.filter(tags=tag),
    ]

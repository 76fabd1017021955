"""The editors' desk for exercises and ready plans; what learners make and write is theirs alone."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from handbook.training.models import Exercise, ExerciseText, Plan, PlanBlock, PlanText
from handbook.training.services.plans import measure


class TextInline(TabularInline):
    extra = 0
    fields = ("lang", "name", "text")


class ExerciseTextInline(TextInline):
    model = ExerciseText


class PlanTextInline(TextInline):
    model = PlanText


class PlanBlockInline(TabularInline):
    model = PlanBlock
    extra = 0


class WithdrawnAdmin(ModelAdmin):
    """What is taken away is withdrawn, not deleted: diaries and plans of learners speak of it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Exercise)
class ExerciseAdmin(WithdrawnAdmin):
    list_display = ("slug", "category", "withdrawn_at")
    list_filter = ("category",)
    search_fields = ("slug", "texts__name")
    inlines = (ExerciseTextInline,)


@admin.register(Plan)
class PlanAdmin(WithdrawnAdmin):
    list_display = ("slug", "belt", "minutes", "withdrawn_at")
    list_filter = ("belt",)
    search_fields = ("slug", "texts__name")
    fields = ("slug", "belt", "prepare_s", "withdrawn_at")
    inlines = (PlanTextInline, PlanBlockInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        plans: QuerySet[Any] = super().get_queryset(request)
        return plans.filter(owner=None)

    def minutes(self, plan: Any) -> int:
        return int(plan.about_s // 60)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        measure(form.instance)

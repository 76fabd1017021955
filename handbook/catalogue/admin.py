"""Where editors write. Every save is a publication when the item is public, so it takes a revision."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.decorators import action, display

from handbook.catalogue import restoring, services
from handbook.catalogue.models import (
    CatalogueItem,
    CommonMistake,
    DeletedImport,
    KeyPoint,
    Language,
    StepFootwork,
    StepTechnique,
    Tag,
    Technique,
    TechniqueAlias,
    TechniqueTranslation,
    Term,
    TermAlias,
    TermPart,
    TermPromise,
    TermTranslation,
    TheoryQuestion,
    TheoryQuestionTranslation,
    Tombstone,
    Tul,
    TulAlias,
    TulStep,
    TulTranslation,
)


class MissingLanguageFilter(admin.SimpleListFilter):
    """Items whose name is missing in a language."""

    title = "missing translation"
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(lang, label) for lang, label in Language.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        lang = self.value()
        if lang not in Language.values:
            return queryset
        return queryset.exclude(pk__in=queryset.model._default_manager.filter(translations__lang=lang).values("pk"))


class ItemInline(TabularInline):
    extra = 0
    tab = True


class TranslationInline(StackedInline):
    extra = 0
    max_num = len(Language.values)


WHAT_REVERTING_RESTORES = (
    "Reverting restores this version's own fields and its names and texts in each language, and publishes the result. "
    "Tags, aliases, key points, mistakes, parts, promises and steps have no history: they stay as they are now."
)


class ItemAdmin(SimpleHistoryAdmin, ModelAdmin):
    """What techniques, tuls, terms and theory questions share. The slug is set once: devices and links know it."""

    list_display: Any = ("shown_name", "slug", "min_belt", "category", "shown_languages", "is_public", "revision")
    list_filter: Any = ("category", "min_belt", MissingLanguageFilter, "is_draft", "confidence", "tags")
    search_fields: Any = ("slug", "romanization", "translations__name", "aliases__text")
    autocomplete_fields: Any = ("tags",)
    readonly_fields = ("revision",)
    list_per_page = 50
    actions = ("publish_items", "unpublish_items")
    warn_unsaved_form = True
    list_filter_submit = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        items: QuerySet[Any] = super().get_queryset(request)
        return items.prefetch_related("translations")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = tuple(super().get_readonly_fields(request, obj))
        return (*fixed, "slug") if obj else fixed

    @display(description="name", ordering="slug")
    def shown_name(self, item: Any) -> str:
        names = {translation.lang: translation.name for translation in item.translations.all()}
        return str(names.get("pl") or names.get("en") or item.slug)

    @display(description="languages")
    def shown_languages(self, item: Any) -> str:
        return " ".join(sorted(translation.lang for translation in item.translations.all()))

    @display(description="public", boolean=True)
    def is_public(self, item: CatalogueItem) -> bool:
        return item.revision > 0

    def save_related(self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        services.record_change([form.instance])

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not object_id.isdecimal():
            raise Http404
        shown: HttpResponse = super().history_view(request, object_id, extra_context)
        return shown

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show a former version; sent back, it is what the public sees from then on.

        simple_history saves the form and nothing else: the texts and the revision are added to its transaction.
        """
        version = restoring.version_of(self.model, pk=object_id, version_id=version_id)
        if version is None:
            raise Http404
        if request.method != "POST":
            messages.info(request, WHAT_REVERTING_RESTORES)
        elif self.revert_disabled(request, version.instance):
            raise PermissionDenied
        with transaction.atomic():
            answer: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
            if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:  # else the form had mistakes
                item = self.model._default_manager.get(pk=object_id)
                restoring.restore_texts(item, version=version)
                self._say(request, services.record_change([item]), "reverted")
        return answer

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        services.delete_item(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for item in queryset:
            services.delete_item(item)

    @action(description="Publish")
    def publish_items(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._say(request, services.publish(list(queryset)), "published")

    @action(description="Unpublish (back to draft)")
    def unpublish_items(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._say(request, services.unpublish(list(queryset)), "unpublished")

    def _say(self, request: HttpRequest, revision: int | None, what: str) -> None:
        if revision is None:
            messages.info(request, "The public sees no change.")
        else:
            messages.success(request, f"The selected items are {what}: catalogue revision {revision}.")


PUBLICATION = ("Publication", {"classes": ["tab"], "fields": ("is_draft", "valid_from", "valid_to", "revision")})
ORIGIN = ("Origin", {"classes": ["tab"], "fields": ("source", "confidence")})


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
    autocomplete_fields = ("ready_stance", "tags")
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
                    "number",
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


@admin.register(Tombstone)
class TombstoneAdmin(ModelAdmin):
    """What was withdrawn; the editor names what to look at instead."""

    list_display = ("slug", "kind", "replaced_by", "revision")
    list_filter = ("kind",)
    search_fields = ("slug", "replaced_by")
    fields = ("kind", "slug", "replaced_by", "revision")
    readonly_fields = ("kind", "slug", "revision")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        form = super().get_form(request, obj, change=change, **kwargs)

        class WithKnownReplacement(form):  # type: ignore[misc, valid-type] # Django makes the base at run time
            def clean_replaced_by(self) -> str:
                slug: str = self.cleaned_data["replaced_by"]
                if slug and not services.may_replace(self.instance, slug):
                    raise ValidationError(f"No other public {self.instance.get_kind_display()} has the slug {slug}.")
                return slug

        return WithKnownReplacement

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        services.name_replacement(obj, replaced_by=obj.replaced_by)


@admin.register(DeletedImport)
class DeletedImportAdmin(ModelAdmin):
    """What editors deleted and the import leaves out; an entry that is removed here is imported again."""

    list_display = ("slug", "kind")
    list_filter = ("kind",)
    search_fields = ("slug",)
    fields = ("kind", "slug")
    readonly_fields = ("kind", "slug")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""What techniques, tuls, terms and theory questions share at the editors' desk."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.decorators import action, display

from handbook.catalogue import restoring, services
from handbook.catalogue.models import CatalogueItem, Language


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
    "Tags, aliases, key points, mistakes, parts, promises, measures and steps have no history: they stay as they are."
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

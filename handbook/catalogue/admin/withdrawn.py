"""What is gone: for the public, and for the import."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from handbook.catalogue import services
from handbook.catalogue.models import DeletedImport, Tombstone


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

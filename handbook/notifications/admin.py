"""What was sent to whom, and why something was not: to be read, not changed. Addresses of devices are not shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from handbook.notifications.models import Delivery, Device, Notification


class ReadOnly:
    def has_add_permission(self, request: HttpRequest, *_parent: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeliveryInline(ReadOnly, TabularInline):
    model = Delivery
    fields = ["channel", "state", "reason", "due_at", "tries", "tried_at", "sent_at", "remark"]
    extra = 0
    can_delete = False


@admin.register(Notification)
class NotificationAdmin(ReadOnly, ModelAdmin):
    list_display = ["user", "kind", "local_day", "state", "reason", "planned_at"]
    list_filter = ["kind", "state", "reason"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    date_hierarchy = "local_day"
    ordering = ["-planned_at"]
    fields = ["user", "kind", "about", "local_day", "state", "reason", "planned_at"]
    inlines = [DeliveryInline]


@admin.register(Device)
class DeviceAdmin(ReadOnly, ModelAdmin):
    list_display = ["user", "channel", "created_at"]
    list_filter = ["channel"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    fields = ["user", "channel", "created_at"]

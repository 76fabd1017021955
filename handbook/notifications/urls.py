"""Mounted at /api/v1/."""

from django.urls import path

from handbook.notifications import views

urlpatterns = [
    path("notifications/devices", views.Devices.as_view(), name="notification-devices"),
    path("notifications/devices/<uuid:device_id>", views.DeviceDetail.as_view(), name="notification-device"),
    path("notifications/preferences", views.PreferencesView.as_view(), name="notification-preferences"),
    path("notifications/vapid-key", views.VapidKey.as_view(), name="vapid-key"),
]

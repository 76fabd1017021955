from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "handbook.notifications"
    verbose_name = "Notifications"

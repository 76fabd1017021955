from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "handbook.sync"
    verbose_name = "Sync"

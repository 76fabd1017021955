from django.apps import AppConfig


class ObservabilityConfig(AppConfig):
    name = "handbook.observability"

    def ready(self) -> None:
        from handbook.observability import celery_context  # noqa: F401, PLC0415 - connects Celery's signals

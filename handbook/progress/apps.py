from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "handbook.progress"
    verbose_name = "Progress"

    def ready(self) -> None:
        # Models may be imported only now.
        from handbook.progress.sync_handlers import ChoiceHandler, ProgressHandler  # noqa: PLC0415
        from handbook.sync.registry import register  # noqa: PLC0415

        for handler in (ChoiceHandler(), ProgressHandler()):
            register(handler)

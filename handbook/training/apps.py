from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "handbook.training"
    verbose_name = "Training"

    def ready(self) -> None:
        # Models may be imported only now.
        from handbook.catalogue.content.importing import follow_content  # noqa: PLC0415
        from handbook.sync.registry import register  # noqa: PLC0415
        from handbook.training.importing import import_trainings  # noqa: PLC0415
        from handbook.training.sync_handlers import SessionHandler  # noqa: PLC0415

        follow_content(import_trainings)
        register(SessionHandler())

from django.apps import AppConfig

from handbook.observability import doctor


class CatalogueConfig(AppConfig):
    name = "handbook.catalogue"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        # Models and tasks may be imported only now.
        from handbook.catalogue.revision import on_due, on_published  # noqa: PLC0415
        from handbook.catalogue.selectors import content_finding  # noqa: PLC0415
        from handbook.catalogue.services import settle_validity  # noqa: PLC0415
        from handbook.catalogue.tasks import publish_snapshot  # noqa: PLC0415

        doctor.register("content", content_finding)

        def queue_snapshot(_revision: int) -> None:
            publish_snapshot.apply_async(retry=False)

        on_due(settle_validity)
        on_published(queue_snapshot)

from django.apps import AppConfig
from django.conf import settings


class SearchConfig(AppConfig):
    name = "handbook.search"

    def ready(self) -> None:
        # Models and tasks may be imported only now.
        from handbook.catalogue.revision import on_published  # noqa: PLC0415
        from handbook.search.tasks import push_changes  # noqa: PLC0415

        def queue_push(_revision: int) -> None:
            if settings.MEILISEARCH_URL:
                push_changes.apply_async(retry=False)

        on_published(queue_push)

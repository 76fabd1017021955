"""The server of the handbook. Celery's application is loaded with it, so that `shared_task` finds it."""

from handbook.celery import app as celery_app

__all__ = ["celery_app"]

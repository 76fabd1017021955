"""The Celery application: `celery -A handbook worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handbook.settings.local")

app = Celery("handbook")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

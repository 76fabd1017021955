"""`manage.py begin_catalogue_epoch`: after a backup was restored, make caches and devices fetch everything anew."""

from typing import Any

from django.core.management.base import BaseCommand

from handbook.catalogue.services import begin_epoch


class Command(BaseCommand):
    help = "Tell caches and devices that this database was put back to an earlier time; run it once after a restore."

    def handle(self, *args: Any, **options: Any) -> str:
        return f"A new epoch begins at revision {begin_epoch()}; devices fetch the whole catalogue once."

"""`manage.py vapid_keys`: a new key pair for web push."""

from typing import Any

from django.core.management.base import BaseCommand

from handbook.notifications.channels import vapid


class Command(BaseCommand):
    help = "Print a new VAPID key pair. Stores nothing; a changed key makes every browser subscribe anew."

    def handle(self, *args: Any, **options: Any) -> str:
        private_key = vapid.new_private_key()
        return f"VAPID_PRIVATE_KEY={private_key}\npublic key: {vapid.public_key_of(private_key)}"

"""`manage.py prune_token_families`: forget sign-ins whose tokens expired long ago."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from handbook.accounts.services.sign_ins import prune_families


class Command(BaseCommand):
    help = "Delete token families that expired more than --days ago. Safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=30)

    def handle(self, *args: Any, days: int, **options: Any) -> str:
        deleted = prune_families(expired_before=timezone.now() - timedelta(days=days))
        return f"Deleted {deleted} token families that expired more than {days} days ago."

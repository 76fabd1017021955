"""`manage.py create_demo_accounts`: one account for each role, for trying the handbook out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from handbook.accounts.services.demo import DemoAccount, create_demo_accounts


class Command(BaseCommand):
    help = "Create demo, coach, editor and admin @example.org and print their passwords. Safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset-passwords", action="store_true", help="give accounts that exist a new password")

    def handle(self, *args: Any, reset_passwords: bool, **options: Any) -> str:
        if settings.DEMO_ACCOUNTS_ALLOWED is not True:
            raise CommandError("These settings do not allow demo accounts (DEMO_ACCOUNTS_ALLOWED).")
        accounts = create_demo_accounts(folder=settings.DATA_DIR, reset_passwords=reset_passwords)
        return "\n".join(_line(account) for account in accounts)


def _line(account: DemoAccount) -> str:
    password = account.password or "(changed since; --reset-passwords gives a new one)"
    return f"{account.role.value:<8} {account.email:<20} {password}"

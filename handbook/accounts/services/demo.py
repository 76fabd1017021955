"""The accounts of a trial run, one for each role."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from handbook.accounts import selectors
from handbook.accounts.models import Role, TokenFamily, User
from handbook.accounts.services.sign_ins import end_families

DEMO_ROLES: Mapping[str, Role] = {
    "demo@example.org": Role.STUDENT,
    "coach@example.org": Role.COACH,
    "editor@example.org": Role.EDITOR,
    "admin@example.org": Role.ADMIN,
}
PASSWORD_FILE = "demo-accounts.txt"  # noqa: S105 - a file's name


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    email: str
    role: Role
    password: str | None  # None: the account exists, and its password was changed or its note is lost


@transaction.atomic
def create_demo_accounts(*, folder: Path, reset_passwords: bool = False) -> list[DemoAccount]:
    """Create what is missing and return all four; passwords are noted in `folder`, readable by its owner only.

    An account that exists keeps its password unless `reset_passwords` is set.
    """
    noted = _noted_passwords(folder / PASSWORD_FILE)
    accounts = [
        DemoAccount(email=email, role=role, password=_password_of(email, role, noted.get(email), reset=reset_passwords))
        for email, role in DEMO_ROLES.items()
    ]
    _note_passwords(folder / PASSWORD_FILE, accounts)
    return accounts


def _password_of(email: str, role: Role, noted: str | None, *, reset: bool) -> str | None:
    user = selectors.user_with_email(email)
    if user and not reset:
        return noted if noted and user.check_password(noted) else None
    password = secrets.token_urlsafe(12)
    if user is None:
        User.objects.create_user(email, password, role=role, display_name=role.label)
        return password
    user.set_password(password)
    user.save(update_fields=["password"])
    end_families(user=user, reason=TokenFamily.Reason.PASSWORD_CHANGED)
    return password


def _noted_passwords(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {words[0]: words[1] for words in lines if len(words) == 2}  # noqa: PLR2004 - an address and a password


def _note_passwords(path: Path, accounts: list[DemoAccount]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("".join(f"{a.email} {a.password}\n" for a in accounts if a.password), encoding="utf-8")

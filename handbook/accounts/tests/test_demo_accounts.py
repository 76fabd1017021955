"""Demo accounts: only where they are allowed, and the same at every start."""

import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from handbook.accounts.models import User
from handbook.accounts.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DEMO_ACCOUNTS_ALLOWED = True
    settings.DATA_DIR = tmp_path / "var"
    return tmp_path / "var"


def printed(*options: str) -> dict[str, list[str]]:
    """Return email → [role, password] as printed."""
    lines = str(call_command("create_demo_accounts", *options)).splitlines()
    return {email: [role, password] for role, email, password in (line.split(maxsplit=2) for line in lines)}


def test_four_accounts_are_made_whose_printed_passwords_work(folder: Path) -> None:
    accounts = printed()
    assert {email: role for email, (role, _) in accounts.items()} == {
        "demo@example.org": "student",
        "coach@example.org": "coach",
        "editor@example.org": "editor",
        "admin@example.org": "admin",
    }
    for email, (_, password) in accounts.items():
        response = make.stranger().post("/api/auth/token/", {"email": email, "password": password})
        assert response.status_code == 200
    assert User.objects.get(email="admin@example.org").is_superuser


def test_a_later_start_prints_the_same_and_only_the_owner_can_read_the_note(folder: Path) -> None:
    first = printed()
    assert printed() == first
    assert User.objects.count() == 4
    assert stat.S_IMODE((folder / "demo-accounts.txt").stat().st_mode) == 0o600


def test_a_password_that_somebody_changed_is_not_printed_and_not_touched(folder: Path) -> None:
    printed()
    demo = User.objects.get(email="demo@example.org")
    demo.set_password(make.PASSWORD)
    demo.save()
    assert printed()["demo@example.org"][1] == "(changed since; --reset-passwords gives a new one)"
    demo.refresh_from_db()
    assert demo.check_password(make.PASSWORD)


def test_reset_passwords_gives_new_ones_and_ends_the_sign_ins(folder: Path) -> None:
    first = printed()
    client = make.client_of(User.objects.get(email="coach@example.org"))
    second = printed("--reset-passwords")
    assert not {password for _, password in first.values()} & {password for _, password in second.values()}
    assert client.get("/api/v1/me").status_code == 401
    assert printed() == second


@pytest.mark.parametrize("allowed", [False, None, "yes", 1])
def test_they_are_refused_where_settings_do_not_say_true(folder: Path, settings: Settings, allowed: object) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = allowed
    with pytest.raises(CommandError):
        call_command("create_demo_accounts")
    assert (User.objects.count(), folder.exists()) == (0, False)

"""The user model: one account an address, and rights that follow from the role."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import RequestFactory

from handbook.accounts import selectors
from handbook.accounts.models import Role, User
from handbook.accounts.tests import make

pytestmark = pytest.mark.django_db


def test_a_user_has_a_random_uuid_and_an_email_in_lower_case() -> None:
    mina = make.user(" Mina@Example.ORG ")
    assert mina.pk.version == 4
    assert mina.email == "mina@example.org"
    assert selectors.has_verified_email(mina)


def test_an_address_has_one_account_in_whatever_case() -> None:
    make.user("mina@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.user("MINA@example.org")
    assert User.objects.count() == 1


def test_the_database_refuses_a_second_address_that_differs_in_case() -> None:
    make.user("mina@example.org")
    other = make.user("other@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=other.pk).update(email="MINA@example.org")


@pytest.mark.parametrize(
    ("role", "is_staff", "is_superuser"),
    [
        (Role.STUDENT, False, False),
        (Role.COACH, False, False),
        (Role.EDITOR, True, False),
        (Role.ADMIN, True, True),
    ],
)
def test_rights_follow_the_role(role: Role, is_staff: bool, is_superuser: bool) -> None:  # noqa: FBT001
    made, changed = make.user(role=role), make.user()
    changed.role = role
    changed.save(update_fields=["role"])
    changed.refresh_from_db()
    assert (made.is_staff, made.is_superuser) == (is_staff, is_superuser)
    assert (changed.is_staff, changed.is_superuser) == (is_staff, is_superuser)


@pytest.mark.parametrize("rights", [{"is_staff": True}, {"is_superuser": True}, {"role": Role.ADMIN}])
def test_the_database_refuses_rights_that_do_not_follow_the_role(rights: dict[str, object]) -> None:
    mina = make.user()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=mina.pk).update(**rights)


def test_editors_may_edit_content_but_not_people() -> None:
    editor, student = make.user(role=Role.EDITOR), make.user()
    assert editor.has_perm("catalogue.change_technique")
    assert editor.has_module_perms("catalogue")
    assert not editor.has_perm("accounts.view_user")
    assert not editor.has_module_perms("accounts")
    assert not student.has_perm("catalogue.change_technique")


def test_an_inactive_editor_may_nothing() -> None:
    editor = make.user(role=Role.EDITOR)
    editor.is_active = False
    assert not editor.has_perm("catalogue.change_technique")


def test_createsuperuser_makes_an_admin_who_can_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", make.PASSWORD)
    call_command("createsuperuser", interactive=False, email="Boss@example.org", verbosity=0)
    boss = User.objects.get()
    assert (boss.role, boss.is_superuser, selectors.has_verified_email(boss)) == (Role.ADMIN, True, True)
    request = RequestFactory().post("/admin/login/")
    assert authenticate(request, username="BOSS@example.org", password=make.PASSWORD) == boss


@pytest.mark.django_db(transaction=True)
def test_the_migrations_can_be_undone_and_done_again() -> None:
    names = [("accounts", "0001_create_user_and_profile")]
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()  # of all apps: some need the accounts
    MigrationExecutor(connection).migrate(names)
    assert "accounts_tokenfamily" not in connection.introspection.table_names()
    MigrationExecutor(connection).migrate(latest)
    assert "accounts_tokenfamily" in connection.introspection.table_names()

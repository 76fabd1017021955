"""What stands in the navigation of the editors' desk, and for whom."""

import pytest
from django.test import Client

from handbook.accounts.models import Role, User

pytestmark = pytest.mark.django_db


def navigation(client: Client, role: Role) -> set[str]:
    client.force_login(User.objects.create_user("somebody@example.org", role=role))
    groups = client.get("/admin/").context["sidebar_navigation"]
    return {item["title"] for group in groups for item in group["items"] if item["has_permission"]}


CONTENT = {
    "Techniques",
    "Tuls",
    "Glossary",
    "Syllabuses",
    "Theory questions",
    "Exercises",
    "Ready plans",
    "Tags",
    "Tombstones",
    "Left out of the import",
}


def test_an_editor_finds_the_content_and_nobody_else(client: Client) -> None:
    assert navigation(client, Role.EDITOR) == CONTENT


def test_an_administrator_finds_people_too(client: Client) -> None:
    assert navigation(client, Role.ADMIN) == CONTENT | {"Users", "Sign-ins", "Attempts to sign in"}

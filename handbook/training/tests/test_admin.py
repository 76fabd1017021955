"""The editors' desk: what is edited there is what everybody reads, and nobody's own plans are seen."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from handbook.accounts.models import Role
from handbook.accounts.tests import make as accounts
from handbook.catalogue.tests.test_admin import form_of, send
from handbook.training.models import Exercise, Plan
from handbook.training.tests import make
from handbook.training.tests.make import got, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def content(tmp_path: Path) -> None:
    make.content(tmp_path)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(accounts.user(role=Role.EDITOR))
    return client


def test_an_edited_exercise_is_what_everybody_reads(editor: Client) -> None:
    address = reverse("admin:training_exercise_change", args=[Exercise.objects.get().pk])
    index = next(name for name, value in form_of(editor, address).items() if value == "pl").removesuffix("-lang")
    send(editor, address, **{f"{index}-name": "lekki bieg"})
    [exercise] = got(accounts.stranger(), "exercises?lang=pl").body["results"]
    assert exercise["name"] == "lekki bieg"


def test_a_plan_whose_blocks_change_is_measured_anew(editor: Client) -> None:
    address = reverse("admin:training_plan_change", args=[Plan.objects.get().pk])
    send(editor, address, **{"blocks-0-work_s": "300"})
    assert got(accounts.stranger(), "plans/first-steps").body["about_s"] == 2055


@pytest.mark.parametrize(("field", "value"), [("blocks-0-work_s", "4"), ("blocks-0-repetitions", "5"), ("slug", "")])
def test_what_nobody_can_train_is_refused(editor: Client, field: str, value: str) -> None:
    address = reverse("admin:training_plan_change", args=[Plan.objects.get().pk])
    assert editor.post(address, form_of(editor, address) | {field: value}).status_code == 200
    assert got(accounts.stranger(), "plans/first-steps").body["about_s"] == 2355


def test_an_editor_sees_ready_plans_alone_and_deletes_none(editor: Client) -> None:
    sent(accounts.client_of(accounts.user()), "POST", "plans", make.plan(name="Mój tajny plan"))
    own = Plan.objects.get(slug=None)
    listed = editor.get(reverse("admin:training_plan_changelist")).content.decode()
    assert "first-steps" in listed
    assert str(own.pk) not in listed
    assert editor.get(reverse("admin:training_plan_change", args=[own.pk])).status_code == 302
    ready = Plan.objects.get(slug="first-steps")
    assert editor.post(reverse("admin:training_plan_delete", args=[ready.pk]), {"post": "yes"}).status_code == 403


def test_students_stay_outside(client: Client) -> None:
    client.force_login(accounts.user())
    assert client.get(reverse("admin:training_plan_changelist")).status_code == 302

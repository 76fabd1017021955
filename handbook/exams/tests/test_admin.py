"""Editors read and correct a syllabus at their desk."""

from pathlib import Path

import pytest
from django.test import Client

from handbook.accounts.models import Role, User
from handbook.catalogue.content.importing import import_content
from handbook.catalogue.models import Syllabus
from handbook.catalogue.revision import current_revision
from handbook.catalogue.tests.content_folder import ContentFolder

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_corrects_the_hours_and_everybody_reads_it(tmp_path: Path, client: Client) -> None:
    import_content(ContentFolder(tmp_path / "content").path)
    syllabus, before = Syllabus.objects.get(), current_revision()
    client.force_login(User.objects.create_user("editor@example.org", role=Role.EDITOR))
    path = f"/admin/catalogue/syllabus/{syllabus.pk}/change/"
    shown = client.get(path)
    assert b"dollyo-chagi" in shown.content or b"Dollyo Chagi" in shown.content
    assert b"9kup" in client.get("/admin/catalogue/syllabus/").content
    sent: dict[str, object] = {}
    for form in [
        shown.context["adminform"].form,
        *[f for s in shown.context["inline_admin_formsets"] for f in s.formset],
    ]:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = value
    for inline in shown.context["inline_admin_formsets"]:
        for bound in inline.formset.management_form:
            sent[bound.html_name] = bound.value()
    answer = client.post(path, sent | {"min_hours": "50"})
    assert answer.status_code == 302, answer.context["errors"]
    assert current_revision() == before + 1
    assert client.get("/api/v1/exams/9kup/syllabus").json()["min_training"]["hours"] == 50

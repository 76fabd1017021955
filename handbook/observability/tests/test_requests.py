"""The line a request leaves, and the trace a fault leaves, both under the request's id."""

from typing import Any

import pytest
from celery import shared_task
from django.contrib.auth import get_user_model
from django.test import Client

from handbook.common.request_id import current_request_id, set_request_id
from handbook.observability.celery_context import HEADER, send_request_id, take_request_id

pytestmark = pytest.mark.django_db


def events(caplog: pytest.LogCaptureFixture, name: str) -> list[dict[str, Any]]:
    found = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [event for event in found if event["event"] == name]


def test_a_request_leaves_one_line_without_its_query(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/api/v1/search?q=secret", headers={"x-request-id": "basement-0001"})
    [line] = events(caplog, "request")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/v1/search", 200)
    assert line["request_id"] == "basement-0001"
    assert line["duration_ms"] > 0
    assert "user_id" not in line


def test_a_fault_is_logged_with_its_trace(caplog: pytest.LogCaptureFixture, settings: Any) -> None:
    settings.ROOT_URLCONF = "handbook.common.tests.urls"
    Client(raise_request_exception=False).get("/broken/fault", headers={"x-request-id": "basement-0002"})
    [fault] = events(caplog, "fault")
    [line] = events(caplog, "request")
    assert fault["request_id"] == line["request_id"] == "basement-0002"
    assert line["status"] == 500


@pytest.mark.parametrize(
    ("path", "status"),
    [("/app/no.js", 404), ("/broken/permission", 403), ("/broken/suspicious", 400), ("/broken/malformed", 400)],
)
def test_what_is_a_normal_answer_leaves_no_trace(
    caplog: pytest.LogCaptureFixture, settings: Any, path: str, status: int
) -> None:
    settings.ROOT_URLCONF = "handbook.common.tests.urls"
    assert Client().get(path).status_code == status
    assert events(caplog, "fault") == []
    assert [line["status"] for line in events(caplog, "request")] == [status]


def test_who_signed_in_is_named_by_id_only(caplog: pytest.LogCaptureFixture) -> None:
    admin = get_user_model().objects.create_superuser("admin@example.org", "chon-ji has nineteen movements")
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/admin/")
    line = events(caplog, "request")[-1]
    assert line["user_id"] == str(admin.pk)
    assert admin.email not in str(line)


@shared_task
def seen_request_id() -> str:
    return current_request_id()


def test_a_task_carries_the_id_of_the_request_that_queued_it() -> None:
    set_request_id("basement-0003")
    headers: dict[str, Any] = {}
    send_request_id(headers=headers)
    set_request_id("")
    seen_request_id.push_request(**headers)
    try:
        take_request_id(task=seen_request_id)
        assert current_request_id() == "basement-0003"
    finally:
        seen_request_id.pop_request()
    assert headers == {HEADER: "basement-0003"}

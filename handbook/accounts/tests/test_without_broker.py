"""Without the broker or the cache: what is done stays done, and what needs a mail is not begun."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailConfirmation
from celery.exceptions import Retry
from django.core import mail
from pytest_django import Settings

from handbook.accounts import tasks
from handbook.accounts.models import User
from handbook.accounts.tests import make
from handbook.accounts.tests.conftest import Post
from handbook.celery import app
from tests.services import free_port

pytestmark = pytest.mark.django_db

MAILED = [
    ("/api/auth/signup/", lambda _known: {"email": "new@example.org", "password": make.OTHER_PASSWORD}),
    ("/api/auth/signup/", lambda known: {"email": known, "password": make.OTHER_PASSWORD}),
    ("/api/auth/signup/", lambda _known: {"email": "waits@example.org", "password": make.OTHER_PASSWORD}),
    ("/api/auth/verify-email/resend/", lambda known: {"email": known}),
    ("/api/auth/verify-email/resend/", lambda _known: {"email": "nobody@example.org"}),
    ("/api/auth/password/reset/", lambda known: {"email": known}),
]


@pytest.fixture
def without_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Queue for real, to a broker that is not there."""
    monkeypatch.setitem(app.conf, "task_always_eager", 0)
    monkeypatch.setitem(app.conf, "broker_url", f"redis://127.0.0.1:{free_port()}/0")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


@pytest.fixture
def without_cache(settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"


@pytest.mark.parametrize("missing", ["without_broker", "without_cache"])
@pytest.mark.parametrize(("path", "body"), MAILED)
def test_what_needs_a_mail_is_refused_and_not_begun(
    request: pytest.FixtureRequest, post: Post, missing: str, path: str, body: Callable[[str], dict[str, str]]
) -> None:
    known, waits = make.user(), make.unverified_user("waits@example.org")
    request.getfixturevalue(missing)
    answer = post(path, body(known.email))
    assert (answer.status, answer.problem, answer.headers["Retry-After"]) == (503, "mail-unavailable", "60")
    assert answer.body["detail"] == "Nothing was done; try again in a minute."
    assert set(User.objects.values_list("email", flat=True)) == {known.email, waits.email}
    assert [User.objects.get(pk=user.pk).check_password(make.PASSWORD) for user in (known, waits)] == [True, True]
    assert not EmailConfirmation.objects.exists()


@pytest.mark.parametrize("missing", ["without_broker", "without_cache"])
def test_a_password_is_changed_though_nobody_can_be_told(
    request: pytest.FixtureRequest, post: Post, missing: str
) -> None:
    mina = make.user()
    client = make.client_of(mina)
    key = tasks.reset_key(make.user("joon@example.org"))
    request.getfixturevalue(missing)
    new = {"old_password": make.PASSWORD, "new_password": make.OTHER_PASSWORD}
    assert client.post("/api/auth/password/change/", new).status_code == 204
    assert post("/api/auth/password/reset/confirm/", {"key": key, "password": make.OTHER_PASSWORD}).status == 204
    for email in (mina.email, "joon@example.org"):
        assert post("/api/auth/token/", {"email": email, "password": make.OTHER_PASSWORD}).status == 200


@pytest.mark.parametrize("missing", ["without_broker", "without_cache"])
def test_an_unverified_address_is_refused_alike_when_no_link_can_be_sent(
    request: pytest.FixtureRequest, post: Post, missing: str
) -> None:
    waits = make.unverified_user()
    request.getfixturevalue(missing)
    right = post("/api/auth/token/", {"email": waits.email, "password": make.PASSWORD})
    assert right == post("/api/auth/token/", {"email": "nobody@example.org", "password": make.PASSWORD})
    assert mail.outbox == []


def test_a_mail_waits_for_a_commit_that_is_late_and_gives_up_on_one_that_never_came() -> None:
    with pytest.raises(Retry):
        tasks.mail_verification.delay(10**9)
    assert tasks.mail_verification.apply((10**9,), retries=tasks.LATE_COMMITS).state == "SUCCESS"
    assert mail.outbox == []

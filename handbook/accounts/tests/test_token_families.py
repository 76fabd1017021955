"""Refresh tokens: good once; used twice they end their family, and so do signing out and a new password."""

import threading
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework_simplejwt.tokens import AccessToken

from handbook.accounts.models import TokenFamily
from handbook.accounts.tests import make
from handbook.accounts.tests.conftest import Post
from handbook.accounts.tokens import FAMILY_CLAIM, RefreshToken

REFRESH = "/api/auth/token/refresh/"
LOGOUT = "/api/auth/logout/"
ME = "/api/v1/me"


@pytest.mark.django_db
def test_a_refresh_token_is_exchanged_for_the_next_two(post: Post) -> None:
    first = make.tokens(make.user())
    answer = post(REFRESH, {"refresh": first.refresh})
    assert answer.status == 200
    assert answer.body["refresh"] != first.refresh
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert make.bearer(answer.body["access"]).get(ME).status_code == 200
    assert post(REFRESH, {"refresh": answer.body["refresh"]}).status == 200
    assert TokenFamily.objects.count() == 1


@pytest.mark.django_db
def test_both_tokens_name_their_family() -> None:
    pair = make.tokens(make.user())
    family = str(make.family_of(pair.refresh).pk)
    assert AccessToken(pair.access)[FAMILY_CLAIM] == family  # type: ignore[arg-type]
    assert RefreshToken(pair.refresh)[FAMILY_CLAIM] == family  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_refresh_token_used_twice_ends_its_whole_family(post: Post) -> None:
    mina = make.user()
    other_device = make.tokens(mina)
    stolen = make.tokens(mina)
    latest = post(REFRESH, {"refresh": stolen.refresh}).body
    answer = post(REFRESH, {"refresh": stolen.refresh})
    assert (answer.status, answer.problem) == (401, "token-reused")
    assert make.family_of(stolen.refresh).reason == TokenFamily.Reason.TOKEN_REUSED
    assert post(REFRESH, {"refresh": latest["refresh"]}).problem == "token-not-valid"
    assert make.bearer(latest["access"]).get(ME).status_code == 401
    assert make.bearer(stolen.access).get(ME).status_code == 401
    assert post(REFRESH, {"refresh": other_device.refresh}).status == 200


@pytest.mark.django_db
def test_a_third_use_does_not_rewrite_when_the_family_ended(post: Post) -> None:
    pair = make.tokens(make.user())
    for _ in range(2):
        post(REFRESH, {"refresh": pair.refresh})
    ended_at = make.family_of(pair.refresh).ended_at
    assert post(REFRESH, {"refresh": pair.refresh}).problem == "token-reused"
    assert make.family_of(pair.refresh).ended_at == ended_at


@pytest.mark.django_db(transaction=True)
def test_of_many_concurrent_refreshes_of_one_token_exactly_one_wins() -> None:
    pair = make.tokens(make.user())
    start = threading.Barrier(8)
    answers: list[make.Answer] = []

    def refresh() -> None:
        start.wait()
        answers.append(make.Answer.of(make.stranger().post(REFRESH, {"refresh": pair.refresh})))
        connection.close()

    threads = [threading.Thread(target=refresh) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in answers) == [200] + [401] * 7
    assert {answer.problem for answer in answers if answer.status == 401} == {"token-reused"}
    assert make.family_of(pair.refresh).reason == TokenFamily.Reason.TOKEN_REUSED


@pytest.mark.django_db
def test_signing_out_ends_every_token_of_this_sign_in_at_once(post: Post) -> None:
    mina = make.user()
    here, elsewhere = make.tokens(mina), make.tokens(mina)
    assert post(LOGOUT, {"refresh": here.refresh}).status == 204
    assert make.family_of(here.refresh).reason == TokenFamily.Reason.SIGNED_OUT
    assert post(REFRESH, {"refresh": here.refresh}).problem == "token-not-valid"
    response = make.bearer(here.access).get(ME)
    assert (response.status_code, response.json()["type"]) == (401, "/problems/authentication-failed")
    assert make.bearer(elsewhere.access).get(ME).status_code == 200


@pytest.mark.django_db
def test_signing_out_twice_changes_nothing(post: Post) -> None:
    pair = make.tokens(make.user())
    post(LOGOUT, {"refresh": pair.refresh})
    ended_at = make.family_of(pair.refresh).ended_at
    assert post(LOGOUT, {"refresh": pair.refresh}).status == 204
    assert make.family_of(pair.refresh).ended_at == ended_at


@pytest.mark.django_db
def test_a_password_changed_by_anybody_voids_every_token(post: Post) -> None:
    mina = make.user()
    pair = make.tokens(mina)
    mina.set_password(make.OTHER_PASSWORD)
    mina.save()
    assert make.bearer(pair.access).get(ME).status_code == 401
    assert post(REFRESH, {"refresh": pair.refresh}).problem == "token-not-valid"
    assert make.family_of(pair.refresh).reason == TokenFamily.Reason.PASSWORD_CHANGED


@pytest.mark.django_db
def test_an_account_made_inactive_is_out_at_once(post: Post) -> None:
    mina = make.user()
    pair = make.tokens(mina)
    mina.is_active = False
    mina.save()
    assert make.bearer(pair.access).get(ME).status_code == 401
    assert post(REFRESH, {"refresh": pair.refresh}).problem == "token-not-valid"
    assert make.family_of(pair.refresh).reason == TokenFamily.Reason.DEACTIVATED


@pytest.mark.django_db
def test_a_refresh_token_expires_after_thirty_days_and_rotation_starts_them_again(post: Post) -> None:
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False):
        pair = make.tokens(make.user())
    with time_machine.travel("2026-01-31T11:59:59Z", tick=False):
        latest = post(REFRESH, {"refresh": pair.refresh}).body
    with time_machine.travel("2026-03-02T11:59:58Z", tick=False):
        latest = post(REFRESH, {"refresh": latest["refresh"]}).body
    with time_machine.travel("2026-04-01T11:59:58Z", tick=False):
        assert post(REFRESH, {"refresh": latest["refresh"]}).problem == "token-not-valid"


@pytest.mark.django_db
def test_an_access_token_lives_fifteen_minutes() -> None:
    with time_machine.travel("2026-01-01T12:00:00Z", tick=False) as clock:
        client = make.client_of(make.user())
        clock.shift(14 * 60 + 59)
        assert client.get(ME).status_code == 200
        clock.shift(1)
        response = client.get(ME)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


@pytest.mark.django_db
def test_tokens_are_not_good_for_each_others_purpose(post: Post) -> None:
    pair = make.tokens(make.user())
    assert post(REFRESH, {"refresh": pair.access}).problem == "token-not-valid"
    assert make.bearer(pair.refresh).get(ME).status_code == 401
    assert make.family_of(pair.refresh).ended_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("claim", ["", "not-a-uuid", 7, None, [], str(uuid.UUID(int=1))])
def test_a_signed_token_without_a_usable_family_is_refused(post: Post, claim: object) -> None:
    mina = make.user()
    refresh = RefreshToken.of_family(user=mina, family_id=uuid.uuid4())
    refresh[FAMILY_CLAIM] = claim
    assert post(REFRESH, {"refresh": str(refresh)}).problem == "token-not-valid"
    assert make.bearer(str(refresh.access_token())).get(ME).status_code == 401


@pytest.mark.django_db
def test_a_token_of_one_user_does_not_pass_in_the_family_of_another() -> None:
    family = make.family_of(make.tokens(make.user()).refresh)
    forged = RefreshToken.of_family(user=make.user(), family_id=family.pk).access_token()
    assert make.bearer(str(forged)).get(ME).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer a b", "Bearer x.y.z", "Bearer \xff\xfe", "Bearer ....", "Basic a"]
)
def test_a_damaged_authorization_header_is_answered_401(header: str) -> None:
    client = make.stranger()
    client.credentials(HTTP_AUTHORIZATION=header)
    response = client.get(ME)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "x.y.z", "é", "eyJhbGciOiJub25lIn0.eyJqdGkiOiJ4In0."])
def test_what_is_no_token_is_refused_alike_by_refresh_and_logout(post: Post, token: str) -> None:
    refreshed, signed_out = post(REFRESH, {"refresh": token}), post(LOGOUT, {"refresh": token})
    assert refreshed == signed_out
    assert (refreshed.status, refreshed.problem) == (401, "token-not-valid")


@pytest.mark.django_db
def test_checking_an_access_token_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = make.client_of(make.user())
    with django_assert_num_queries(2):  # the token, and the profile that `me` shows
        client.get(ME)


@pytest.mark.django_db
def test_pruning_deletes_only_what_expired_long_ago() -> None:
    mina = make.user()
    old, recent = make.family_of(make.tokens(mina).refresh), make.family_of(make.tokens(mina).refresh)
    old.expires_at = timezone.now() - timedelta(days=31)
    old.save()
    recent.expires_at = timezone.now() - timedelta(days=29)
    recent.save()
    assert call_command("prune_token_families") == "Deleted 1 token families that expired more than 30 days ago."
    assert list(TokenFamily.objects.all()) == [recent]

"""People in the admin."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from handbook.accounts.models import Role, User
from handbook.accounts.tests import make

pytestmark = pytest.mark.django_db


def admin_client() -> Client:
    client = Client()
    client.force_login(make.admin(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def change_form(user: User, **changes: object) -> dict[str, object]:
    profile = user.profile
    return {
        "email": user.email,
        "role": user.role,
        "is_active": "on",
        "profile-TOTAL_FORMS": "1",
        "profile-INITIAL_FORMS": "1",
        "profile-0-user": str(user.pk),
        "profile-0-belt": profile.belt,
        "profile-0-language": profile.language,
        "profile-0-time_zone": profile.time_zone,
        "profile-0-quiet_from": "22:00",
        "profile-0-quiet_until": "07:00",
    } | changes


@pytest.mark.parametrize("page", ["user/", "user/add/", "tokenfamily/"])
def test_the_pages_open(page: str) -> None:
    make.tokens(make.user())
    assert admin_client().get(f"/admin/accounts/{page}").status_code == 200


def test_an_added_user_can_sign_in_and_has_a_profile() -> None:
    form = {
        "email": "Mina@Example.org",
        "role": "editor",
        "usable_password": "true",
        "password1": make.PASSWORD,
        "password2": make.PASSWORD,
    }
    client = admin_client()
    assert client.post("/admin/accounts/user/add/", form).status_code == 302
    mina = User.objects.get(email="mina@example.org")
    assert (mina.role, mina.is_staff, mina.is_superuser, mina.profile.belt) == (Role.EDITOR, True, False, "10kup")
    assert make.stranger().post("/api/auth/token/", {"email": mina.email, "password": make.PASSWORD}).status_code == 200
    assert client.get(f"/admin/accounts/user/{mina.pk}/change/").status_code == 200


def test_an_address_cannot_be_given_twice() -> None:
    make.user("mina@example.org")
    form = {
        "email": "MINA@example.org",
        "role": "student",
        "usable_password": "true",
        "password1": make.PASSWORD,
        "password2": make.PASSWORD,
    }
    assert admin_client().post("/admin/accounts/user/add/", form).status_code == 200
    assert User.objects.filter(email__iexact="mina@example.org").count() == 1


def test_a_changed_role_and_address_take_effect() -> None:
    mina = make.user("mina@example.org")
    path = f"/admin/accounts/user/{mina.pk}/change/"
    form = change_form(mina, email="Mina.Kim@example.org", role="admin", **{"profile-0-belt": "5dan"})
    assert admin_client().post(path, form).status_code == 302
    mina = User.objects.get(pk=mina.pk)
    assert (mina.email, mina.is_superuser, mina.profile.belt) == ("mina.kim@example.org", True, "5dan")
    assert list(EmailAddress.objects.filter(user=mina).values_list("email", "verified", "primary")) == [
        ("mina.kim@example.org", True, True)
    ]
    assert make.stranger().post("/api/auth/token/", {"email": mina.email, "password": make.PASSWORD}).status_code == 200


def test_a_wrong_time_zone_is_refused() -> None:
    mina = make.user()
    path = f"/admin/accounts/user/{mina.pk}/change/"
    response = admin_client().post(path, change_form(mina, **{"profile-0-time_zone": "Europe/Radom"}))
    assert response.status_code == 200
    mina.profile.refresh_from_db()
    assert mina.profile.time_zone == "Europe/Warsaw"


def test_a_password_set_by_an_administrator_signs_the_user_out() -> None:
    mina = make.user()
    client = make.client_of(mina)
    form = {"usable_password": "true", "password1": make.OTHER_PASSWORD, "password2": make.OTHER_PASSWORD}
    assert admin_client().post(f"/admin/accounts/user/{mina.pk}/password/", form).status_code == 302
    assert client.get("/api/v1/me").status_code == 401


def test_editors_do_not_see_people() -> None:
    client = Client()
    client.force_login(make.user(role=Role.EDITOR), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 403

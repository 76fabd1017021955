"""`me`: what one sees and may change of oneself."""

import json
from typing import Any

import pytest

from handbook.accounts.models import Profile, Role
from handbook.accounts.serializers import MeOutput
from handbook.accounts.tests import make
from tkd_rules.grading import BELT_CODES

pytestmark = pytest.mark.django_db

ME = "/api/v1/me"
DEFAULTS = {
    "display_name": "",
    "belt": "10kup",
    "language": "pl",
    "time_zone": "Europe/Warsaw",
    "quiet_from": "22:00",
    "quiet_until": "07:00",
}


def profile_values(profile: Profile) -> dict[str, str]:
    shown = MeOutput(Profile.objects.get(pk=profile.pk)).data
    return {name: shown[name] for name in DEFAULTS}


def test_me_shows_who_is_signed_in() -> None:
    coach = make.user(role=Role.COACH, display_name="Mina", belt="4dan", language="ko", time_zone="Asia/Seoul")
    response = make.client_of(coach).get(ME)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    body = response.json()
    assert body.pop("date_joined").endswith("Z")
    assert body == {
        "id": str(coach.pk),
        "email": coach.email,
        "role": "coach",
        "display_name": "Mina",
        "belt": "4dan",
        "language": "ko",
        "time_zone": "Asia/Seoul",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
    }


@pytest.mark.parametrize("method", ["get", "patch"])
def test_me_is_only_for_who_is_signed_in(method: str) -> None:
    response = getattr(make.stranger(), method)(ME)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    assert response["Cache-Control"] == "private, no-store"


def test_a_patch_changes_what_it_names_and_nothing_else() -> None:
    mina, other = make.user(), make.user()
    response = make.client_of(mina).patch(ME, {"belt": "9", "language": "en"})
    assert response.status_code == 200
    assert {name: response.json()[name] for name in DEFAULTS} == DEFAULTS | {"belt": "9kup", "language": "en"}
    assert profile_values(mina.profile) == DEFAULTS | {"belt": "9kup", "language": "en"}
    assert profile_values(other.profile) == DEFAULTS


def test_quiet_hours_are_chosen_by_the_clock_on_the_wall() -> None:
    mina = make.user()
    response = make.client_of(mina).patch(ME, {"quiet_from": "21:30", "quiet_until": "00:00"})
    assert response.status_code == 200
    assert profile_values(mina.profile) == DEFAULTS | {"quiet_from": "21:30", "quiet_until": "00:00"}


def test_an_empty_patch_changes_nothing() -> None:
    mina = make.user()
    assert make.client_of(mina).patch(ME, {}).status_code == 200
    assert profile_values(mina.profile) == DEFAULTS


@pytest.mark.parametrize("belt", BELT_CODES)
def test_every_belt_can_be_worn(belt: str) -> None:
    assert make.client_of(make.user()).patch(ME, {"belt": belt}).json()["belt"] == belt


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("belt", "11kup"),
        ("belt", "10dan"),
        ("belt", ""),
        ("belt", 9),
        ("belt", None),
        ("belt", "\ud800"),
        ("language", "de"),
        ("language", ""),
        ("language", None),
        ("language", ["pl"]),
        ("language", True),
        ("language", "\ud800"),
        ("time_zone", "Europe/Radom"),
        ("time_zone", "europe/warsaw"),
        ("time_zone", "localtime"),
        ("time_zone", "Factory"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("time_zone", 1),
        ("quiet_from", "24:00"),
        ("quiet_from", "7:00"),
        ("quiet_from", "22:00:00"),
        ("quiet_until", "٠٧:٠٠"),
        ("quiet_until", ""),
        ("quiet_until", None),
        ("quiet_until", 7),
        ("display_name", "x" * 81),
        ("display_name", "a\x00b"),
        ("display_name", "\ud800"),
        ("display_name", {"pl": "Mina"}),
        ("display_name", None),
        ("display_name", 7),
        ("role", "admin"),
        ("email", "other@example.org"),
        ("id", "1"),
        ("is_staff", True),
        ("\ud800", "x"),
    ],
)
def test_a_wrong_or_unknown_field_is_named_and_nothing_is_changed(field: str, value: Any) -> None:
    mina = make.user()
    body = json.dumps({"display_name": "Mina", field: value})
    answer = make.Answer.of(make.client_of(mina).patch(ME, body, content_type="application/json"))
    assert (answer.status, answer.problem) == (400, "invalid")
    assert list(answer.body["errors"]) == [field.replace("\ud800", "?")]
    assert profile_values(mina.profile) == DEFAULTS


def test_wrong_fields_are_named_all_at_once() -> None:
    answer = make.Answer.of(make.client_of(make.user()).patch(ME, {"belt": "white", "language": "de"}))
    assert answer.body["errors"] == {
        "belt": ["'white' is not a grade: give 10kup to 1kup (or 10 to 1), or 1dan to 9dan."],
        "language": ["Give one of pl, en, ko."],
    }

"""`notifications/preferences`: what one hears of, by which channel, and how often."""

from typing import Any

import pytest

from handbook.accounts.tests import make as accounts
from handbook.accounts.tests.make import Answer
from handbook.notifications.models import Preferences, Switch

pytestmark = pytest.mark.django_db

PATH = "/api/v1/notifications/preferences"
PUSHED = {"web_push": True, "mobile_push": True, "email": False}
DEFAULTS: dict[str, Any] = {
    "at_most_a_day": 3,
    "switches": {
        "reviews_due": PUSHED,
        "training_today": PUSHED,
        "grading_near": PUSHED | {"email": True},
        "streak_at_risk": PUSHED,
        "club_message": PUSHED | {"email": True},
    },
}


def test_who_chose_nothing_has_the_defaults() -> None:
    assert accounts.client_of(accounts.user()).get(PATH).json() == DEFAULTS


def test_a_patch_changes_what_it_names_and_for_nobody_else() -> None:
    mina, other = accounts.user(), accounts.user()
    changes = {"at_most_a_day": 1, "switches": {"reviews_due": {"email": True, "web_push": False}}}
    changed = DEFAULTS | {
        "at_most_a_day": 1,
        "switches": DEFAULTS["switches"] | {"reviews_due": {"web_push": False, "mobile_push": True, "email": True}},
    }
    client = accounts.client_of(mina)
    assert client.patch(PATH, changes).json() == changed
    assert client.patch(PATH, {}).json() == client.get(PATH).json() == changed
    assert accounts.client_of(other).get(PATH).json() == DEFAULTS


def test_a_put_sets_the_rest_back() -> None:
    client = accounts.client_of(accounts.user())
    client.patch(PATH, {"at_most_a_day": 1, "switches": {"reviews_due": {"email": True}}})
    assert client.put(PATH, {"at_most_a_day": 5}).json() == DEFAULTS | {"at_most_a_day": 5}
    assert client.put(PATH, {}).json() == DEFAULTS


@pytest.mark.parametrize(
    "body",
    [
        {"at_most_a_day": -1},
        {"at_most_a_day": 21},
        {"at_most_a_day": "3"},
        {"at_most_a_day": 1.5},
        {"at_most_a_day": None},
        {"switches": {"reviews_due": {"email": "yes"}}},
        {"switches": {"reviews_due": {"email": 1}}},
        {"switches": {"reviews_due": {"pigeon": True}}},
        {"switches": {"weather": {"email": True}}},
        {"switches": {"reviews_due": True}},
        {"switches": None},
        {"quiet_from": "22:00"},
        [],
    ],
)
@pytest.mark.parametrize("method", ["put", "patch"])
def test_what_is_wrong_is_refused_and_changes_nothing(method: str, body: Any) -> None:
    client = accounts.client_of(accounts.user())
    answer = Answer.of(getattr(client, method)(PATH, body))
    assert (answer.status, answer.problem) == (400, "invalid")
    assert not Preferences.objects.exists()
    assert not Switch.objects.exists()

"""How learning is scheduled and how it goes: chosen in the app, told to the server, shown from what it holds."""

import json
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.app.browser import App, browser
from tests.live import LiveServer, wait_until

pytestmark = pytest.mark.one_database

EMAIL, PASSWORD = "mina@example.org", "a long password of Mina"
CREATE = f"from handbook.accounts.models import User; User.objects.create_user({EMAIL!r}, {PASSWORD!r})"
RULES = (
    "from handbook.quizzes.models import SchedulingRules; "
    "print(*SchedulingRules.objects.order_by('-since').values_list('algorithm', 'desired_retention')[:1])"
)
DUE = "Today: 0. Within 30 days: 2. Most: 1 ("  # in six days what was remembered, tomorrow what was not
CARDS = ("technique/ap-chagi/meaning", "term/dojang/meaning")


def test_the_rules_chosen_in_the_app_hold_after_a_restart_and_on_the_server(own_server: LiveServer) -> None:
    own_server.manage("shell", "--command", CREATE)
    answer_on_another_device(own_server.url)
    with browser(language="en-GB") as context:
        app = App(context.new_page(), own_server.url, "en")
        app.open("learn/statistics")
        app.sees(app.words["statistics.nothing"])

        app.go("profile")
        app.type("account.email", EMAIL)
        app.type("account.password", PASSWORD)
        app.tap(app.words["account.sign_in"])
        app.sees(app.words["account.signed_in"].format(email=EMAIL))
        app.tap(app.words["action.refresh"])
        app.go("learn/statistics")
        app.sees("30 days: 4. Days with learning: 2. Most: 2 (")
        app.sees("Least: 50% (week up to today). Most: 50% (week up to today).")
        app.sees(DUE)

        app.go("learn/settings")
        app.sees(app.words["deck.sm2_hint"])
        app.choose("deck.algorithm", app.words["deck.fsrs"])
        app.choose("deck.retention", "95%")
        app.choose("deck.new_per_day", "20")
        wait_until(lambda: "('fsrs', 0.95)" in rules_on(own_server), within_s=30, what="the rules reach the server")
        app.open("learn/settings")
        app.button("95%")
        app.button("20")
        app.go("learn/statistics")
        app.sees(DUE)
        assert app.complaints == []


def answer_on_another_device(url: str) -> None:
    """Two cards are met the day before yesterday; today one of them is remembered and the other is not."""
    tokens = post(f"{url}/api/auth/token/", {"email": EMAIL, "password": PASSWORD})
    now = datetime.now(UTC)
    met, back = now - timedelta(days=2), now
    answers = [(CARDS[0], met, 3), (CARDS[1], met, 3), (CARDS[0], back, 3), (CARDS[1], back, 1)]
    operations = [
        {
            "id": f"00000000-0000-4000-8000-{number:012}",
            "kind": "review",
            "payload": {"card": card, "rating": rating, "reviewed_at": at.isoformat(), "elapsed_ms": 9_000},
        }
        for number, (card, at, rating) in enumerate(answers)
    ]
    body = {"device": "tablet", "catalogue_revision": 0, "operations": operations}
    results = post(f"{url}/api/v1/sync/push", body, Authorization=f"Bearer {tokens['access']}")["results"]
    assert {result["status"] for result in results} == {"stored"}


def rules_on(server: LiveServer) -> str:
    return server.manage("shell", "--command", RULES)


def post(url: str, body: dict[str, Any], **headers: str) -> Any:
    sent = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(url, json.dumps(body).encode(), sent)
    with urllib.request.urlopen(request, timeout=20) as response:
        return json.load(response)

"""A push message is shown while the app is closed, and leads to its screen."""

import json

import pytest

from handbook.notifications.channels.message import Message
from tests.app.browser import App, browser
from tests.live import LiveServer

pytestmark = pytest.mark.one_database

TAP = """
  async () => {
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  }
"""
SHOWN = """
  async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
  }
"""


def test_a_push_is_shown_and_leads_to_its_screen(server: LiveServer) -> None:
    message = Message(
        tag="reviews_due",
        title="Powtórki",
        body="3 karty czekają.",
        url=f"{server.url}/app/learn",
        language="pl",
        lives_s=60,
    )
    with browser(language="pl-PL") as context:
        context.grant_permissions(["notifications"], origin=server.url)
        app = App(context.new_page(), server.url, "pl")
        app.open("tuls")
        app.wait_for_the_worker()
        devtools = context.new_cdp_session(app.page)
        registrations: list[dict[str, str]] = []
        devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(told["registrations"]))
        devtools.send("ServiceWorker.enable")
        app.page.wait_for_timeout(500)
        for body in ("Jedna karta czeka.", message.body):  # the second takes the place of the first
            devtools.send(
                "ServiceWorker.deliverPushMessage",
                {
                    "origin": server.url,
                    "registrationId": registrations[0]["registrationId"],
                    "data": json.dumps(message.shown | {"body": body}),
                },
            )
        wanted = {"title": message.title, "body": message.body, "tag": message.tag, "lang": "pl"}
        app.page.wait_for_timeout(1_000)
        assert app.page.evaluate(SHOWN) == [wanted]
        context.service_workers[0].evaluate(TAP)
        app.sees(app.words["quiz.title"])
        assert app.page.url.endswith("/app/learn")

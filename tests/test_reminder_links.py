"""What a reminder opens is a screen of the app."""

from handbook.notifications.kinds import FACTS
from handbook.notifications.registry import planners
from tkd_client.screens.app import ROUTES


def test_every_reminder_that_somebody_plans_opens_a_screen_that_there_is() -> None:
    screens = {route.path for route in ROUTES}
    assert {kind: FACTS[kind].opens for kind in planners() if FACTS[kind].opens not in screens} == {}
    assert FACTS.keys() >= planners().keys() != set()

"""What the worker does every few minutes. Each task may run twice, beside itself, late, or be killed."""

from datetime import date
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from handbook.notifications import delivery, planning, selectors
from handbook.notifications.kinds import Kind
from handbook.notifications.registry import planners

PEOPLE_A_TASK = 50
SENT_A_TURN = 1_000
LONGEST_TASK_S = 120  # a provider may answer byte by byte; delivery.CLAIM is longer
EXPIRES_S = 300  # the next turn finds what is left


@shared_task
def plan_notifications() -> str:
    """Queue the question who is due, kind by kind and in small groups: what breaks one leaves the others alone."""
    asked, zones, now = 0, selectors.zones_in_use(), timezone.now()
    for kind, planner in planners().items():
        for local_day, people in selectors.people_to_ask(planner, zones, at=now):
            asked += len(people)
            for first in range(0, len(people), PEOPLE_A_TASK):
                group = [str(user_id) for user_id in people[first : first + PEOPLE_A_TASK]]
                plan_for.apply_async((kind.value, local_day.isoformat(), group), expires=EXPIRES_S)
    return f"{asked} asked about"


@shared_task
def plan_for(kind: str, local_day: str, user_ids: list[str]) -> str:
    day = date.fromisoformat(local_day)
    planner = planners()[Kind(kind)]
    planned = planning.plan(planner, [UUID(user_id) for user_id in user_ids], local_day=day, at=timezone.now())
    return f"{planned} due"


@shared_task
def send_notifications() -> str:
    """Queue what may be sent now."""
    due = selectors.due_deliveries(at=timezone.now(), limit=SENT_A_TURN)
    for delivery_id in due:
        deliver.apply_async((str(delivery_id),), expires=EXPIRES_S)
    return f"{len(due)} due"


@shared_task(time_limit=LONGEST_TASK_S)
def deliver(delivery_id: str) -> str:
    return delivery.deliver(UUID(delivery_id), at=timezone.now())

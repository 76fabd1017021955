"""A Celery worker whose tasks run at the moment that their sender names: `celery --app tests.simulated_worker worker`.

A task that a task queues runs at the same moment. Everything between tasks happens in real time. What is queued and
what is done is counted, so that the sender knows when nothing is left.
"""

import os
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import django
import redis
import time_machine
from celery.signals import before_task_publish, task_postrun, task_prerun, worker_init

from handbook.celery import app
from handbook.notifications.tests.reminded import DONE, MOMENT, QUEUED

app.conf.task_always_eager = False
_travels: list[time_machine.travel] = []


@lru_cache(maxsize=1)
def counters() -> redis.Redis:
    """Return this process's own connection; the one that forks must not open it."""
    return redis.Redis.from_url(os.environ["REDIS_URL"])


@worker_init.connect
def take_the_planners_of_the_test(**_signal: Any) -> None:
    django.setup()
    from handbook.accounts.models import User  # noqa: PLC0415 - models may be imported only now
    from handbook.notifications import registry  # noqa: PLC0415
    from handbook.notifications.tests.reminded import PEOPLE, Person, planners  # noqa: PLC0415

    @lru_cache(maxsize=10)
    def person_of(user_id: UUID) -> Person | None:
        email = User.objects.values_list("email", flat=True).get(pk=user_id)
        return next((one for one in PEOPLE if email == f"{one.name}@example.org"), None)

    registry._planners.clear()
    for planner in planners(int(os.environ["REMINDERS_SEED"]), person_of):
        registry.register(planner)


@task_prerun.connect
def travel(task: Any = None, **_signal: Any) -> None:
    _travels.append(time_machine.travel(datetime.fromisoformat(getattr(task.request, MOMENT)), tick=False))
    _travels[-1].start()


@task_postrun.connect
def come_back(**_signal: Any) -> None:
    _travels.pop().stop()
    counters().incr(DONE)


@before_task_publish.connect
def pass_the_moment_on(headers: dict[str, Any] | None = None, **_signal: Any) -> None:
    if headers is not None and _travels:
        counters().incr(QUEUED)
        headers[MOMENT] = datetime.now().astimezone().isoformat()

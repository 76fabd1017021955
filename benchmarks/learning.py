"""The second half of `make bench`: what learning costs the server, and what replaying a log costs anybody.

Pushes go to one gunicorn worker on a temporary PostgreSQL that does not wait for the disk. Each batch holds 500
operations of every kind, as a device sends them that comes back after a long time. Everything stays on 127.0.0.1 and
ends by itself.
"""

import argparse
import json
import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.load import Client, figures_of
from benchmarks.server import BENCH_EMAIL, BENCH_PASSWORD, README, SEED, prepare_environment, served
from benchmarks.table import keep
from tests.services import start_postgresql
from tkd_rules.operations import MOST_OPERATIONS
from tkd_rules.repetition.replay import replay_all
from tkd_rules.repetition.reviews import Rating, Review, log_of
from tkd_rules.repetition.settings import ALGORITHMS, Rules, Settings

BATCHES = 60
PULLS = 300
REVIEWS = 10_000
REVIEWS_A_CARD = 12
LEAST_OPERATIONS_PER_S = 3_000
MOST_STATEMENTS = 15
LONGEST_REPLAY_S = 0.5
BEGINNING = datetime(2025, 1, 1, 8, tzinfo=UTC)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="Put the figures into benchmarks/README.md.")
    write = arguments.parse_args().write
    lines = [*replays()]
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        os.environ |= start_postgresql() | {"TEST_DATABASE": "postgresql"}
        prepare_environment(Path(folder), settings="handbook.settings.test", workers=1)
        with served("handbook.wsgi:application", workers=1) as port:
            lines += [*pushes(port), *pulls(port)]
    if write:
        keep(README, "measured learning", "\n".join(f"- {line}" for line in lines))


def told(line: str) -> str:
    print(line, flush=True)
    return line


def replays() -> Iterator[str]:
    dice = random.Random(SEED)  # noqa: S311 - answers, not secrets
    reviews = [review for card in range(REVIEWS // REVIEWS_A_CARD + 1) for review in answers(card, dice)][:REVIEWS]
    for algorithm in ALGORITHMS:
        settings = Settings(history=(Rules(algorithm=algorithm, time_zone="Europe/Warsaw"),))
        taken_s = []
        for _ in range(7):
            started_s = time.perf_counter()
            replay_all(log_of(reviews), settings)
            taken_s.append(time.perf_counter() - started_s)
        middle_s = statistics.median(taken_s)
        share = middle_s / LONGEST_REPLAY_S
        yield told(
            f"replay of {REVIEWS:,} reviews by {algorithm}: {middle_s:.3f} s, {share:.0%} of the limit of 0.5 s."
        )


def answers(card: int, dice: random.Random) -> Iterator[Review]:
    moment = BEGINNING
    for _ in range(REVIEWS_A_CARD):
        moment += timedelta(seconds=dice.randrange(40 * 86_400))
        yield Review(
            id=str(uuid.UUID(int=dice.getrandbits(128))),
            card=f"term/word-{card}/meaning",
            rating=Rating(dice.randint(1, 4)),
            reviewed_at=moment,
            elapsed_ms=dice.randint(500, 20_000),
            device="phone",
        )


def pushes(port: int) -> Iterator[str]:
    dice = random.Random(SEED)  # noqa: S311 - answers, not secrets
    cards = [f"{kind}/{slug}/meaning" for kind, slug in items()]
    client = signed_in(port)
    bodies = [json.dumps(batch(dice, cards, number)).encode() for number in range(BATCHES)]
    for body in bodies:
        results = json.loads(client.ask("/api/v1/sync/push", method="POST", body=body))["results"]
        if {result["status"] for result in results} != {"stored"}:
            raise RuntimeError(f"not all was stored: {results[:3]}")
    figures = figures_of(client.latencies_ms[5:])
    rate = MOST_OPERATIONS * 1_000 / figures.p50_ms
    ratio = rate / LEAST_OPERATIONS_PER_S
    yield told(
        f"push of {MOST_OPERATIONS} operations, PostgreSQL, one worker: p50 {figures.p50_ms:.0f} ms, "
        f"{rate:,.0f} operations a second, {ratio:.1f} times the limit of {LEAST_OPERATIONS_PER_S:,}."
    )
    yield told(f"push of {MOST_OPERATIONS} operations: {statements(dice, cards)} statements (limit {MOST_STATEMENTS}).")


def pulls(port: int) -> Iterator[str]:
    client = signed_in(port)
    cursor = 0
    while True:
        news = json.loads(client.ask(f"/api/v1/sync/learner?since={cursor}"))
        cursor = news["cursor"]
        if not news["has_more"]:
            break
    client.latencies_ms.clear()
    for _ in range(PULLS):
        client.ask(f"/api/v1/sync/learner?since={cursor}")
    figures = client.figures()
    yield told(f"pull with nothing new: p50 {figures.p50_ms:.1f} ms, p95 {figures.p95_ms:.1f} ms.")


def signed_in(port: int) -> Client:
    client = Client(port)
    body = json.dumps({"email": BENCH_EMAIL, "password": BENCH_PASSWORD}).encode()
    access = json.loads(client.ask("/api/auth/token/", method="POST", body=body))["access"]
    client.headers["Authorization"] = f"Bearer {access}"
    client.latencies_ms.clear()
    return client


def items() -> list[tuple[str, str]]:
    from handbook.catalogue.models import Technique, Term  # noqa: PLC0415

    return [
        *(("technique", slug) for slug in Technique.objects.values_list("slug", flat=True)),
        *(("term", slug) for slug in Term.objects.values_list("slug", flat=True)),
    ]


def batch(dice: random.Random, cards: list[str], number: int) -> dict[str, Any]:
    """Return operations of all kinds, most of them answers, in no order."""
    at = (BEGINNING + timedelta(days=number)).isoformat()
    made = [
        ("review", {"card": dice.choice(cards), "rating": dice.randint(1, 4), "reviewed_at": at, "elapsed_ms": 1_500})
        for _ in range(380)
    ]
    made += [("retraction", {"review": str(uuid.UUID(int=dice.getrandbits(128)))}) for _ in range(10)]
    made += [("choice", {"name": f"deck/term/word-{place}", "value": True, "occurred_at": at}) for place in range(50)]
    made += [("rules", {"since": at, "algorithm": "sm2", "desired_retention": 0.9, "time_zone": "Europe/Warsaw"})]
    made += [
        (
            "progress",
            {
                "item_type": "technique",
                "item": f"word-{place}",
                "status": "seen",
                "score": 50,
                "streak": 1,
                "position": 0,
                "note": "",
                "occurred_at": at,
            },
        )
        for place in range(59)
    ]
    dice.shuffle(made)
    operations = [
        {"id": str(uuid.UUID(int=dice.getrandbits(128))), "kind": kind, "payload": payload} for kind, payload in made
    ]
    return {"device": "phone", "operations": operations}


def statements(dice: random.Random, cards: list[str]) -> int:
    """Count the SQL of one push inside this process, transaction included."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from rest_framework.test import APIClient  # noqa: PLC0415

    from handbook.accounts.models import User  # noqa: PLC0415

    client = APIClient(headers={"host": "localhost"})
    client.force_authenticate(User.objects.get(email=BENCH_EMAIL))
    client.post("/api/v1/sync/push", batch(dice, cards, BATCHES), format="json")  # this process learns the cards
    with CaptureQueriesContext(connection) as captured:
        client.post("/api/v1/sync/push", batch(dice, cards, BATCHES + 1), format="json")
    return len(captured) + 1  # who signed in is read too


if __name__ == "__main__":
    main()

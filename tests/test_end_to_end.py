"""What a newcomer, a student and an editor do, against a running server."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mechanicalsoup
import pytest

from tests.live import ROOT, LiveServer, processes_with, wait_until
from tests.services import free_port

EDITOR = ("editor@example.org", "a password for the editor")
CREATE_EDITOR = (
    "from handbook.accounts.models import User, Role; "
    f"User.objects.filter(email={EDITOR[0]!r}).exists() or "
    f"User.objects.create_user({EDITOR[0]!r}, {EDITOR[1]!r}, role=Role.EDITOR)"
)


def get(url: str, **headers: str) -> tuple[int, dict[str, str], Any]:
    """Return status, headers in lower case, and the JSON body of an answer, also of a refusal."""
    return send(urllib.request.Request(url, headers=headers))


def post(url: str, body: dict[str, str]) -> tuple[int, dict[str, str], Any]:
    return send(urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"}))


def send(request: urllib.request.Request) -> tuple[int, dict[str, str], Any]:
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            body = answer.read()
            return (
                answer.status,
                {name.lower(): value for name, value in answer.headers.items()},
                json.loads(body or b"null"),
            )
    except urllib.error.HTTPError as error:
        body = error.read()
        sent = {name.lower(): value for name, value in error.headers.items()}
        return error.code, sent, json.loads(body) if body else None


def search(server: LiveServer, text: str) -> list[str]:
    _status, _headers, body = get(f"{server.url}/api/v1/search?q={urllib.parse.quote(text)}")
    return [hit["slug"] for hit in body["results"]]


def test_the_list_of_a_belt_shows_real_techniques_in_polish(server: LiveServer) -> None:
    status, _headers, body = get(f"{server.url}/api/v1/techniques?belt=9&lang=pl&page_size=200")
    assert status == 200
    names = {item["slug"]: item["name"] for item in body["results"]}
    assert names["dollyo-chagi"] == "kopnięcie okrężne"
    assert {item["min_belt"] for item in body["results"]} == {"10kup", "9kup"}


@pytest.mark.parametrize("text", ["dolyo chaggi", "kopniecie okrezne", "돌려차기", "dollyo", "turning kick"])
def test_the_turning_kick_is_found_first(server: LiveServer, text: str) -> None:
    assert search(server, text)[0] == "dollyo-chagi"


@dataclass(frozen=True, kw_only=True)
class WireAnswer:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes

    def problem(self) -> dict[str, Any]:
        """Return the problem, having looked at what every answer must carry."""
        assert self.headers["content-type"] == "application/problem+json"
        assert int(self.headers["content-length"]) == len(self.body)
        assert self.headers.items() >= USUAL_HEADERS.items()
        assert "default-src 'self'" in self.headers["content-security-policy"]
        body: dict[str, Any] = json.loads(self.body)
        assert body["request_id"] == self.headers["x-request-id"] != ""
        assert body["status"] == self.status
        return body


USUAL_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


def ask(server: LiveServer, start: bytes, *headers: bytes) -> WireAnswer:
    """Send a request whose bytes no client library would send, and read the answer to the end of the connection."""
    lines = [start, *(headers or (b"Host: localhost",)), b"Connection: close", b"", b""]
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(b"\r\n".join(lines))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    sent = {name.lower(): value for name, value in (line.split(": ", 1) for line in rest)}
    return WireAnswer(status=int(first.split(" ")[1]), headers=sent, body=body)


def test_a_query_typed_in_hangul_finds_the_turning_kick(server: LiveServer) -> None:
    answer = ask(server, "GET /api/v1/search?q=돌려차기 HTTP/1.1".encode())
    assert (answer.status, json.loads(answer.body)["results"][0]["slug"]) == (200, "dollyo-chagi")


@pytest.mark.parametrize(
    ("start", "status", "slug", "named"),
    [
        (b"GET /api/v1/search?q=\xff HTTP/1.1", 400, "invalid", ["q"]),
        (b"GET /api/v1/techniques?tag=%ff HTTP/1.1", 400, "invalid", ["tag"]),
        (b"GET /api/v1/techniques?\xff=1 HTTP/1.1", 400, "invalid", ["\ufffd"]),
        (b"GET /api/v1/techniques/\xff HTTP/1.1", 404, "not-found", None),
        ("GET /api/v1/techniques/돌려차기 HTTP/1.1".encode(), 404, "not-found", None),
        (b"GET /api/v1/techniques\x01 HTTP/1.1", 400, "bad-request", None),
        (b"GET /api/v1/techniques /x HTTP/1.1", 400, "bad-request", None),
        (b"GET /api/v1/techniques HTTP/9.9", 400, "bad-request", None),
        (b"G@T /api/v1/techniques HTTP/1.1", 400, "bad-request", None),
        (b"G\xffT /api/v1/techniques HTTP/1.1", 400, "bad-request", None),
        (b"GET", 400, "bad-request", None),
        (b"POST /app/index.html HTTP/1.1", 405, "method-not-allowed", None),
        (b"POST /static/admin/css/base.css HTTP/1.1", 405, "method-not-allowed", None),
    ],
)
def test_what_no_client_sends_is_answered_with_a_problem(
    server: LiveServer, start: bytes, status: int, slug: str, named: list[str] | None
) -> None:
    answer = ask(server, start)
    problem = answer.problem()
    assert (answer.status, problem["type"]) == (status, f"/problems/{slug}")
    assert list(problem["errors"]) == named if named else "errors" not in problem


@pytest.mark.parametrize(
    ("headers", "status", "slug"),
    [
        ([b"Host: localhost", b"Host: evil.example"], 400, "bad-request"),
        ([b"Host: evil.example"], 400, "bad-request"),
        ([b"Host: localhost", b"X-Long: " + b"a" * 8190], 431, "request-header-fields-too-large"),
        ([b"Host: localhost", *(b"X-%d: a" % number for number in range(100))], 431, "request-header-fields-too-large"),
        ([b"Host: localhost", b"No colon"], 400, "bad-request"),
        ([b"Host: localhost", b"X-Null: \x00"], 400, "bad-request"),
        ([b"Host: localhost", b"Transfer-Encoding: braided"], 501, "not-implemented"),
        ([b"Host: localhost", b"Expect: a miracle"], 417, "expectation-failed"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_headers_that_cannot_be_read_are_answered_with_a_problem(
    server: LiveServer, headers: list[bytes], status: int, slug: str
) -> None:
    answer = ask(server, b"GET /api/v1/tuls HTTP/1.1", *headers)
    assert (answer.status, answer.problem()["type"]) == (status, f"/problems/{slug}")


def test_what_was_no_request_is_logged_under_its_own_id(server: LiveServer) -> None:
    given = ask(server, b"G@T / HTTP/1.1").problem()["request_id"]
    wait_until(lambda: given in server.log.read_text(), within_s=10, what="the line is written")
    [line] = [line for line in server.log.read_text().splitlines() if given in line]
    assert "Invalid request from ip=127.0.0.1" in line


@pytest.mark.parametrize(
    "path", ["/api/v1/techniques", "/api/docs", "/health/live", "/static/admin/css/base.css", "/no"]
)
def test_head_answers_like_get_without_the_body_and_without_a_warning(server: LiveServer, path: str) -> None:
    before = len(server.log.read_text())
    got, head = ask(server, f"GET {path} HTTP/1.1".encode()), ask(server, f"HEAD {path} HTTP/1.1".encode())
    assert (head.status, head.headers["content-length"], head.body) == (got.status, got.headers["content-length"], b"")
    assert "no-body response" not in server.log.read_text()[before:]


def test_chon_ji_shows_its_19_steps(server: LiveServer) -> None:
    _status, _headers, body = get(f"{server.url}/api/v1/tuls/chon-ji")
    assert [step["number"] for step in body["steps"]] == list(range(1, 20))
    assert body["meaning"].keys() == {"pl", "en", "ko"}


def test_editing_a_name_in_the_admin_reaches_list_delta_and_search_of_every_worker(server: LiveServer) -> None:
    server.manage("shell", "-c", CREATE_EDITOR)
    address = f"{server.url}/api/v1/techniques?lang=en&page_size=200"
    _status, before, _body = get(address)
    _status, _headers, snapshot = get(f"{server.url}/api/v1/sync/catalogue?since=0")
    search(server, "anything")

    rename_in_admin(server, "twimyo-nopi-chagi", "sky-scraping kick")

    changed_s = time.monotonic()
    status, after, body = get(address, **{"If-None-Match": before["etag"]})
    assert status == 200
    assert after["etag"] != before["etag"]
    assert "sky-scraping kick" in {item["name"] for item in body["results"]}
    _status, _headers, delta = get(f"{server.url}/api/v1/sync/catalogue?since={snapshot['cursor']}")
    assert [item["slug"] for item in delta["upserts"]["techniques"]] == ["twimyo-nopi-chagi"]
    assert delta["upserts"]["tuls"] == delta["upserts"]["terms"] == delta["deletes"] == []
    while time.monotonic() < changed_s + 2:
        time.sleep(0.05)
    for _ in range(20):  # two workers take turns as they please
        assert search(server, "sky-scraping")[:1] == ["twimyo-nopi-chagi"]


def rename_in_admin(server: LiveServer, slug: str, name: str) -> None:
    browser = mechanicalsoup.StatefulBrowser(raise_on_404=True)
    browser.open(f"{server.url}/admin/login/?next=/admin/catalogue/technique/?q={slug}")
    browser.select_form("form#login-form")
    browser["username"], browser["password"] = EDITOR
    browser.submit_selected()
    found = browser.page.select_one('a[href*="/catalogue/technique/"][href*="/change/"]')
    browser.open(server.url + found["href"].split("?")[0])
    form = browser.select_form("form#technique_form")
    languages = form.form.select('select[name^="translations-"][name$="-lang"]')
    english = next(field for field in languages if field.select_one("option[selected]")["value"] == "en")
    browser[english["name"].replace("-lang", "-name")] = name
    answer = browser.submit_selected()
    assert "errorlist" not in answer.text


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_make_run_serves_everything_and_ctrl_c_leaves_no_process(tmp_path: Path, stop: signal.Signals) -> None:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATA_DIR"}}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "handbook.settings.local",
        "PORT": str(port),
        "DATA_DIR": str(tmp_path / "data"),
    }
    with subprocess.Popen(
        [sys.executable, "deploy/local/run.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        printed = []
        for line in run.stdout:
            printed.append(line)
            if line.startswith("ready after"):
                break
        else:
            pytest.fail("".join(printed))
        status, _headers, body = get(f"http://127.0.0.1:{port}/health/")
        assert (status, body["status"]) == (200, "ok")
        assert get(f"http://127.0.0.1:{port}/api/v1/techniques?belt=9&lang=pl")[2]["count"] > 20
        assert any("editor@example.org" in line for line in printed)
        sign_up_by_the_mail_on_the_console(run, f"http://127.0.0.1:{port}", f"http://localhost:{port}/app/")
        run.send_signal(stop)
        assert run.wait(30) == 0
    assert processes_with(str(tmp_path / "data")) == []
    assert (tmp_path / "data" / "handbook.sqlite3").exists()


def sign_up_by_the_mail_on_the_console(run: subprocess.Popen[str], url: str, app_url: str) -> None:
    """Sign up, take the link from the mail that the worker prints, prove the address with it and sign in."""
    mina = {"email": "mina@example.org", "password": "chon-ji has nineteen movements"}
    assert post(f"{url}/api/auth/signup/", mina | {"language": "en"})[0] == 202
    impatient = threading.Timer(60, run.kill)  # which ends the loop below
    impatient.start()
    assert run.stdout
    key = next((line.partition("verify-email?key=")[2] for line in run.stdout if line.startswith(app_url)), "")
    impatient.cancel()
    assert key, "no link to this server's app in a mail"
    proof = {"key": key.strip(), "password": mina["password"]}
    assert post(f"{url}/api/auth/token/", mina)[0] == 401
    assert post(f"{url}/api/auth/verify-email/", proof | {"password": "another one"})[0] == 400
    assert post(f"{url}/api/auth/verify-email/", proof)[0] == 204
    assert post(f"{url}/api/auth/token/", mina)[0] == 200


def test_a_used_port_is_refused_with_advice(tmp_path: Path, server: LiveServer) -> None:
    port = server.url.rsplit(":", 1)[1]
    done = subprocess.run(
        [sys.executable, "deploy/local/run.py"],
        cwd=ROOT,
        env=os.environ | {"PORT": port, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == f"Port {port} is in use; choose another: make run PORT={int(port) + 1}"

"""What a newcomer, a student and an editor do, against a running server."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import mechanicalsoup
import pytest

from tests.live import ROOT, LiveServer, processes_with
from tests.services import free_port

EDITOR = ("editor@example.org", "a password for the editor")
CREATE_EDITOR = (
    "from handbook.accounts.models import User, Role; "
    f"User.objects.filter(email={EDITOR[0]!r}).exists() or "
    f"User.objects.create_user({EDITOR[0]!r}, {EDITOR[1]!r}, role=Role.EDITOR)"
)


def get(url: str, **headers: str) -> tuple[int, dict[str, str], Any]:
    """Return status, headers in lower case, and the JSON body of an answer, also of a refusal."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            body = answer.read()
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, json.loads(body)
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
        run.send_signal(stop)
        assert run.wait(30) == 0
    assert processes_with(str(tmp_path / "data")) == []
    assert (tmp_path / "data" / "handbook.sqlite3").exists()


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

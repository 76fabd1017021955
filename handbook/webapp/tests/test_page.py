"""The page of the app and its files, as a browser gets them."""

from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from handbook.webapp.middleware import FilesMiddleware


@pytest.fixture
def bundle(tmp_path: Path, settings: Settings) -> Path:
    settings.APP_BUNDLE_DIR = tmp_path
    (tmp_path / "index.html").write_text("<html>the app</html>")
    engine = tmp_path / "engine-0123456789ab"
    engine.mkdir()
    (engine / "main.dart.js").write_text("run()" * 100)
    (engine / "main.dart.js.br").write_bytes(b"compressed")
    (tmp_path / "service-worker.js").write_text("work()")
    return tmp_path


@pytest.mark.parametrize("path", ["/app/", "/app/techniques/ap-chagi", "/app/tuls/chon-ji/steps/3"])
def test_every_screen_has_the_same_page(client: Client, bundle: Path, path: str) -> None:
    answer = client.get(path)
    assert answer.content == b"<html>the app</html>"
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_page_may_run_webassembly_and_ask_nobody_else(client: Client, bundle: Path) -> None:
    policy = client.get("/app/")["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "connect-src 'self'" in [rule.strip() for rule in policy.split(";")]
    assert "http" not in policy


def test_without_the_slash_the_app_is_found_too(client: Client) -> None:
    assert client.get("/app")["Location"] == "/app/"


def test_a_file_that_is_not_there_is_a_problem_and_not_a_page(client: Client, bundle: Path) -> None:
    answer = client.get("/app/engine-ba9876543210/main.dart.js")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/problem+json")


def test_a_server_without_a_bundle_says_what_to_do(client: Client, bundle: Path) -> None:
    (bundle / "index.html").unlink()
    answer = client.get("/app/")
    assert answer.status_code == 503
    assert b"make app" in answer.content


def test_what_is_named_by_its_content_is_kept_for_ever(bundle: Path, rf: RequestFactory) -> None:
    serve = FilesMiddleware(lambda _request: None)
    answer = serve(rf.get("/app/engine-0123456789ab/main.dart.js", headers={"Accept-Encoding": "br"}))
    assert "immutable" in answer["Cache-Control"]
    worker = serve(rf.get("/app/service-worker.js"))
    assert answer["Content-Encoding"] == "br"
    assert "immutable" not in worker["Cache-Control"]
    answer.close()
    worker.close()

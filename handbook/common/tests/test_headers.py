"""The headers that every answer carries, asserted as they go over the wire."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db

ANSWERS = [
    ("/api/v1/techniques", 200),
    ("/api/v1/me", 401),
    ("/api/v1/nothing", 404),
    ("/broken/fault", 500),
    ("/health/live", 200),
    ("/robots.txt", 200),
    ("/api/docs", 200),
    ("/admin/login/", 200),
]
API_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy_of(header: str) -> dict[str, str]:
    """Return `{directive: sources}` of a Content-Security-Policy header."""
    return {name: sources for name, _, sources in (part.strip().partition(" ") for part in header.split(";"))}


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_the_headers(public: Client, path: str, status: int) -> None:
    answer = public.get(path)
    assert answer.status_code == status
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) == 32
    assert policy_of(answer["Content-Security-Policy"])["object-src"] == "'none'"


@pytest.mark.parametrize("path", ["/api/v1/techniques", "/api/v1/nothing", "/broken/fault", "/health/live"])
def test_the_policy_of_the_api_allows_nothing_but_ourselves(public: Client, path: str) -> None:
    assert policy_of(public.get(path)["Content-Security-Policy"]) == API_POLICY


def test_pages_for_people_are_relaxed_only_where_they_must_be(public: Client) -> None:
    inline = "'self' 'unsafe-inline'"
    docs = policy_of(public.get("/api/docs")["Content-Security-Policy"])
    admin = policy_of(public.get("/admin/login/")["Content-Security-Policy"])
    assert docs == API_POLICY | {"style-src": inline}
    assert admin == API_POLICY | {"style-src": inline, "script-src": "'self' 'unsafe-eval'"}


def test_a_shared_cache_may_keep_the_catalogue_despite_them(public: Client) -> None:
    answer = public.get("/api/v1/techniques")
    assert "public" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer
    assert "cookie" not in answer.get("Vary", "").lower()


def test_robots_are_told_to_stay_out(public: Client) -> None:
    answer = public.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content == b"User-agent: *\nDisallow: /\n"


def test_an_origin_of_the_list_may_read_and_another_may_not(public: Client, settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example.org"]
    ours = public.get("/api/v1/techniques", headers={"origin": "https://app.example.org"})
    theirs = public.get("/api/v1/techniques", headers={"origin": "https://evil.example"})
    assert ours["Access-Control-Allow-Origin"] == "https://app.example.org"
    assert {"ETag", "X-Request-ID"} <= {name.strip() for name in ours["Access-Control-Expose-Headers"].split(",")}
    assert "Access-Control-Allow-Origin" not in theirs


@pytest.mark.parametrize("path", ["/api/v1/techniques/", "/api/v1/tuls/", "/api/schema", "/api/auth/token"])
def test_a_path_answers_with_a_slash_and_without_one(public: Client, path: str) -> None:
    assert public.get(path).status_code in {200, 405}


def test_the_bare_address_leads_to_something_to_read(public: Client) -> None:
    answer = public.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/api/docs")

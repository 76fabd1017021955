"""Every error is application/problem+json with a request id; no HTML and no trace of ours reaches anybody."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

REFUSALS = [
    ("get", "/nothing/here", 404, "not-found"),
    ("get", "/api/v1/nothing", 404, "not-found"),
    ("get", "/api/v1/techniques/no-such-kick", 404, "not-found"),
    ("get", "/api/v1/me", 401, "not-authenticated"),
    ("post", "/api/v1/techniques", 405, "method-not-allowed"),
    ("post", "/robots.txt", 405, "method-not-allowed"),
    ("options", "/api/docs", 405, "method-not-allowed"),
    ("post", "/api/docs", 405, "method-not-allowed"),
    ("post", "/api/schema", 405, "method-not-allowed"),
    ("options", "/api/schema", 405, "method-not-allowed"),
    ("post", "/broken/silent", 405, "method-not-allowed"),
    ("get", "/broken/silent", 416, "requested-range-not-satisfiable"),
    ("get", "/broken/page", 503, "service-unavailable"),
    ("get", "/broken/busy", 503, "dojang-full"),
    ("get", "/broken/rule", 409, "belt-taken"),
    ("get", "/broken/permission", 403, "forbidden"),
    ("get", "/broken/suspicious", 400, "bad-request"),
    ("get", "/broken/fault", 500, "server-error"),
]


@pytest.mark.parametrize(("method", "path", "status", "slug"), REFUSALS)
def test_every_refusal_is_a_problem(public: Client, method: str, path: str, status: int, slug: str) -> None:
    answer = getattr(public, method)(path, headers={"x-request-id": "basement-0001"})
    problem = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (problem["type"], problem["status"], problem["request_id"]) == (f"/problems/{slug}", status, "basement-0001")
    assert problem["title"]
    assert problem["detail"]
    assert "no-store" in answer["Cache-Control"]


def test_a_fault_tells_nothing_of_the_code(public: Client) -> None:
    text = public.get("/broken/fault").content.decode()
    assert "wet" not in text
    assert "Traceback" not in text


def test_a_broken_rule_names_its_fields_and_says_more(public: Client) -> None:
    problem = public.get("/broken/rule").json()
    assert problem["errors"] == {"belt": ["Taken."]}
    assert (problem["title"], problem["holder"]) == ("Somebody wears it", "Mina")


def test_a_method_that_is_not_allowed_names_those_that_are(public: Client) -> None:
    assert public.post("/robots.txt")["Allow"] == "GET, HEAD"
    assert "GET" in public.post("/api/v1/techniques")["Allow"]


def test_an_unknown_host_is_refused(public: Client) -> None:
    refused = public.get("/api/v1/techniques", headers={"host": "evil.example"})
    assert (refused.status_code, refused.json()["type"]) == (400, "/problems/bad-request")


def test_a_form_without_its_csrf_token_is_refused_with_a_problem() -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/csrf-failed")


@pytest.mark.parametrize("path", ["/api/schema", "/api/docs"])
def test_a_description_in_no_known_language_is_refused_in_json(public: Client, path: str) -> None:
    answer = public.get(path, headers={"accept": "image/png"})
    assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")
    assert answer.json()["type"] == "/problems/not-acceptable"


def test_a_refusal_keeps_the_headers_that_say_how_to_do_better(public: Client) -> None:
    assert public.get("/broken/silent")["Content-Range"] == "bytes */7"
    assert public.post("/broken/silent")["Allow"] == "GET, HEAD"
    assert public.get("/broken/busy")["Retry-After"] == "30"


def test_more_parameters_than_anybody_needs_are_refused_by_name(public: Client) -> None:
    answer = public.get("/api/v1/search?q=ap" + "&belt=9" * 1500)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/too-many-fields")
    assert list(answer.json()["errors"]) == ["belt", "q"]


def test_a_form_of_too_many_fields_is_told_so(public: Client) -> None:
    answer = public.post("/admin/login/", {f"field{number}": "1" for number in range(1500)})
    problem = answer.json()
    assert (answer.status_code, problem["type"], "errors" in problem) == (400, "/problems/too-many-fields", False)


def test_a_body_that_django_will_not_hold_is_too_large(public: Client) -> None:
    form = b"x" * 3_000_000
    answer = public.post("/admin/login/", form, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


def test_a_page_for_people_in_the_admin_stays_a_page(public: Client) -> None:
    refused = public.get("/admin/broken/page")
    assert (refused.status_code, refused.content) == (503, b"<h1>closed</h1>")

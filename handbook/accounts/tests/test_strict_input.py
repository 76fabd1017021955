"""Whatever is sent, the answer is a problem that names the field, never a fault of ours."""

import json
from typing import Any

import pytest
from rest_framework.test import APIClient

from handbook.accounts.tests import make

pytestmark = pytest.mark.django_db

PUBLIC = {
    "/api/auth/token/": {"email": "mina@example.org", "password": make.PASSWORD},
    "/api/auth/token/refresh/": {"refresh": "a.b.c"},
    "/api/auth/logout/": {"refresh": "a.b.c"},
    "/api/auth/signup/": {"email": "mina@example.org", "password": make.PASSWORD},
    "/api/auth/verify-email/": {"key": "abc", "password": make.PASSWORD},
    "/api/auth/verify-email/resend/": {"email": "mina@example.org"},
    "/api/auth/password/reset/": {"email": "mina@example.org"},
    "/api/auth/password/reset/confirm/": {"key": "abc", "password": make.PASSWORD},
}
FIELDS = [(path, name) for path, body in PUBLIC.items() for name in body]
WRONG_VALUES = [None, True, 7, 1.5, [], ["x"], {}, {"a": "b"}, "", "a\x00b", "\ud800", "x" * 5000]


def send_raw(path: str, raw: bytes, content_type: str = "application/json") -> make.Answer:
    response = APIClient().post(path, raw, content_type=content_type)
    assert response["Content-Type"] == "application/problem+json"
    return make.Answer.of(response)


@pytest.mark.parametrize(("path", "name"), FIELDS)
@pytest.mark.parametrize("value", WRONG_VALUES, ids=repr)
def test_a_wrong_value_is_refused_naming_its_field(path: str, name: str, value: Any) -> None:
    answer = send_raw(path, json.dumps(PUBLIC[path] | {name: value}).encode())
    assert (answer.status, answer.problem, list(answer.body["errors"])) == (400, "invalid", [name])


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_a_missing_field_is_named(path: str, name: str) -> None:
    body = {given: value for given, value in PUBLIC[path].items() if given != name}
    answer = send_raw(path, json.dumps(body).encode())
    assert (answer.status, list(answer.body["errors"])) == (400, [name])


@pytest.mark.parametrize("path", PUBLIC)
def test_an_unknown_field_is_named_with_those_that_are_known(path: str) -> None:
    answer = send_raw(path, json.dumps(PUBLIC[path] | {"is_staff": True}).encode())
    assert (answer.status, list(answer.body["errors"])) == (400, ["is_staff"])
    assert answer.body["errors"]["is_staff"][0].startswith("Unknown field. Known: ")


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_a_field_given_twice_is_named(path: str, name: str) -> None:
    text = json.dumps(PUBLIC[path])[:-1] + f', "{name}": "again"}}'
    answer = send_raw(path, text.encode())
    assert (answer.status, answer.body["errors"]) == (400, {name: ["Give this field once."]})


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"{'email': 1}", b"\xff\xfe", b"NaN", b'{"email": NaN}', b"[" * 30000, b'{"a":' * 9000, b"1" * 5000],
    ids=lambda raw: repr(raw[:12]),
)
def test_broken_json_is_refused(path: str, raw: bytes) -> None:
    assert send_raw(path, raw).status == 400


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("raw", [b"[]", b'"text"', b"1", b"null", b"true"])
def test_json_that_is_no_object_is_refused(path: str, raw: bytes) -> None:
    assert send_raw(path, raw).status == 400


@pytest.mark.parametrize("path", PUBLIC)
def test_another_content_type_is_refused(path: str) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"):
        assert send_raw(path, b"email=mina", content_type).status == 415


def test_a_body_is_read_as_utf_8_whatever_its_charset_claims() -> None:
    answer = send_raw("/api/auth/verify-email/", b'{"key": "abc", "password": "p"}', "application/json; charset=utf-16")
    assert answer.problem == "link-not-valid"


def test_a_large_body_is_refused() -> None:
    answer = send_raw("/api/auth/token/", b'{"email": "' + b"x" * 70_000 + b'"}')
    assert (answer.status, answer.problem) == (413, "body-too-large")


@pytest.mark.parametrize("size", [70_000, 3_000_000])
def test_a_large_body_is_refused_whoever_sends_it(size: int) -> None:
    body = b'{"display_name": "' + b"x" * size + b'"}'
    answer = make.client_of(make.user()).patch("/api/v1/me", body, content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


@pytest.mark.parametrize("path", [*PUBLIC, "/api/auth/password/change/"])
def test_other_methods_are_refused(path: str) -> None:
    client = make.client_of(make.user())
    for method in ("get", "put", "patch", "delete"):
        response = getattr(client, method)(path)
        assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")


@pytest.mark.parametrize(
    "email", ["mina", "mina@", "@example.org", "mina@example..org", "a b@example.org", "x" * 250 + "@a.pl"]
)
def test_what_is_no_email_cannot_sign_up(email: str) -> None:
    answer = send_raw("/api/auth/signup/", json.dumps({"email": email, "password": make.PASSWORD}).encode())
    assert (answer.status, list(answer.body["errors"])) == (400, ["email"])

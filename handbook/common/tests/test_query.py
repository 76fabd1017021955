"""What a query string may hold, on a serializer of the tests' own."""

from typing import Any, ClassVar

import pytest
from django.test import RequestFactory
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from handbook.common.query import LanguageField, Query


class KickQuery(Query):
    also_called: ClassVar[dict[str, str]] = {"hasMedia": "has_media"}

    height_cm = serializers.IntegerField(required=False, min_value=0, max_value=250)
    has_media = serializers.BooleanField(required=False)
    kick = serializers.CharField(required=False)
    lang = LanguageField()


def read(query_string: str) -> dict[str, Any]:
    return KickQuery.of(Request(RequestFactory().get("/", QUERY_STRING=query_string)))


def errors_of(query_string: str) -> dict[str, Any]:
    with pytest.raises(ValidationError) as refused:
        read(query_string)
    return dict(refused.value.detail)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query_string", "values"),
    [
        ("", {}),
        ("height_cm=180&lang=pl", {"height_cm": 180, "lang": "pl"}),
        ("has_media=true", {"has_media": True}),
        ("hasMedia=0", {"has_media": False}),
        ("height_cm=+180&&", {"height_cm": 180}),
        ("kick=%EB%8F%8C+%EB%A0%A4", {"kick": "돌 려"}),
        ("kick=돌려".encode().decode("latin-1"), {"kick": "돌려"}),
    ],
)
def test_what_is_known_is_read(query_string: str, values: dict[str, Any]) -> None:
    assert read(query_string) == values


@pytest.mark.parametrize(
    ("query_string", "named"),
    [
        ("hight_cm=180", ["hight_cm"]),
        ("height_cm=251", ["height_cm"]),
        ("height_cm=high", ["height_cm"]),
        ("lang=de", ["lang"]),
        ("height_cm=1&height_cm=2", ["height_cm"]),
        ("has_media=1&hasMedia=1", ["hasMedia"]),
        ("lang=%ff", ["lang"]),
        ("lang=%C5%82&other=%C5", ["other"]),
        ("a=1&b=2", ["a", "b"]),
        ("lang=\xff", ["lang"]),
        ("\xff=1", ["�"]),
        ("lang=pl&lang=%ff", ["lang"]),
        ("&".join(f"kick{number}=1" for number in range(1000)), [f"kick{number}" for number in range(20)]),
        ("x" * 10_000, ["x" * 100]),
    ],
)
def test_what_is_wrong_is_named(query_string: str, named: list[str]) -> None:
    assert list(errors_of(query_string)) == named


def test_an_unknown_parameter_is_told_the_known_ones() -> None:
    [sentence] = errors_of("hight_cm=180")["hight_cm"]
    assert sentence == "Unknown parameter. Known: has_media, height_cm, kick, lang."


def test_bytes_that_are_no_text_are_said_to_be() -> None:
    assert errors_of("lang=%ff%fe")["lang"] == ["Not valid UTF-8 text."]

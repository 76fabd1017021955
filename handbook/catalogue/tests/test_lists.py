"""The lists: what they hold, how they are filtered, ordered and paged, and what they refuse."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handbook.catalogue import services
from handbook.catalogue.models import TechniqueTranslation
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get

pytestmark = pytest.mark.django_db


def slugs(body: Any) -> list[str]:
    return [item["slug"] for item in body["results"]]


def test_a_list_shows_summaries_in_all_languages(get: Get) -> None:
    made = make.technique(aliases=["Dolyo Chagi"], tags=["turning"])
    assert get("techniques").json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "slug": "dollyo-chagi",
                "romanization": "Dollyo Chagi",
                "min_belt": "9kup",
                "has_media": False,
                "revision": made.revision,
                "category": "kick",
                "level": "",
                "name": {"pl": "kopnięcie okrężne", "en": "turning kick", "ko": "돌려 차기"},
                "aliases": ["Dolyo Chagi"],
                "tags": ["turning"],
            }
        ],
    }


def test_lang_flattens_and_names_what_fell_back(get: Get) -> None:
    make.technique(names={"en": "turning kick"})
    [item] = get("techniques?lang=ko").json()["results"]
    assert item["name"] == "turning kick"
    assert item["lang"] == "ko"
    assert item["fallbacks"] == {"name": "en"}


def test_polish_comes_before_english_when_a_language_is_missing(get: Get) -> None:
    make.technique(names={"en": "turning kick", "pl": "kopnięcie okrężne"})
    [item] = get("techniques?lang=ko").json()["results"]
    assert item["name"] == "kopnięcie okrężne"


def test_belt_means_everything_up_to_it_and_min_belt_exactly_it(get: Get) -> None:
    for slug, belt in (("a", "10kup"), ("b", "9kup"), ("c", "8kup"), ("d", "1dan")):
        make.technique(slug, belt=belt)
    assert slugs(get("techniques?belt=9").json()) == ["a", "b"]
    assert slugs(get("techniques?belt=1dan").json()) == ["a", "b", "c", "d"]
    assert slugs(get("techniques?min_belt=8kup").json()) == ["c"]


def test_filters_narrow_together(get: Get) -> None:
    make.technique("a", category="kick", tags=["turning"], has_media=True)
    make.technique("b", category="kick", tags=["turning"])
    make.technique("c", category="block", tags=["turning"], has_media=True)
    assert slugs(get("techniques?category=kick&tag=turning&has_media=true").json()) == ["a"]
    assert slugs(get("techniques?hasMedia=false").json()) == ["b"]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("slug", ["a", "b", "c"]),
        ("-slug", ["c", "b", "a"]),
        ("min_belt,-slug", ["c", "b", "a"]),
        ("name", ["b", "a", "c"]),
        ("-name", ["a", "b", "c"]),
    ],
)
def test_a_list_is_ordered_as_asked_with_the_unnamed_last(get: Get, ordering: str, expected: list[str]) -> None:
    make.technique("a", belt="8kup", names={"pl": "ziemia"})
    make.technique("b", belt="8kup", names={"pl": "cios"})
    make.technique("c", belt="10kup", names={"en": "unnamed in Polish"})
    assert slugs(get(f"techniques?ordering={ordering}").json()) == expected


POLISH = [
    "blok",
    "Cios",
    "cios boczny",
    "ćwiczenia",
    "lewy",
    "łokieć",
    "noga",
    "ósmy",
    "ślizg",
    "zmiana nóg",
    "żółty pas",
]


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("pl", ["10 kup", *POLISH, "앞"]),
        ("en", ["2nd", "back fist", "Block", "block high", "café", "caff", "Élan", "elbow"]),
        ("ko", ["Chon-Ji", "가위", "나래", "돌려 차기", "돌려차기", "앞 차기", "한손"]),
    ],
)
def test_names_stand_in_the_alphabet_of_their_language(get: Get, lang: str, names: list[str]) -> None:
    for number, name in enumerate(names):
        make.technique(f"t{len(names) - number}", names={lang: name})

    def shown(ordering: str) -> list[str]:
        return [item["name"] for item in get(f"techniques?lang={lang}&ordering={ordering}").json()["results"]]

    assert shown("name") == names
    assert shown("-name") == names[::-1]


def test_a_name_takes_its_place_however_it_is_saved(get: Get) -> None:
    for slug, name in (("a", "miecz"), ("b", "noga"), ("c", "opad")):
        make.technique(slug, names={"pl": name})
    moved = TechniqueTranslation.objects.get(technique__slug="a")
    moved.name = "żuraw"
    moved.save(update_fields=["name"])
    services.record_change([moved.technique])
    assert slugs(get("techniques?ordering=name").json()) == ["b", "c", "a"]


def test_the_backfill_gave_rows_the_keys_that_saving_gives() -> None:
    migration = import_module("handbook.catalogue.migrations.0007_fill_sort_keys")
    make.technique(names={"pl": "Łokieć é 앞 1.", "en": "Élan 앞", "ko": "앞 A"})
    kept = dict(TechniqueTranslation.objects.values_list("lang", "sort_key"))
    TechniqueTranslation.objects.update(sort_key=b"")
    migration.fill(apps, None)
    assert dict(TechniqueTranslation.objects.values_list("lang", "sort_key")) == kept


def test_pages_link_to_each_other_and_keep_the_query(get: Get) -> None:
    for number in range(5):
        make.technique(f"t{number}")
    middle = get("techniques?page_size=2&page=2&lang=pl").json()
    assert slugs(middle) == ["t2", "t3"]
    assert middle["next"] == "/api/v1/techniques?page_size=2&lang=pl&page=3"
    assert middle["previous"] == "/api/v1/techniques?page_size=2&lang=pl&page=1"
    assert middle["count"] == 5


def test_a_page_past_the_end_is_a_problem_that_says_where_the_end_is(get: Get) -> None:
    make.technique()
    response = get("techniques?page=2")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["errors"] == {"page": ["The last page is 1."]}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=red", "colour"),
        ("belt=purple", "belt"),
        ("belt=", "belt"),
        ("belt=9&belt=8", "belt"),
        ("min_belt=11", "min_belt"),
        ("category=song", "category"),
        ("tag=UPPER", "tag"),
        ("tag=", "tag"),
        ("has_media=maybe", "has_media"),
        ("has_media=", "has_media"),
        ("tag=a%0A", "tag"),
        ("has_media=true&hasMedia=true", "hasMedia"),
        ("lang=de", "lang"),
        ("ordering=password", "ordering"),
        ("ordering=", "ordering"),
        ("ordering=slug,slug", "ordering"),
        ("ordering=slug,-slug", "ordering"),
        ("ordering=" + "slug," * 12_000 + "name", "ordering"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=99999999999999999999", "page"),
        ("page=1.0", "page"),
        ("page=%2B1", "page"),
        ("page=%201", "page"),
        ("page=1_0", "page"),
        ("page=", "page"),
        ("page=%EF%BC%91", "page"),
        ("page_size=%D9%A3", "page_size"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("tag=%FF", "tag"),
        ("tag=a%00b", "tag"),
        ("tag=" + "x" * 10_000, "tag"),
    ],
)
@pytest.mark.parametrize("path", ["techniques", "tuls", "glossary"])
def test_a_wrong_parameter_is_refused_by_name(get: Get, path: str, query: str, field: str) -> None:
    response = get(f"{path}?{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [field]


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("query", ["", "?lang=pl&belt=9&ordering=name"])
def test_an_uncached_list_takes_four_queries_however_many_rows(get: Get, rows: int, query: str) -> None:
    for number in range(rows):
        make.technique(f"t{number}", aliases=["x"], tags=["one", "two"])
    get("tuls")  # the revision is in the cache now, as it is in a running server
    with CaptureQueriesContext(connection) as queries:
        assert get(f"techniques{query}").json()["count"] == rows
    assert len(queries) == 4


def test_tuls_and_terms_have_lists_of_their_own(get: Get) -> None:
    stance = make.technique("narani-junbi-sogi", category="stance", belt="10kup")
    make.tul("chon-ji", ready=stance)
    make.term("ap-joomuk")
    [tul] = get("tuls?category=tul&ordering=number").json()["results"]
    assert (tul["slug"], tul["number"], tul["movements"]) == ("chon-ji", 1, 19)
    [term] = get("glossary?category=tool").json()["results"]
    assert term["note"] == {"pl": "co to jest", "en": "what it is"}


def test_a_trailing_slash_is_accepted(get: Get) -> None:
    make.technique()
    assert get("techniques/").json()["count"] == 1
    assert get("techniques/dollyo-chagi/").json()["slug"] == "dollyo-chagi"

"""What a grading asks, over HTTP: by day, organisation and language, from caches, and refused when asked wrongly."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from handbook.catalogue import services
from handbook.catalogue.content.importing import ContentBroken, import_content
from handbook.catalogue.models import Syllabus, TheoryQuestion
from handbook.catalogue.revision import current_revision
from handbook.catalogue.tests.content_folder import ContentFolder, syllabus, technique

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "syllabus/9kup.yaml"
QUEBEC = {
    "slug": "quebec",
    "organisation": "Schools in Quebec",
    "source": "S3",
    "adds": {"kicks": ["ap-chagi"]},
    "drops": {"kicks": ["dollyo-chagi"], "terminology": ["ap-joomuk"]},
}
QUESTIONS = [f"what-is-{number}" for number in ("one", "two", "three", "four", "five")]


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    made = ContentFolder(tmp_path / "content")
    made.write("techniques/ap-chagi.yaml", technique("ap-chagi", min_belt="8kup"))
    made.change(FILE, lambda data: data.update(variants=[QUEBEC]))
    return made


@pytest.fixture
def asked(folder: ContentFolder, client: Client) -> Any:
    import_content(folder.path)
    return lambda query="", belt="9kup": client.get(f"/api/v1/exams/{belt}/syllabus{query}")


def slugs(answer: Any, section: str) -> list[str]:
    return [entry["slug"] for entry in answer.json()["sections"][section]]


def test_it_names_everything_that_the_file_asks_for(asked: Any) -> None:
    body = asked().json()
    assert body["sections"]["hand_techniques"] == [
        {
            "type": "technique",
            "slug": "dollyo-chagi",
            "tool": "ap-joomuk",
            "level": None,
            "stance": "narani-junbi-sogi",
            "romanization": "Dollyo Chagi",
            "name": {"pl": "kopnięcie okrężne", "en": "turning kick", "ko": "돌려 차기"},
        }
    ]
    assert body["sections"]["terminology"][0]["type"] == "term"
    assert [entry["slug"] for entry in body["sections"]["theory"]] == QUESTIONS
    note = {"pl": "tekst", "en": "text", "ko": "글"}
    assert body["min_training"] == {"hours": 45, "months_from": 2, "months_to": 3, "note": note}
    shown = {name: body[name] for name in ("min_belt", "promotes_to", "colour", "stripe", "valid_from", "variant")}
    assert shown == {
        "min_belt": "9kup",
        "promotes_to": "8kup",
        "colour": "white",
        "stripe": "yellow",
        "valid_from": None,
        "variant": None,
    }
    assert body["variants"] == [{name: QUEBEC[name] for name in ("slug", "organisation", "source")}]


def test_a_variant_adds_and_drops_and_says_which_it_is(asked: Any) -> None:
    answer = asked("?variant=quebec")
    assert (slugs(answer, "kicks"), slugs(answer, "terminology")) == (["ap-chagi"], [])
    assert answer.json()["variant"] == "quebec"
    assert slugs(asked(), "kicks") == ["dollyo-chagi"]


def test_one_language_is_flattened_with_what_it_falls_back_to(asked: Any) -> None:
    body = asked("?lang=en").json()
    assert body["breaking"] == "text"
    assert body["sections"]["kicks"][0]["name"] == "turning kick"
    assert body["fallbacks"] == {}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?on=tomorrow", "on"),
        ("?on=2026-02-30", "on"),
        ("?on=20260101", "on"),
        ("?variant=kukkiwon", "variant"),
        ("?variant=Quebec", "variant"),
        ("?lang=de", "lang"),
        ("?page=2", "page"),
    ],
)
def test_a_wrong_parameter_is_refused_by_its_name(asked: Any, query: str, field: str) -> None:
    answer = asked(query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert list(answer.json()["errors"]) == [field]


@pytest.mark.parametrize("belt", ["12kup", "purple", "8kup", "9dan"])
def test_a_grade_that_is_none_or_has_no_syllabus_is_not_found(asked: Any, belt: str) -> None:
    answer = asked(belt=belt)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_versions_follow_each_other_by_the_day(folder: ContentFolder, client: Client) -> None:
    folder.change(FILE, lambda data: data.update(valid_to="2199-01-01T00:00:00Z"))
    later = syllabus(version="2199", valid_from="2199-01-01T00:00:00Z", kicks=[], theory=QUESTIONS)
    folder.write("syllabus/9kup-2199.yaml", later)
    import_content(folder.path)
    for query, slug in (("", "9kup"), ("?on=2198-12-31", "9kup"), ("?on=2199-01-01", "9kup-2199")):
        body = client.get(f"/api/v1/exams/9kup/syllabus{query}").json()
        assert (body["slug"], len(body["sections"]["theory"])) == (slug, 5)
    told = client.get("/api/v1/sync/catalogue?since=0").json()["upserts"]["syllabuses"]
    assert {one["slug"]: (one["valid_from"], one["valid_to"]) for one in told} == {
        "9kup": (None, "2199-01-01"),
        "9kup-2199": ("2199-01-01", None),
    }


def test_an_answer_is_held_until_the_catalogue_moves(
    asked: Any, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = asked()
    with django_assert_num_queries(0):
        assert asked().content == first.content
        held = client.get("/api/v1/exams/9kup/syllabus", headers={"If-None-Match": first["ETag"]})
    assert (held.status_code, held.content) == (304, b"")
    services.unpublish([TheoryQuestion.objects.get(slug="what-is-one")])
    moved = asked()
    assert moved["ETag"] != first["ETag"]
    assert slugs(moved, "theory") == QUESTIONS[1:]


def test_a_first_answer_costs_a_bounded_number_of_queries(
    asked: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        assert asked().status_code == 200


def test_importing_again_changes_nothing(asked: Any, folder: ContentFolder) -> None:
    before = (current_revision(), list(Syllabus.objects.values_list("pk", "entries", "entries__position")))
    import_content(folder.path)
    assert (current_revision(), list(Syllabus.objects.values_list("pk", "entries", "entries__position"))) == before


def test_a_deleted_question_leaves_the_syllabus_and_tells_devices(asked: Any, client: Client) -> None:
    cursor = current_revision()
    services.delete_item(TheoryQuestion.objects.get(slug="what-is-two"))
    delta = client.get(f"/api/v1/sync/catalogue?since={cursor}").json()
    [told] = delta["upserts"]["syllabuses"]
    assert [entry["slug"] for entry in told["sections"]["theory"]] == ["what-is-one", *QUESTIONS[2:]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kicks": ["dollyo-chagi", "dollyo-chagi"]}, "non-unique"),
        ({"variants": [QUEBEC | {"adds": {"kicks": ["dollyo-chagi"]}}]}, "kicks asks for dollyo-chagi already"),
        ({"variants": [QUEBEC | {"drops": {"kicks": ["ap-chagi"]}}]}, "kicks does not ask for ap-chagi"),
        ({"variants": [QUEBEC | {"adds": {"kicks": ["no-chagi"]}}]}, "no technique has the slug no-chagi"),
        ({"variants": [{"slug": "x", "organisation": "X", "source": "K"}]}, "variants.0"),
        ({"promotes_to": "9kup"}, "9kup is not above 9kup"),
        ({"theory": [*QUESTIONS]}, "no question has the slug what-is-one"),
    ],
)
def test_a_mistake_in_the_file_is_named(folder: ContentFolder, change: dict[str, Any], message: str) -> None:
    folder.change(FILE, lambda data: data.update(change))
    with pytest.raises(ContentBroken, match=message):
        import_content(folder.path)
    assert not Syllabus.objects.exists()


def test_versions_that_hold_on_the_same_day_are_a_mistake(folder: ContentFolder) -> None:
    folder.write("syllabus/9kup-2199.yaml", syllabus(version="2199", theory=QUESTIONS))
    with pytest.raises(ContentBroken, match="holds on the same days as 9kup"):
        import_content(folder.path)

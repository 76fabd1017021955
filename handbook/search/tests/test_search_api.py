"""The search path: what it answers, what it refuses, and that it follows every publication."""

import pytest

from handbook.catalogue import services as catalogue
from handbook.catalogue.models import Technique, TechniqueTranslation
from handbook.catalogue.tests import make
from handbook.search.engines.embedded import BIG_CHANGE_ITEMS, EmbeddedEngine, warm
from handbook.search.tests.conftest import Search

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_hit_says_what_it_is_and_where_it_matched(search: Search) -> None:
    make.technique()
    response = search("kopniecie")
    assert response.json() == {
        "count": 1,
        "results": [
            {
                "type": "technique",
                "slug": "dollyo-chagi",
                "name": {"pl": "kopnięcie okrężne", "en": "turning kick", "ko": "돌려 차기"},
                "romanization": "Dollyo Chagi",
                "category": "kick",
                "min_belt": "9kup",
                "matched_field": "name.pl",
                "snippet": "<mark>kopnięcie</mark> okrężne",
            }
        ],
    }
    assert response.headers["X-Search-Engine"] == "embedded"
    assert response.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("text", ["Dan-Gun", "who", "założycielem", "단군", "theory"])
def test_theory_questions_are_not_found(search: Search, text: str) -> None:
    make.technique()
    question = make.theory_question()
    assert search(text).json() == {"count": 0, "results": []}
    catalogue.unpublish([question])
    assert search(text).json() == {"count": 0, "results": []}
    assert [hit["slug"] for hit in search("dollyo").json()["results"]] == ["dollyo-chagi"]


def test_lang_flattens_names_with_fallback(search: Search) -> None:
    make.technique(names={"pl": "kopnięcie"})
    assert search("dollyo", lang="ko").json()["results"][0]["name"] == "kopnięcie"


def test_type_and_limit_narrow_the_hits(search: Search) -> None:
    stance = make.technique("a-kick", names={"en": "chon kick"})
    make.technique("b-kick", names={"en": "chon kick too"})
    make.tul("chon-ji", ready=stance)
    assert {hit["type"] for hit in search("chon").json()["results"]} == {"technique", "tul"}
    assert [hit["slug"] for hit in search("chon", type="tul").json()["results"]] == ["chon-ji"]
    assert search("chon", limit="1").json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20%20", "q"),
        ("q=%00", "q"),
        ("q=%FF", "q"),
        ("q=" + "x" * 201, "q"),
        ("q=" + "x" * 10_000, "q"),
        ("q=a&q=b", "q"),
        ("q=a&limit=0", "limit"),
        ("q=a&limit=51", "limit"),
        ("q=a&type=song", "type"),
        ("q=a&type=theory", "type"),
        ("q=a&lang=de", "lang"),
        ("q=a&page=2", "page"),
    ],
)
def test_a_wrong_query_is_refused_by_name(client: object, query: str, field: str) -> None:
    response = client.get(f"/api/v1/search?{query}")  # type: ignore[attr-defined]
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


@pytest.mark.parametrize("text", ["!!!", "<script>", "a" * 200, "👍", "\u200b", '" OR 1=1', "*", "[", "차", "ㅏ"])
def test_any_text_is_answered(search: Search, text: str) -> None:
    make.technique()
    assert search(text).status_code == 200


def test_a_renamed_item_is_found_by_its_new_name_at_once(search: Search) -> None:
    item = make.technique()
    search("dollyo")
    TechniqueTranslation.objects.filter(technique=item, lang="en").update(name="sky kick")
    catalogue.record_change([item])
    assert [hit["slug"] for hit in search("sky kick").json()["results"]] == ["dollyo-chagi"]


def test_drafts_and_withdrawn_items_are_not_found(search: Search) -> None:
    item = make.technique()
    make.technique("secret", romanization="Secret", names={"en": "secret kick"}, is_draft=True)
    assert search("secret").json()["count"] == 0
    assert search("dollyo").json()["count"] == 1
    catalogue.unpublish([item])
    assert search("dollyo").json()["count"] == 0
    catalogue.publish([item])
    assert search("dollyo").json()["count"] == 1


def test_another_life_of_the_catalogue_is_indexed_anew(own_engine: EmbeddedEngine, search: Search) -> None:
    """A backup was put back: an item is gone and no tombstone says so."""
    make.technique("stays")
    gone = make.technique("gone")
    assert search("dollyo").json()["count"] == 2
    Technique.objects.filter(pk=gone.pk).delete()
    assert search("dollyo").json()["count"] == 2
    catalogue.begin_epoch()
    assert [hit["slug"] for hit in search("dollyo").json()["results"]] == ["stays"]


def test_a_big_change_is_indexed_beside_the_searches(own_engine: EmbeddedEngine) -> None:
    make.technique("first", romanization="First")
    own_engine.search("first", item_type=None, limit=5)
    many = [make.technique(f"t{number}", names={}, key_points={"en": []}) for number in range(BIG_CHANGE_ITEMS + 1)]
    catalogue.record_change(many)
    own_engine.search("first", item_type=None, limit=5)
    own_engine.wait()
    assert len(own_engine.search("dollyo", item_type=None, limit=50)) == 50


def test_a_worker_warms_its_index_at_the_start(search: Search) -> None:
    make.technique()
    warm()
    assert search("dollyo").json()["count"] == 1


def test_names_come_before_tags_before_key_points(search: Search) -> None:
    make.technique("by-point", romanization="X", names={"en": "one"}, key_points={"en": ["lift the knee"]})
    make.technique("by-tag", romanization="Y", names={"en": "two"}, tags=["knee"])
    make.technique("by-name", romanization="Z", names={"en": "knee"}, belt="1dan")
    assert [hit["slug"] for hit in search("knee").json()["results"]] == ["by-name", "by-tag", "by-point"]
    fields = [hit["matched_field"] for hit in search("knee").json()["results"]]
    assert fields == ["name.en", "tag", "key_points.en"]


def test_exact_comes_before_prefix_before_slips(search: Search) -> None:
    make.technique("slip", romanization="A", names={"en": "krick"})
    make.technique("prefix", romanization="B", names={"en": "kickboxing"})
    make.technique("exact", romanization="C", names={"en": "kick"}, belt="1dan")
    assert [hit["slug"] for hit in search("kick").json()["results"]] == ["exact", "prefix", "slip"]

"""Single items, whole."""

import hashlib
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.serializers import Serializer

from handbook.catalogue import documents, schemas, services
from handbook.catalogue.models import Technique, Term, TermPart, Tul
from handbook.catalogue.revision import current_revision
from handbook.catalogue.selectors import changes_after
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get
from tkd_rules.tul.stances import geometry_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def chon_ji() -> Tul:
    stance = make.technique("gunnun-sogi", category="stance", belt="10kup")
    tool = make.term("bakat-palmok")
    block = make.technique("najunde-makgi", category="block", belt="10kup", tool=tool)
    tul = make.tul("chon-ji", ready=stance)
    make.step(tul, 1, technique=block, stance=stance, tool=tool)
    make.step(tul, 2, technique=block, stance=stance)
    tul.refresh_from_db()
    return tul


def test_a_technique_shows_its_points_and_the_tuls_that_use_it(get: Get, chon_ji: Tul) -> None:
    body = get("techniques/najunde-makgi").json()
    assert body["key_points"] == {"pl": ["kolano w górę"], "en": ["knee up"]}
    assert body["mistakes"] == {"pl": ["not: kolano w górę"], "en": ["not: knee up"]}
    assert body["safety"] == {"pl": "safety pl", "en": "safety en", "ko": "safety ko"}
    assert body["tool"] == "bakat-palmok"
    assert body["tuls"] == [{"slug": "chon-ji", "steps": [1, 2]}]


def test_a_stance_counts_as_used_where_steps_stand_in_it(get: Get, chon_ji: Tul) -> None:
    assert get("techniques/gunnun-sogi").json()["tuls"] == [{"slug": "chon-ji", "steps": [1, 2]}]


def test_a_stance_shows_its_measures_and_another_technique_has_none(get: Get, chon_ji: Tul) -> None:
    make.geometry(Technique.objects.get(slug="gunnun-sogi"))
    assert get("techniques/gunnun-sogi").json()["geometry"] == {
        "length_shoulder_widths": 1.5,
        "width_shoulder_widths": 1.0,
        "named_after": "front",
        "weight_front_percent": 50,
        "knees": "front-bent-rear-straight",
        "front_foot_outward_deg": 0.0,
        "rear_foot_outward_deg": 25.0,
    }
    assert get("techniques/najunde-makgi").json()["geometry"] is None


def test_the_rules_read_the_measures_of_a_stance_from_its_document(get: Get, chon_ji: Tul) -> None:
    make.geometry(Technique.objects.get(slug="gunnun-sogi"))
    [document] = [item for item in changes_after(0).upserts["techniques"] if item["geometry"]]
    read = geometry_of(document["slug"], document["geometry"])
    assert (read.slug, read.length_shoulder_widths, read.rear_foot_outward_deg) == ("gunnun-sogi", 1.5, 25.0)


def test_an_alternative_names_the_tul_it_stands_for_while_that_is_public(get: Get, chon_ji: Tul) -> None:
    make.tul("ko-dang", ready=chon_ji.ready_stance, number=None, alternative_to=chon_ji)
    cursor = current_revision()
    assert get("tuls/ko-dang").json()["alternative_to"] == "chon-ji"
    assert get("tuls/chon-ji").json()["alternative_to"] is None
    services.unpublish([chon_ji])
    assert [(item["slug"], item["alternative_to"]) for item in changes_after(cursor).upserts["tuls"]] == [
        ("ko-dang", None)
    ]


def test_points_keep_their_order(get: Get) -> None:
    make.technique(key_points={"en": [f"point {number}" for number in range(12)]})
    points = get("techniques/dollyo-chagi?lang=en").json()["key_points"]
    assert points == [f"point {number}" for number in range(12)]


def test_a_tul_shows_its_steps(get: Get, chon_ji: Tul) -> None:
    body = get("tuls/chon-ji").json()
    assert body["meaning"] == {"en": "heaven and earth"}
    assert body["ready_stance"] == "gunnun-sogi"
    assert body["steps"][0] == {
        "number": 1,
        "romanization": "Gunnun So",
        "support": "both",
        "facing": "B",
        "timing": "normal",
        "keeps_hands_of": None,
        "confidence": "high",
        "name": {"ko": "걷는 서"},
        "stance": {"slug": "gunnun-sogi", "side": None, "front": "left"},
        "timing_group": [],
        "detail": {},
        "note": {},
        "after": None,
        "footwork": [
            {
                "foot": "left",
                "how": "step",
                "to": "B",
                "over": None,
                "turn": None,
                "manner": None,
                "place": None,
                "landing_foot": None,
                "turn_deg": None,
                "distance_shoulder_widths": None,
            }
        ],
        "techniques": [
            {"slug": "najunde-makgi", "tool": "bakat-palmok", "side": "left", "level": None, "direction": "B"}
        ],
    }


def test_a_term_shows_its_parts(get: Get) -> None:
    whole, part, draft = make.term("him"), make.term("mass"), make.term("speed", is_draft=True)
    TermPart.objects.create(term=whole, part=part, position=0)
    TermPart.objects.create(term=whole, part=draft, position=1)
    body = get("glossary/him").json()
    assert body["parts"] == ["mass"]
    assert body["promises"] == {}


@pytest.mark.parametrize("path", ["techniques/najunde-makgi", "tuls/chon-ji", "glossary/bakat-palmok"])
def test_an_uncached_detail_takes_at_most_six_queries(get: Get, chon_ji: Tul, path: str) -> None:
    get("techniques")
    with CaptureQueriesContext(connection) as queries:
        assert get(path).status_code == 200
    assert len(queries) <= 6


def test_lang_flattens_the_whole_item(get: Get, chon_ji: Tul) -> None:
    body = get("tuls/chon-ji?lang=pl").json()
    assert body["meaning"] == "heaven and earth"
    assert body["fallbacks"]["meaning"] == "en"
    assert body["steps"][0]["name"] == "걷는 서"
    assert body["fallbacks"]["steps.0.name"] == "ko"


@pytest.mark.parametrize("path", ["techniques/nothing", "tuls/nothing", "glossary/nothing"])
def test_an_unknown_slug_is_a_404_problem(get: Get, path: str) -> None:
    response = get(path)
    assert response.status_code == 404
    assert response.json()["type"] == "/problems/not-found"


def test_a_withdrawn_item_is_gone_and_names_its_replacement(get: Get) -> None:
    old, new = make.technique("old-kick"), make.technique("new-kick")
    services.delete_item(old, replaced_by=new.slug)
    response = get("techniques/old-kick")
    assert response.status_code == 410
    assert response.json()["replaced_by"] == "new-kick"


def test_a_draft_behind_a_public_item_is_not_named(get: Get, chon_ji: Tul) -> None:
    services.unpublish([Term.objects.get(slug="bakat-palmok")])
    services.unpublish([Technique.objects.get(slug="najunde-makgi")])
    body = get("tuls/chon-ji").json()
    assert body["steps"][0]["techniques"] == []
    assert "bakat-palmok" not in str(body)
    assert get("techniques/najunde-makgi").status_code == 410


LAYOUT_OF_DOCUMENTS = (4, "6ea8a5e766387e1f")


def test_the_layout_version_is_raised_with_every_change_of_the_documents() -> None:
    """When this fails: raise LAYOUT_VERSION in documents.py and write both here as the failure shows them.

    Otherwise caches and devices keep documents of the old layout for as long as the items do not change.
    """
    kinds = (schemas.Delta, schemas.TechniqueDetail, schemas.TechniqueSummary, schemas.TulSummary, schemas.TermSummary)
    shape = json.dumps([_shape_of(kind()) for kind in kinds])
    assert (documents.LAYOUT_VERSION, hashlib.sha256(shape.encode()).hexdigest()[:16]) == LAYOUT_OF_DOCUMENTS


def _shape_of(field: Any) -> Any:
    """Return the names and kinds of a serializer's fields, all the way down."""
    child = getattr(field, "child", field)
    if isinstance(child, Serializer):
        return {name: _shape_of(member) for name, member in child.fields.items()}
    return [type(field).__name__, type(child).__name__, field.allow_null]

"""Pictures of tuls over HTTP: an SVG per revision, whatever a stranger puts into the address."""

from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handbook.catalogue import services
from handbook.catalogue.models import Technique, Tul, TulStep, TulTranslation
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get
from tkd_rules.tul.svg import STYLE_SOURCE

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "tuls/chon-ji/diagram.svg"


@pytest.fixture
def chon_ji() -> Tul:
    ready = make.technique("narani-junbi-sogi", category="stance", belt="10kup")
    stance = make.technique("gunnun-sogi", category="stance", belt="10kup")
    make.geometry(ready, length="0")
    make.geometry(stance)
    tul = make.tul("chon-ji", ready=ready)
    for number in (1, 2):
        make.step(tul, number, technique=make.technique(f"block-{number}", category="block"), stance=stance)
    tul.refresh_from_db()
    return tul


def title_of(svg: bytes) -> str:
    return str(ET.fromstring(svg)[0].text)  # noqa: S314 - ours


@pytest.mark.parametrize("query", ["", "?step=2", "?view=mirrored&step=1", "?view=rotated-270&lang=ko"])
def test_a_tul_and_its_steps_are_drawn(get: Get, chon_ji: Tul, query: str) -> None:
    response = get(PATH + query)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - ours


def test_the_language_is_that_of_the_title(get: Get, chon_ji: Tul) -> None:
    assert title_of(get(PATH).content) == "Diagram układu Chon-Ji"
    assert title_of(get(f"{PATH}?lang=en&step=2").content) == "Chon-Ji, movement 2 of 2"


def test_a_picture_carries_the_headers_of_every_answer_and_may_style_itself(get: Get, chon_ji: Tul) -> None:
    headers = get(PATH).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert headers["Cache-Control"] == "public, max-age=30, stale-while-revalidate=300"
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["style-src"] == f"'self' {STYLE_SOURCE}"
    assert policy["script-src"] == "'self'"
    assert "sha256" not in get("tuls").headers["Content-Security-Policy"]


def test_an_uncached_picture_takes_seven_queries_and_a_repeated_one_none(get: Get, chon_ji: Tul) -> None:
    get("tuls")
    with CaptureQueriesContext(connection) as made:
        first = get(PATH)
    assert len(made) == 7
    with CaptureQueriesContext(connection) as repeated:
        second = get(PATH)
        not_modified = get(PATH, if_none_match=first.headers["ETag"])
    assert len(repeated) == 0
    assert second.content == first.content
    assert (not_modified.status_code, not_modified.content) == (304, b"")


def test_new_measures_give_a_new_picture(get: Get, chon_ji: Tul) -> None:
    before = get(PATH)
    stance = Technique.objects.get(slug="gunnun-sogi")
    stance.geometry.length_shoulder_widths = 2
    stance.geometry.save()
    services.record_change([stance])
    after = get(PATH, if_none_match=before.headers["ETag"])
    assert after.status_code == 200
    assert after.content != before.content


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("step=0", "step"),
        ("step=3", "step"),
        ("step=1000", "step"),
        ("step=-1", "step"),
        ("step=1.5", "step"),
        ("step=<script>alert(1)</script>", "step"),
        ("view=front", "view"),
        ('view="><script>alert(1)</script>', "view"),
        ("view=", "view"),
        ("lang=de", "lang"),
        ('lang=en"onload="alert(1)', "lang"),
        ("colour=red", "colour"),
        ("step=1&step=2", "step"),
    ],
)
def test_a_wrong_parameter_is_a_400_problem_that_names_it(get: Get, chon_ji: Tul, query: str, field: str) -> None:
    response = get(f"{PATH}?{quote(query, safe='=&')}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert field in response.json()["errors"]


@pytest.mark.parametrize("accept", ["image/svg+xml", "image/avif,image/webp,image/*,*/*;q=0.8", "*/*"])
def test_a_picture_may_be_asked_for_by_its_type(get: Get, chon_ji: Tul, accept: str) -> None:
    assert get(PATH, accept=accept).status_code == 200
    assert get(f"{PATH}?step=9", accept=accept).headers["Content-Type"] == "application/problem+json"


def test_what_the_path_offers_is_said_in_json(client: Client, chon_ji: Tul) -> None:
    response = client.options(f"/api/v1/{PATH}", headers={"accept": "image/svg+xml"})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")


def test_an_unknown_tul_and_one_without_steps_are_404_and_a_withdrawn_one_is_410(get: Get, chon_ji: Tul) -> None:
    make.tul("juche", ready=chon_ji.ready_stance, number=2)
    unknown, bare = get("tuls/nothing/diagram.svg"), get("tuls/juche/diagram.svg")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/not-found")
    assert (bare.status_code, bare.json()["type"]) == (404, "/problems/not-drawn")
    assert "juche" in bare.json()["detail"]
    services.unpublish([chon_ji])
    assert get(PATH).status_code == 410


def test_a_tul_that_cant_be_walked_says_why(get: Get, chon_ji: Tul) -> None:
    Technique.objects.get(slug="gunnun-sogi").geometry.delete()
    services.record_change([chon_ji])
    assert "gunnun-sogi" in get(PATH).json()["detail"]
    TulStep.objects.filter(tul=chon_ji, number=1).update(facing="Z")
    services.record_change([chon_ji])
    answer = get(PATH)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-drawn")
    assert "facing" in answer.json()["detail"]


def test_what_an_editor_writes_stays_text(get: Get, chon_ji: Tul) -> None:
    name = '</title><script>alert("1")</script>&'
    TulTranslation.objects.filter(tul=chon_ji).update(name=name)
    services.record_change([chon_ji])
    svg = get(f"{PATH}?lang=en").content
    assert title_of(svg) == f"Diagram of {name}"
    assert b"<script" not in svg

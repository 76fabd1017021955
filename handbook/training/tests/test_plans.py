"""Exercises, ready plans and those that learners make and share."""

import random
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from handbook.accounts.models import User
from handbook.accounts.tests import make as accounts
from handbook.accounts.tests.make import Answer
from handbook.catalogue.tests.content_folder import ContentFolder, exercise
from handbook.common.tests.concurrency import at_once
from handbook.training.models import Plan, PlanShare
from handbook.training.services import plans as services
from handbook.training.tests import make
from handbook.training.tests.make import got, sent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> ContentFolder:
    return make.content(tmp_path)


@pytest.fixture
def mina() -> User:
    return accounts.user()


@pytest.fixture
def client(mina: User) -> APIClient:
    return accounts.client_of(mina)


def made(client: APIClient, **changes: Any) -> str:
    answer = sent(client, "POST", "plans", make.plan(**changes))
    assert answer.status == 201, answer
    return str(answer.body["id"])


def names(client: APIClient, query: str = "") -> list[str]:
    return [plan["name"]["pl"] for plan in got(client, f"plans{query}").body["results"]]


def test_strangers_read_exercises_in_every_language_or_in_one(folder: ContentFolder) -> None:
    folder.write("training/exercises.yaml", {"exercises": [exercise(), exercise("squats", category="strength")]})
    make.imported(folder)
    listed = got(accounts.stranger(), "exercises")
    assert listed.body["count"] == 2
    assert listed.body["results"][1] == {
        "slug": "easy-jog",
        "category": "warm-up",
        "name": {"pl": "trucht", "en": "easy jog", "ko": "가볍게 뛰기"},
        "instructions": {"pl": "Biegnij lekko.", "en": "Jog lightly.", "ko": "가볍게 뛴다."},
    }
    [english] = got(accounts.stranger(), "exercises?lang=en&category=warm-up").body["results"]
    assert (english["name"], english["instructions"], english["fallbacks"]) == ("easy jog", "Jog lightly.", {})
    slugs = [item["slug"] for item in got(accounts.stranger(), "exercises?ordering=-slug").body["results"]]
    assert slugs == ["squats", "easy-jog"]
    assert listed.headers["Cache-Control"] == "public, max-age=30, stale-while-revalidate=300"
    assert got(accounts.stranger(), "exercises", **{"If-None-Match": listed.headers["ETag"]}).status == 304


def test_strangers_read_ready_plans() -> None:
    [summary] = got(accounts.stranger(), "plans?lang=pl&belt=9").body["results"]
    assert (summary["id"], summary["is_ready"], summary["belt"]) == ("first-steps", True, "9kup")
    assert (summary["name"], summary["about_s"]) == ("pierwsze kroki", 2355)
    assert "blocks" not in summary
    whole = got(accounts.stranger(), "plans/first-steps").body
    assert whole["blocks"][0] == {
        "kind": "exercise",
        "slug": "easy-jog",
        "work_s": 600,
        "rounds": 1,
        "rest_s": 0,
        "signals": ["start", "halfway", "countdown", "end"],
        "note": "",
    }
    assert got(accounts.stranger(), "plans?belt=8kup").body["results"] == []


def test_a_plan_is_made_read_changed_and_deleted_by_its_owner(client: APIClient) -> None:
    answer = sent(client, "POST", "plans", make.plan())
    key = answer.body["id"]
    assert (answer.status, answer.body["is_ready"], answer.body["about_s"]) == (201, False, 340)
    assert answer.body["name"] == {"pl": "Wtorek", "en": "Wtorek", "ko": "Wtorek"}
    assert [block["slug"] for block in answer.body["blocks"]] == ["easy-jog", "dollyo-chagi", "chon-ji"]
    assert answer.body["blocks"][2] | make.TUL == answer.body["blocks"][2]
    assert got(client, f"plans/{key}").body == answer.body
    changed = sent(client, "PUT", f"plans/{key}", make.plan(name="Środa", blocks=[make.TUL], belt=None, prepare_s=0))
    assert (changed.status, changed.body["name"]["pl"], changed.body["belt"]) == (200, "Środa", None)
    assert (changed.body["about_s"], len(changed.body["blocks"])) == (90, 1)
    assert sent(client, "DELETE", f"plans/{key}").status == 204
    assert [got(client, f"plans/{key}").status, names(client)] == [404, ["pierwsze kroki"]]
    assert sent(client, "DELETE", f"plans/{key}").status == 404


def test_sending_a_plan_again_makes_no_second_one(client: APIClient) -> None:
    body = make.plan(id=str(uuid.uuid4()))
    first, again = sent(client, "POST", "plans", body), sent(client, "POST", "plans", body)
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body
    refused = sent(client, "POST", "plans", body | {"name": "Inny"})
    assert (refused.status, refused.problem) == (409, "id-taken")
    somebodys = sent(accounts.client_of(accounts.user()), "POST", "plans", body)
    assert (somebodys.status, somebodys.problem) == (409, "id-taken")
    assert Plan.objects.filter(slug=None).count() == 1


def test_a_plan_sent_at_once_by_one_and_by_many_is_somebodys_and_whole(mina: User) -> None:
    body = make.plan(id=str(uuid.uuid4()))
    answers: list[Answer] = []

    def sending(client: APIClient) -> Callable[[], None]:
        return lambda: answers.append(sent(client, "POST", "plans", body))

    jobs = [sending(accounts.client_of(mina)) for _ in range(3)]
    jobs += [sending(accounts.client_of(accounts.user())) for _ in range(3)]
    assert at_once(jobs) == []
    statuses = sorted(answer.status for answer in answers)
    assert statuses in ([200, 200, 201, 409, 409, 409], [201, 409, 409, 409, 409, 409])
    plan = Plan.objects.get(slug=None)
    assert (plan.blocks.count(), plan.texts.count(), str(plan.pk)) == (3, 1, body["id"])


def test_reading_costs_few_statements(client: APIClient, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    key = made(client)
    with django_assert_num_queries(4):  # who asks, how many, the plans, their texts
        got(client, "plans")
    with django_assert_num_queries(4):  # who asks, the plan, its texts, its blocks
        got(client, f"plans/{key}")
    with django_assert_num_queries(3):
        got(accounts.stranger(), "exercises")


def test_nobody_reads_or_changes_what_is_somebody_elses(client: APIClient) -> None:
    key = made(client)
    for other in (accounts.client_of(accounts.user()), accounts.stranger()):
        assert names(other) == ["pierwsze kroki"]
        assert got(other, f"plans/{key}").status == 404
    other = accounts.client_of(accounts.user())
    for method, path in (("PUT", ""), ("DELETE", ""), ("POST", "/share"), ("DELETE", "/share")):
        assert sent(other, method, f"plans/{key}{path}", make.plan() if method == "PUT" else None).status == 404
    assert sent(accounts.stranger(), "POST", "plans", make.plan()).status == 401
    assert sorted(names(client)) == ["Wtorek", "pierwsze kroki"]


@pytest.mark.parametrize(("method", "path"), [("PUT", ""), ("DELETE", ""), ("POST", "/share"), ("DELETE", "/share")])
def test_a_ready_plan_stays_as_it_is(client: APIClient, method: str, path: str) -> None:
    refused = sent(client, method, f"plans/first-steps{path}", make.plan() if method == "PUT" else None)
    assert (refused.status, refused.problem) == (403, "ready-plan")
    assert names(client) == ["pierwsze kroki"]


def test_plans_are_listed_in_pages_and_in_the_order_that_was_asked_for(client: APIClient) -> None:
    wanted: dict[str, list[dict[str, Any]]] = {"Łuk": [make.TUL], "Zima": [make.TUL, make.TUL], "lato": [make.TIMED]}
    for name in random.sample(sorted(wanted), k=len(wanted)):
        made(client, name=name, blocks=wanted[name], belt=None)
    assert names(client, "?ordering=name") == ["lato", "Łuk", "pierwsze kroki", "Zima"]
    assert names(client, "?ordering=-about_s") == ["pierwsze kroki", "Zima", "Łuk", "lato"]
    assert names(client)[0] == "pierwsze kroki"
    second = got(client, "plans?ordering=name&page_size=3&page=2").body
    assert ([plan["name"]["pl"] for plan in second["results"]], second["count"], second["next"]) == (["Zima"], 4, None)
    assert got(client, "plans?page=2").problem == "page-past-the-end"


@pytest.mark.parametrize("query", ["belt=99", "ordering=owner", "lang=de", "page=0", "mine=true"])
def test_a_wrong_parameter_is_refused_by_name(client: APIClient, query: str) -> None:
    refused = got(client, f"plans?{query}")
    assert (refused.status, list(refused.body["errors"])) == (400, [query.partition("=")[0]])


def test_a_device_asks_whether_its_list_still_holds(client: APIClient) -> None:
    key = made(client)
    for path in ("plans", f"plans/{key}"):
        held = got(client, path)
        assert held.headers["Cache-Control"] == "private, no-cache"
        assert "Authorization" in held.headers["Vary"]
        again = got(client, path, **{"If-None-Match": held.headers["ETag"]})
        assert (again.status, again.body) == (304, {})
        sent(client, "PUT", f"plans/{key}", make.plan(name=f"Nowa {path[:5]} {uuid.uuid4()}"))
        assert got(client, path, **{"If-None-Match": held.headers["ETag"]}).status == 200


def block(**changes: Any) -> dict[str, Any]:
    return {"blocks": [{**make.TIMED, **changes}]}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (block(work_s=0), "blocks", "Block 1, work_s: is a whole number from 5 to 3600."),
        (block(work_s=36_000), "blocks", "Block 1, work_s: is a whole number from 5 to 3600."),
        (block(repetitions=5), "blocks", "Block 1, work_s: a round has either seconds or repetitions."),
        (block(signals=[["start"]]), "blocks", "Block 1, signals: are some of start, halfway, countdown, end."),
        (block(kind="term"), "blocks", "Block 1, kind: is one of exercise, technique, tul."),
        (block(slug="nothing"), "blocks", "Block 1, slug: no exercise has the slug nothing."),
        (block(kind="tul", slug="\ud800"), "blocks", "Block 1, slug: no tul has the slug ?."),
        (block(note="\x00"), "blocks", "Block 1, note: a text of at most 200 characters."),
        (block(note="x" * 201), "blocks", "Block 1, note: a text of at most 200 characters."),
        (block(colour="red"), "blocks", "Block 1: unknown colour. Known: kind, slug, work_s, repetitions,"),
        ({"blocks": []}, "blocks", "a plan has 1 to 100 blocks."),
        ({"blocks": [make.TIMED] * 1000}, "blocks", "a plan has 1 to 100 blocks."),
        ({"blocks": "jog"}, "blocks", "a plan has 1 to 100 blocks."),
        ({"blocks": [7]}, "blocks", "Block 1, block: is no object."),
        ({"prepare_s": 61}, "prepare_s", "less than or equal to 60"),
        ({"name": ""}, "name", "may not be blank"),
        ({"name": "x" * 81}, "name", "no more than 80"),
        ({"belt": "11kup"}, "belt", "11kup"),
        ({"id": "7"}, "id", "valid UUID"),
        ({"owner": "me"}, "owner", "Unknown field."),
    ],
)
def test_a_plan_that_nobody_can_train_is_refused_and_nothing_is_kept(
    client: APIClient, changes: dict[str, Any], field: str, sentence: str
) -> None:
    refused = sent(client, "POST", "plans", make.plan(**changes))
    assert (refused.status, refused.problem, list(refused.body["errors"])) == (400, "invalid", [field])
    assert sentence in refused.body["errors"][field][0]
    assert names(client) == ["pierwsze kroki"]


def test_a_body_that_is_too_large_is_refused(client: APIClient) -> None:
    refused = sent(client, "POST", "plans", make.plan(description="x" * 300_000))
    assert (refused.status, refused.problem) == (413, "body-too-large")


def test_there_is_an_end_to_plans(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_PLANS", 2)
    made(client)
    key = made(client)
    refused = sent(client, "POST", "plans", make.plan())
    assert (refused.status, refused.problem) == (409, "too-many-plans")
    sent(client, "DELETE", f"plans/{key}")
    made(client)


def test_a_link_shows_the_plan_to_anybody_until_it_is_replaced_or_revoked(client: APIClient) -> None:
    key = made(client)
    first = sent(client, "POST", f"plans/{key}/share").body
    assert first["url"] == f"http://testserver/api/v1/plans/shared/{first['token']}"
    assert not PlanShare.objects.filter(digest=first["token"]).exists()
    seen = got(accounts.stranger(), f"plans/shared/{first['token']}?lang=en")
    assert (seen.status, seen.body["name"], seen.body["is_shared"]) == (200, "Wtorek", True)
    assert got(client, f"plans/{key}").body["is_shared"] is True
    second = sent(client, "POST", f"plans/{key}/share").body["token"]
    unknown = got(accounts.stranger(), f"plans/shared/{first['token']}")
    assert (unknown.status, unknown.problem) == (404, "link-unknown")
    assert got(accounts.stranger(), f"plans/shared/{second}").status == 200
    assert sent(client, "DELETE", f"plans/{key}/share").status == 204
    assert got(accounts.stranger(), f"plans/shared/{second}").status == 404
    assert sent(client, "DELETE", f"plans/{key}/share").status == 204


def test_a_deleted_plan_is_shown_to_nobody(client: APIClient) -> None:
    key = made(client)
    token = sent(client, "POST", f"plans/{key}/share").body["token"]
    sent(client, "DELETE", f"plans/{key}")
    assert got(accounts.stranger(), f"plans/shared/{token}").status == 404


@pytest.mark.parametrize("token", ["x", "-" * 43, "x" * 500])
def test_a_made_up_link_leads_nowhere(token: str) -> None:
    assert got(accounts.stranger(), f"plans/shared/{token}").status == 404

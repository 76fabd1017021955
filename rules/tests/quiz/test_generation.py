"""Whole quizzes: what holds for every catalogue, request and seed."""

import json
import os
from collections import Counter
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tkd_rules.quiz import Material, Question, QuizRequest, from_json, grade, questions_for, shown, to_json
from tkd_rules.quiz.items import Item, Language
from tkd_rules.quiz.kinds import ITEMS_OF, KINDS_OF, RULES
from tkd_rules.quiz.material import step_of
from tkd_rules.quiz.names import key
from tkd_rules.quiz.question import Mode

from . import make

TOKEN_BYTES = 8_000
CATALOGUES_TRIED = settings(
    max_examples=int(os.environ.get("QUIZ_CATALOGUES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # it takes long to make a whole catalogue up
)
BELTS = st.sampled_from(["10kup", "9kup", "7kup", "1kup", "2dan"])
WORDS = ["ap", "yop", "an", "bakat", "sang", "doo", "blok", "front"]
NAMES = st.sampled_from([*WORDS, *(f"{first} {last}" for first in WORDS for last in ("chagi", "makgi"))])
HANGUL = st.sampled_from(["앞차기", "앞 차기", "옆차기", "안막기", "앞", "옆", "팔목", "쌍팔목"])
SENTENCES = st.sampled_from([[], ["ap chagi"], ["front", "blok", "front"], ["yop makgi an doo", "bakat"], WORDS])
STEP_NAMES = st.sampled_from(list(make.STEPS))


def named(slug: str, draw: Any) -> make.Document:
    return {
        "romanization": draw(NAMES),
        "name": {"pl": draw(NAMES), "en": draw(NAMES), "ko": draw(HANGUL)},
        "aliases": draw(st.lists(st.one_of(NAMES, HANGUL), max_size=2)),
        "min_belt": draw(BELTS),
        "audio": draw(st.sampled_from([None, "", {}, "/a.mp3"])),
    }


@st.composite
def techniques(draw: Any) -> list[make.Document]:
    general = ["gunnun-sogi", "niunja-sogi", "jirugi", "najunde-makgi", "sonkal-najunde-makgi", "ap-chagi"]
    documents = [document for document in make.TECHNIQUES if document["slug"] in general]
    return [
        document
        | named(document["slug"], draw)
        | {
            "key_points": {"pl": draw(SENTENCES), "en": draw(SENTENCES), "ko": []},
            "mistakes": {"pl": draw(SENTENCES), "en": draw(SENTENCES), "ko": draw(SENTENCES)},
            "media": draw(st.sampled_from([[], [{"kind": "picture"}], [{"kind": "video"}]])),
        }
        for document in documents
    ]


@st.composite
def tuls(draw: Any) -> list[make.Document]:
    return [
        make.tul(f"tul-{letter}", letter, [make.STEPS[name] for name in draw(st.lists(STEP_NAMES, max_size=6))])
        | {
            "min_belt": draw(BELTS),
            "movements": draw(st.integers(0, 9)),
            "meaning": {"pl": draw(NAMES), "en": "", "ko": draw(HANGUL)},
            "ready_stance": draw(st.sampled_from(["gunnun-sogi", "gone-sogi"])),
        }
        for letter in draw(st.lists(st.sampled_from("가나다라마바"), unique=True))
    ]


@st.composite
def terms(draw: Any) -> list[make.Document]:
    slugs = draw(st.lists(st.sampled_from("abcdefgh"), unique=True))
    category = st.sampled_from(["number", "tool"])
    return [make.term(slug, "", "", "") | named(slug, draw) | {"category": draw(category)} for slug in slugs]


@st.composite
def theory(draw: Any) -> list[make.Document]:
    answers = draw(st.lists(st.one_of(NAMES, st.integers(0, 60).map(str)), max_size=6))
    return [make.theory(f"q{number}", answer, min_belt=draw(BELTS)) for number, answer in enumerate(answers)]


CATALOGUES = st.tuples(techniques(), tuls(), terms(), theory())
REQUESTS = st.builds(
    QuizRequest,
    mode=st.sampled_from(get_args(Mode)),
    belt_rank=st.integers(1, 19),
    count=st.integers(-1, 40),
    language=st.sampled_from(get_args(Language)),
    seed=st.integers(0, 2**32),
    typed=st.booleans(),
)


def right_reference(material: Material, question: Question) -> set[str]:
    """Return the references of options that are right, worked out from the catalogue and not from the question."""
    item = material.item(question.item_kind, question.item_slug)
    rights: dict[str, Callable[[], set[str]]] = {
        "belt": lambda: {make.BELTS[item.belt_rank - 1]},
        "movements": lambda: {str(item.movements)},
        "next_step": lambda: _same_names(material, question, _following(question.detail)),
        "step_facing": lambda: {_step(material, question.detail).facing},
        "step_stance": lambda: {_step(material, question.detail).stance},
        "mistake": lambda: {option for option in question.options if option[0] == "m"},
        "key_point": lambda: {option for option in question.options if option[0] == "k"},
        "tul_with": lambda: {
            tul.slug
            for tul in material.all("tul")
            if contains(material, tul, material.item("technique", question.detail))
        },
        "theory": lambda: {item.slug, "=" + item.answers[question.language]},
    }
    return rights.get(question.kind, lambda: called_alike(material, item))()


def called_alike(material: Material, item: Item) -> set[str]:
    names = {key(name) for name in (item.romanization, *item.names.values(), *item.aliases)}
    return {
        other.slug
        for other in material.all(item.kind)
        if names & {key(name) for name in (other.romanization, *other.names.values(), *other.aliases)}
    }


def contains(material: Material, tul: Item, technique: Item) -> bool:
    stances = {tul.ready_stance, *(step.stance for step in tul.steps)}
    performed = {(done.slug, done.tool) for step in tul.steps for done in step.performed}
    return (
        technique.slug in stances
        or technique.slug in {slug for slug, _ in performed}
        or (technique.base, technique.tool) in performed
    )


def _step(material: Material, reference: str) -> Any:
    slug, number = reference.split(":")
    return step_of(material.item("tul", slug), int(number))


def _following(reference: str) -> str:
    slug, number = reference.split(":")
    return f"{slug}:{int(number) + 1}"


def _same_names(material: Material, question: Question, right: str) -> set[str]:
    name = _step(material, right).romanization
    return {option for option in question.options if _step(material, option).romanization == name}


@CATALOGUES_TRIED
@given(catalogue=CATALOGUES, request=REQUESTS)
def test_one_option_is_right_the_others_are_not_and_all_read_differently(catalogue: Any, request: QuizRequest) -> None:
    material = make.material(*catalogue)
    for question in questions_for(material, request):
        note(f"{request} {question}")
        if question.is_typed:
            assert request.typed
            assert RULES[question.kind].typing is not None
            continue
        assert 2 <= len(question.options) <= 4
        assert set(question.options) & right_reference(material, question) == {question.right_option}
        texts = shown(material, question, request.language).options
        assert len({key(text) for text in texts} - {""}) == len(texts)
        assert grade(material, question, question.answer_index).outcome == "right"
        for place in set(range(len(texts))) - {question.answer_index}:
            assert grade(material, question, place).outcome == "wrong"


@CATALOGUES_TRIED
@given(catalogue=CATALOGUES, request=REQUESTS)
def test_the_same_request_gives_the_same_questions_in_whatever_order_the_catalogue_comes(
    catalogue: Any, request: QuizRequest
) -> None:
    backwards = [documents[::-1] for documents in catalogue]
    assert questions_for(make.material(*catalogue), request) == questions_for(make.material(*backwards), request)


@CATALOGUES_TRIED
@given(catalogue=CATALOGUES, request=REQUESTS)
def test_questions_are_of_the_mode_up_to_the_belt_and_never_twice(catalogue: Any, request: QuizRequest) -> None:
    material = make.material(*catalogue)
    questions = questions_for(material, request)
    note(f"{request} {questions}")
    assert len(questions) <= max(request.count, 0)
    assert [question.id for question in questions] == [str(place) for place in range(1, len(questions) + 1)]
    assert len({(asked.kind, asked.item_slug, asked.detail) for asked in questions}) == len(questions)
    for asked in questions:
        assert asked.kind in KINDS_OF[request.mode]
        assert asked.item_kind == ITEMS_OF[request.mode]
        assert material.item(asked.item_kind, asked.item_slug).belt_rank <= request.belt_rank


@CATALOGUES_TRIED
@given(catalogue=CATALOGUES, request=REQUESTS)
def test_no_item_comes_twice_while_another_is_left(catalogue: Any, request: QuizRequest) -> None:
    slugs = [question.item_slug for question in questions_for(make.material(*catalogue), request)]
    first_round = slugs[: len(set(slugs))]
    assert len(set(first_round)) == len(first_round)


@CATALOGUES_TRIED
@given(catalogue=CATALOGUES, request=REQUESTS)
def test_every_question_survives_a_journey_as_json(catalogue: Any, request: QuizRequest) -> None:
    for question in questions_for(make.material(*catalogue), request):
        assert from_json(json.loads(json.dumps(to_json(question)))) == question


@CATALOGUES_TRIED
@given(catalogue=CATALOGUES, request=REQUESTS)
def test_a_typed_question_takes_its_own_right_answer(catalogue: Any, request: QuizRequest) -> None:
    material = make.material(*catalogue)
    for question in questions_for(material, request):
        if question.is_typed:
            right = grade(material, question, "").right_answer
            note(f"{question} {right}")
            assert grade(material, question, right).outcome == "right"


def request(mode: Any, **changes: Any) -> QuizRequest:
    arguments: dict[str, Any] = {"mode": mode, "belt_rank": 10, "count": 20, "language": "pl", "seed": 1}
    return QuizRequest(**arguments | changes)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (
            "terms",
            [
                "meaning dasot  dool,hana,dasot,net",
                "korean net  dool,set,hana,net",
                "romanization set  dasot,dool,net,set",
                "hangul an  dwi,baro,an",
            ],
        ),
        (
            "techniques",
            [
                "key_point gunnun-sogi  k1,m1,m0",
                "korean bandal-chagi  yop-chagi,ap-chagi,bandal-chagi,dollyo-chagi",
                "belt narani-junbi-sogi  10kup,9kup,8kup,7kup",
                "step_stance ap-makgi won-hyo:2 niunja-sogi,annun-sogi,gunnun-sogi",
            ],
        ),
        (
            "tul",
            [
                "step_facing dan-gun dan-gun:1 C,B,A,D",
                "movements yul-gok  34,36,37,38",
                "belt won-hyo  9kup,7kup,6kup,4kup",
                "tul_named do-san  won-hyo,dan-gun,chon-ji,do-san",
            ],
        ),
        (
            "theory",
            [
                "theory date  virtue,founder,date,first-date",
                "theory first-date  year,date,first-date",
                "theory first-king  first-king,virtue,country,founder",
                "theory year  =1953,=1954,=1955,=1958",
            ],
        ),
    ],
)
def test_a_seed_asks_the_same_until_kinds_are_added(mode: str, expected: list[str]) -> None:
    asked = questions_for(make.HANDBOOK, request(mode, count=4, seed=7))
    found = [
        f"{question.kind} {question.item_slug} {question.detail} {','.join(question.options)}" for question in asked
    ]
    assert found == expected


def test_other_seeds_ask_otherwise() -> None:
    assert len({questions_for(make.HANDBOOK, request("terms", seed=seed)) for seed in range(10)}) == 10


def test_kinds_take_turns() -> None:
    counts = Counter(question.kind for question in questions_for(make.HANDBOOK, request("terms", count=8)))
    assert counts == {"meaning": 2, "korean": 2, "romanization": 2, "hangul": 2}


def test_a_longer_quiz_begins_like_a_shorter_one() -> None:
    assert questions_for(make.HANDBOOK, request("tul"))[:5] == questions_for(make.HANDBOOK, request("tul", count=5))


def test_what_was_learned_last_comes_sooner_but_not_alone() -> None:
    asked = [
        make.HANDBOOK.item("technique", question.item_slug).belt_rank
        for seed in range(100)
        for question in questions_for(make.HANDBOOK, request("techniques", belt_rank=7, count=3, seed=seed))
    ]
    assert sorted(Counter(asked).items()) == [(1, 149), (2, 59), (3, 14), (7, 78)]


def test_typed_quizzes_type_names_and_choose_the_rest() -> None:
    asked = questions_for(make.HANDBOOK, request("terms", typed=True))
    assert {question.kind for question in asked if question.is_typed} == {"meaning", "korean", "romanization"}
    assert {question.kind for question in asked if not question.is_typed} == {"hangul"}


def test_theory_is_asked_only_where_there_is_some() -> None:
    assert questions_for(make.material(theory=()), request("theory")) == ()
    assert len(questions_for(make.HANDBOOK, request("theory"))) == len(make.THEORY)


@pytest.mark.parametrize("mode", get_args(Mode))
def test_twenty_questions_with_the_longest_names_fit_into_a_token(mode: str) -> None:
    long = {
        "techniques": [make.technique(f"{'x' * 28}-{n:02}", f"a{n}", f"b{n}", "가" * (n + 1)) for n in range(30)],
        "terms": [make.term(f"{'x' * 28}-{n:02}", f"a{n}", f"b{n}", "가" * (n + 1)) for n in range(30)],
        "tuls": [make.tul(f"{'x' * 28}-{n:02}", "가" * (n + 1), make.TULS[n % 4]["steps"]) for n in range(30)],
        "theory": [make.theory(f"{'x' * 28}-{n:02}", chr(0xAC00 + n)) for n in range(30)],
    }
    asked = questions_for(make.material(**long), request(mode))
    assert len(asked) == 20
    assert len(json.dumps([to_json(question) for question in asked]).encode()) < TOKEN_BYTES

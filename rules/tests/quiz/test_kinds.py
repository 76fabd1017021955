"""Each kind of question on a small handbook: when it is asked, what it shows and what stands beside what is right."""

from typing import Any, get_args

import pytest

from tkd_rules.quiz import Material, Question, QuizRequest, card_of, questions_for, shown
from tkd_rules.quiz.asking import Asked, Draft, View
from tkd_rules.quiz.chance import Chance
from tkd_rules.quiz.items import Language
from tkd_rules.quiz.kinds import KINDS_OF, RULES
from tkd_rules.quiz.question import KINDS, Kind, Mode

from . import make

HIGHEST = 19


def draft(
    kind: Kind,
    slug: str,
    *,
    material: Material = make.HANDBOOK,
    language: Language = "pl",
    belt_rank: int = HIGHEST,
    taken: tuple[str, ...] = (),
    seed: int = 1,
) -> Draft | None:
    view = View(material=material, item=make.item(slug, material), language=language)
    return RULES[kind].ask(Asked(view=view, chance=Chance(seed), belt_rank=belt_rank, taken=frozenset(taken)))


def options(kind: Kind, slug: str, **arguments: Any) -> set[str]:
    """Return all options that a question may have, over many seeds."""
    drafts = [draft(kind, slug, seed=seed, **arguments) for seed in range(30)]
    return {option for found in drafts if found for option in found.options}


def texts(question: Question, material: Material = make.HANDBOOK, language: Language = "pl") -> Any:
    return shown(material, question, language)


def question(kind: Kind, item_kind: Any, slug: str, **changes: Any) -> Question:
    return Question(**{"id": "1", "kind": kind, "item_kind": item_kind, "item_slug": slug, "language": "pl"} | changes)


def test_every_kind_has_a_rule_and_a_mode() -> None:
    assert set(RULES) == set(KINDS) == {kind for kinds in KINDS_OF.values() for kind in kinds}
    assert set(KINDS_OF) == set(get_args(Mode))


def test_a_meaning_is_chosen_among_meanings_of_terms_of_its_category() -> None:
    assert options("meaning", "hana") == {"hana", "dool", "set", "net", "dasot"}
    found = texts(question("meaning", "term", "hana", options=("dool", "hana"), answer_index=1))
    assert found.values == {"name": "Hana", "hangul": "하나", "romanization": "Hana"}
    assert found.options == ("dwa", "jeden")


def test_a_korean_name_is_chosen_for_ones_own() -> None:
    found = texts(question("korean", "technique", "ap-chagi", options=("ap-chagi", "yop-chagi"), answer_index=0))
    assert (found.values, found.options) == ({"own": "kopnięcie do przodu"}, ("Ap Chagi", "Yop Chagi"))


def test_koreans_choose_between_hangul_and_english() -> None:
    asked = question("korean", "technique", "ap-chagi", options=("ap-chagi", "yop-chagi"), answer_index=0)
    found = texts(asked, language="ko")
    assert (found.values, found.options) == ({"own": "front kick"}, ("앞차기", "옆차기"))


def test_another_item_of_the_same_name_is_no_option() -> None:
    assert "baro-return" not in options("korean", "baro")
    twin = make.technique("twin-chagi", "kopnięcie boczne", "lateral kick", "쌍차기")
    material = make.material([*make.TECHNIQUES, twin])
    assert "twin-chagi" not in options("meaning", "yop-chagi", material=material)


def test_an_item_that_an_alias_names_as_well_is_no_option() -> None:
    forward = make.technique(
        "apro-chagi", "kopnięcie w przód", "forward kick", "앞으로 차기", aliases=["straight kick"]
    )
    assert "apro-chagi" not in options("meaning", "ap-chagi", material=make.material([*make.TECHNIQUES, forward]))


def test_two_words_for_two_are_not_options_of_each_other() -> None:
    twins = [
        make.term("sang-palmok", "podwójne przedramię", "twin forearm", "쌍팔목", category="tool"),
        make.term("doo-palmok", "dwa przedramiona", "double forearm", "두 팔목", category="tool"),
        make.term("an-palmok", "przedramię wewnętrzne", "inner forearm", "안팔목", category="tool"),
    ]
    assert options("korean", "doo-palmok", material=make.material(terms=twins)) == {"doo-palmok", "an-palmok"}


def test_other_categories_serve_only_for_want_of_two_options() -> None:
    assert options("meaning", "an") == {"an", "dwi", "baro"}
    fewer = [document for document in make.TERMS if document["slug"] not in {"dwi", "baro"}]
    assert len(options("meaning", "an", material=make.material(terms=fewer))) == 4


def test_nothing_is_asked_without_a_wrong_option() -> None:
    assert draft("meaning", "hana", material=make.material(terms=make.TERMS[:1])) is None


@pytest.mark.parametrize("kind", ["meaning", "korean"])
def test_a_name_that_gives_the_other_away_is_not_asked(kind: Kind) -> None:
    taekwondo = make.term("taekwon-do", "Taekwon-Do – droga", "Taekwon-Do, the way", "태권도", category="general")
    material = make.material(terms=[*make.TERMS, taekwondo])
    assert draft(kind, "taekwon-do", material=material) is None
    assert draft(kind, "moa-a") is None


def test_reading_goes_both_ways() -> None:
    reading = texts(question("romanization", "term", "hana", options=("hana", "dool"), answer_index=0))
    assert (reading.values, reading.options) == ({"hangul": "하나"}, ("Hana", "Dool"))
    writing = texts(question("hangul", "term", "hana", options=("hana", "dool"), answer_index=0))
    assert (writing.values, writing.options) == ({"romanization": "Hana"}, ("하나", "둘"))


@pytest.mark.parametrize("audio", ["/hana.mp3", {"url": "/hana.mp3"}])
def test_what_can_be_heard_is_asked_by_that_alone(audio: Any) -> None:
    material = make.material(terms=[make.TERMS[0] | {"audio": audio}, *make.TERMS[1:]])
    assert options("listening", "hana", material=material) == {"hana", "dool", "set", "net", "dasot"}
    assert draft("listening", "dool", material=material) is None
    found = texts(question("listening", "term", "hana", options=("hana", "dool"), answer_index=0), material)
    assert (found.values, found.media, found.options) == ({}, audio, ("jeden", "dwa"))


def test_what_can_be_seen_is_asked_by_that_alone() -> None:
    pictures = [{"kind": "video"}, {"kind": "picture", "url": "/front.webp"}, {"kind": "picture", "url": "/side.webp"}]
    kick = make.technique("ap-chagi", "kopnięcie", "kick", "앞차기", media=pictures)
    material = make.material([kick, *make.TECHNIQUES[5:]])
    assert options("picture", "ap-chagi", material=material) >= {"ap-chagi", "yop-chagi", "dollyo-chagi"}
    assert draft("picture", "yop-chagi", material=material) is None
    found = texts(
        question("picture", "technique", "ap-chagi", options=("ap-chagi", "yop-chagi"), answer_index=0), material
    )
    assert (found.values, found.media, found.options) == ({}, pictures[1], ("Ap Chagi", "Yop Chagi"))


def test_without_audio_and_pictures_nothing_is_heard_or_seen() -> None:
    for mode in ("terms", "techniques"):
        asked = questions_for(make.HANDBOOK, QuizRequest(mode=mode, belt_rank=19, count=99, language="pl", seed=1))
        assert not {"listening", "picture"} & {question.kind for question in asked}


def test_a_description_leaves_out_the_points_that_say_the_name() -> None:
    points = {"pl": ["Ap Chagi to kopnięcie", "Kolano prowadzi", "Ręce w górze"]}
    kick = make.technique("ap-chagi", "kopnięcie", "kick", "앞차기", key_points=points)
    material = make.material([*make.TECHNIQUES, kick])
    asked = question("described_technique", "technique", "ap-chagi", options=("ap-chagi", "yop-chagi"), answer_index=0)
    found = texts(asked, material)
    assert found.points == ("Kolano prowadzi", "Ręce w górze")
    assert found.options == ("Ap Chagi", "Yop Chagi")


def test_too_short_a_description_is_not_asked() -> None:
    kick = make.technique("ap-chagi", "kopnięcie", "kick", "앞차기", key_points={"pl": ["Kolano prowadzi"]})
    material = make.material([kick, *make.TECHNIQUES[5:]])
    assert draft("described_technique", "ap-chagi", material=material) is None


def test_stances_and_techniques_are_described_each_among_their_own() -> None:
    assert options("described_stance", "gunnun-sogi") == {
        "gunnun-sogi",
        "niunja-sogi",
        "annun-sogi",
        "narani-junbi-sogi",
    }
    assert draft("described_technique", "gunnun-sogi") is None
    assert draft("described_stance", "ap-chagi") is None


def test_a_wider_or_narrower_name_is_no_option_for_a_description() -> None:
    assert options("described_technique", "sonkal-najunde-makgi") == {"sonkal-najunde-makgi", "ap-makgi", "yop-makgi"}
    assert "sonkal-najunde-makgi" not in options("described_technique", "najunde-makgi")
    high = make.technique("nopi-chagi", "wysokie kopnięcie", "high kick", "높이", base="ap-chagi")
    material = make.material([*make.TECHNIQUES, high])
    assert "nopi-chagi" not in options("described_technique", "ap-chagi", material=material)


def test_blocks_to_the_side_outward_and_at_the_middle_go_the_same_way() -> None:
    blocks = [
        make.technique("yop-makgi", "boczny", "side", "옆 막기"),
        make.technique("bakuro-makgi", "na zewnątrz", "outward", "밖으로 막기"),
        make.technique("an-palmok-kaunde-makgi", "środkowy", "middle", "안팔목 가운데 막기"),
        make.technique("anuro-makgi", "do wewnątrz", "inward", "안으로 막기"),
    ]
    assert options("described_technique", "yop-makgi", material=make.material(blocks)) == {"yop-makgi", "anuro-makgi"}


def test_a_technique_described_alike_is_no_option() -> None:
    inward = {"pl": ["Noga idzie z zewnątrz do środka", "Trafia podeszwa"]}
    crescent = {"pl": ["Noga idzie po półkolu z zewnątrz do środka", "Blokuje podeszwa"]}
    kicks = [
        make.technique("anuro-chagi", "do wewnątrz", "inward", "안으로 차기", key_points=inward),
        make.technique("bandal-chagi", "półksiężycowe", "crescent", "반달 차기", key_points=crescent),
        make.technique("naeryo-chagi", "opadające", "downward", "내려 차기"),
    ]
    material = make.material(kicks)
    assert options("described_technique", "anuro-chagi", material=material) == {"anuro-chagi", "naeryo-chagi"}


def test_few_words_in_common_do_not_make_descriptions_alike() -> None:
    closed = [
        make.technique(slug, slug, slug, ko, category="stance", key_points={"pl": ["Stopy złączone", other]})
        for slug, ko, other in [("moa", "모아", "Dłonie przed twarzą"), ("cha", "차", "Dłonie przed pępkiem")]
    ]
    assert options("described_stance", "moa", material=make.material(closed)) == {"moa", "cha"}


def test_the_stance_of_a_step_is_asked_in_tuls_learned_so_far() -> None:
    asked = draft("step_stance", "sonkal-najunde-makgi", belt_rank=2)
    assert asked is not None
    assert asked.detail == "chon-ji:4"
    assert asked.options[asked.answer_index or 0] == "niunja-sogi"
    assert set(asked.options) == {"niunja-sogi", "gunnun-sogi", "annun-sogi"}
    assert draft("step_stance", "sonkal-najunde-makgi", belt_rank=1) is None
    assert draft("step_stance", "sonkal-najunde-makgi", belt_rank=2, taken=("chon-ji:4",)) is None


def test_a_kick_without_a_stance_is_not_asked_for_it() -> None:
    assert draft("step_stance", "ap-chagi") is None


def test_a_step_is_shown_with_the_names_of_its_technique_and_tul() -> None:
    asked = question(
        "step_stance",
        "technique",
        "sonkal-najunde-makgi",
        detail="chon-ji:4",
        options=("niunja-sogi", "gunnun-sogi"),
        answer_index=0,
    )
    found = texts(asked)
    assert found.values == {
        "own": "blok niski ręką-nożem",
        "name": "Sonkal Najunde Makgi",
        "hangul": "손칼 낮은데 막기",
        "romanization": "Sonkal Najunde Makgi",
        "tul": "Chon-Ji",
        "number": "4",
    }
    assert found.options == ("Niunja Sogi", "Gunnun Sogi")


def test_belts_stand_in_their_order_near_the_right_one() -> None:
    asked = draft("belt", "bandal-chagi")
    assert asked is not None
    assert asked.options[asked.answer_index or 0] == "4kup"
    ranks = [make.BELTS.index(option) for option in asked.options]
    assert ranks == sorted(ranks)
    assert options("belt", "bandal-chagi") == {
        "7kup",
        "6kup",
        "5kup",
        "4kup",
        "3kup",
        "2kup",
        "1kup",
    }
    assert options("belt", "ap-chagi") == {"10kup", "9kup", "8kup", "7kup"}


def test_one_mistake_stands_among_key_points_of_the_same_technique() -> None:
    asked = draft("mistake", "ap-chagi")
    assert asked is not None
    assert sorted(asked.options)[:3] == ["k0", "k1", "k2"]
    assert asked.options[asked.answer_index or 0] in {"m0", "m1"}
    found = texts(question("mistake", "technique", "ap-chagi", options=("k0", "m1"), answer_index=1))
    assert found.options == ("onepl igahc-pa", "worsepl igahc-pa")


def test_one_key_point_stands_among_mistakes() -> None:
    asked = draft("key_point", "ap-chagi")
    assert asked is not None
    assert sorted(asked.options)[1:] == ["m0", "m1"]
    assert asked.options[asked.answer_index or 0] in {"k0", "k1", "k2"}


def test_a_technique_without_mistakes_is_not_asked_for_one() -> None:
    kick = make.technique("ap-chagi", "kopnięcie", "kick", "앞차기", mistakes={})
    material = make.material([kick])
    assert draft("mistake", "ap-chagi", material=material) is None
    assert draft("key_point", "ap-chagi", material=material) is None


def test_a_sentence_that_a_language_lacks_is_empty() -> None:
    asked = question("mistake", "technique", "ap-chagi", options=("k2", "m9"), answer_index=1)
    assert texts(asked).options == ("threepl igahc-pa", "")


def test_the_next_step_is_asked_by_number_and_name() -> None:
    asked = draft("next_step", "chon-ji", taken=("chon-ji:1", "chon-ji:3"))
    assert asked is not None
    assert (asked.detail, asked.options[asked.answer_index or 0]) == ("chon-ji:2", "chon-ji:3")
    found = texts(
        question(
            "next_step", "tul", "chon-ji", detail="chon-ji:2", options=asked.options, answer_index=asked.answer_index
        )
    )
    assert {name: found.values[name] for name in ("name", "step", "number")} == {
        "name": "Chon-Ji",
        "step": make.PUNCH,
        "number": "2",
    }
    assert set(found.options) == {make.LOW, make.PUNCH, make.KNIFE_HAND}


def test_a_step_without_a_name_is_neither_shown_nor_asked_for() -> None:
    details = {found.detail for seed in range(30) if (found := draft("next_step", "do-san", seed=seed))}
    assert details == {"do-san:3"}


def test_a_step_that_says_more_or_less_than_the_right_one_is_no_option() -> None:
    reverse = make.step("Gunnun So Kaunde Bandae Jirugi", "jirugi", stance="gunnun-sogi")
    tuls = [make.tul("chon-ji", "천지", [make.STEPS[make.LOW], make.STEPS[make.PUNCH], reverse])]
    material = make.material(tuls=tuls)
    assert options("next_step", "chon-ji", material=material, taken=("chon-ji:2",)) == {"chon-ji:1", "chon-ji:2"}


def test_a_tul_of_one_step_over_and_over_is_not_asked_for_the_next() -> None:
    tuls = [make.tul("saju-tulgi", "사주 뚫기", [make.STEPS[make.LOW]] * 8), *make.TULS]
    assert draft("next_step", "saju-tulgi", material=make.material(tuls=tuls)) is None


def test_koreans_read_steps_in_hangul() -> None:
    asked = question("next_step", "tul", "chon-ji", detail="chon-ji:1", options=("chon-ji:2",), answer_index=0)
    found = texts(asked, language="ko")
    assert (found.values["step"], found.options) == (f"한 {make.LOW}", (f"한 {make.PUNCH}",))


def test_movements_stand_in_order_near_the_right_number() -> None:
    asked = draft("movements", "yul-gok")
    assert asked is not None
    numbers = [int(option) for option in asked.options]
    assert numbers == sorted(set(numbers))
    assert numbers[asked.answer_index or 0] == 38
    found = texts(question("movements", "tul", "yul-gok", options=asked.options, answer_index=asked.answer_index))
    assert (found.values["name"], found.options) == ("Yul-Gok", asked.options)
    assert options("movements", "yul-gok") == {str(number) for number in range(34, 43)}


def test_numbers_of_movements_are_those_of_other_tuls_too_and_never_below_one() -> None:
    tuls = [make.tul("chon-ji", "천지", [], movements=2), make.tul("dan-gun", "단군", [], movements=9)]
    assert options("movements", "chon-ji", material=make.material(tuls=tuls)) == {"1", "2", "3", "4", "5", "6", "9"}


def test_a_tul_of_unknown_length_is_not_asked_for_it() -> None:
    tuls = [make.tul("chon-ji", "천지", [], movements=None)]
    assert draft("movements", "chon-ji", material=make.material(tuls=tuls)) is None


def test_a_meaning_is_shown_without_the_name() -> None:
    meanings = {
        "pl": "Ku czci Kwang-Gae-Toh-Wanga i Dan Guna, czyli Dangun.",
        "en": "Means heaven.",
        "ko": "단군의 이름",
    }
    tuls = [make.tul("dan-gun", "단군", [], meaning=meanings, aliases=["Dangun", "Kwang Gae"]), *make.TULS[2:]]
    asked = question("tul_named", "tul", "dan-gun", options=("do-san", "dan-gun"), answer_index=1)
    material = make.material(tuls=tuls)
    assert texts(asked, material).values == {"meaning": "Ku czci … i …, czyli …."}
    assert texts(asked, material, "ko").values == {"meaning": "…의 이름"}
    assert texts(asked, material).options == ("Do-San", "Dan-Gun")


def test_a_meaning_that_says_a_part_of_the_name_is_not_asked() -> None:
    meanings = {"pl": "Cios w cztery strony", "ko": "네 방향 지르기"}
    tuls = [make.tul("saju-jirugi", "사주 지르기", [], meaning=meanings), *make.TULS]
    material = make.material(tuls=tuls)
    assert draft("tul_meaning", "saju-jirugi", material=material, language="ko") is None
    assert draft("tul_meaning", "saju-jirugi", material=material) is not None


def test_a_tul_is_chosen_by_a_technique_that_the_others_do_not_contain() -> None:
    asked = draft("tul_with", "chon-ji", taken=("gunnun-sogi", "jirugi", "narani-junbi-sogi", "niunja-sogi"))
    assert asked is not None
    assert (asked.detail, set(asked.options)) == ("najunde-makgi", {"chon-ji", "dan-gun", "do-san"})
    found = texts(
        question("tul_with", "tul", "chon-ji", detail="najunde-makgi", options=("dan-gun", "chon-ji"), answer_index=1)
    )
    assert found.values == {"own": "blok niski", "name": "Najunde Makgi", "hangul": "낮은데 막기"}
    assert found.options == ("Dan-Gun", "Chon-Ji")


def test_a_variant_is_known_by_its_tool() -> None:
    taken = ("annun-sogi", "ap-makgi", "narani-junbi-sogi", "niunja-sogi")
    asked = draft("tul_with", "won-hyo", taken=taken)
    assert asked is not None
    assert (asked.detail, set(asked.options)) == ("sonkal-najunde-makgi", {"won-hyo", "dan-gun", "do-san"})


def test_a_technique_that_every_tul_contains_is_not_asked_for() -> None:
    assert "narani-junbi-sogi" not in {
        found.detail for seed in range(50) if (found := draft("tul_with", "chon-ji", seed=seed))
    }


def test_a_technique_that_leaves_three_wrong_tuls_is_preferred() -> None:
    tuls = [make.tul(f"tul-{n}", "틀" + "가나다라"[n], [make.STEPS[make.LOW]]) for n in range(3)]
    mixed = make.tul("mixed", "섞", [make.STEPS[make.LOW], make.STEPS["Ap Chagi"]], ready_stance="")
    material = make.material(tuls=[*tuls, mixed])
    drafts = [draft("tul_with", "mixed", material=material, seed=seed) for seed in range(9)]
    assert {made and made.detail for made in drafts} == {"ap-chagi"}


def test_a_tul_without_steps_is_not_asked_by_technique() -> None:
    assert draft("tul_with", "yul-gok") is None
    assert "yul-gok" not in options("tul_with", "dan-gun")


def test_theory_is_answered_among_answers_to_other_questions() -> None:
    assert options("theory", "first-king") == {"first-king", "founder", "country", "virtue"}
    assert options("theory", "date") >= {"date", "first-date"}
    asked = question("theory", "theory", "first-king", options=("country", "first-king"), answer_index=1)
    found = texts(asked)
    assert found.values == {"question": "Question first-king? pl"}
    assert found.options == ("Korea", "Dan-Gun")


def test_a_number_is_answered_among_numbers_near_to_it() -> None:
    asked = draft("theory", "year")
    assert asked is not None
    assert asked.options[asked.answer_index or 0] == "=1955"
    assert options("theory", "year") == {f"={year}" for year in range(1951, 1960)}
    found = texts(question("theory", "theory", "year", options=asked.options, answer_index=asked.answer_index))
    assert found.options == tuple(option.removeprefix("=") for option in asked.options)


def test_an_answer_that_says_more_or_less_is_no_option() -> None:
    questions = [*make.THEORY, make.theory("general", "General Choi"), make.theory("empty", "")]
    material = make.material(theory=questions)
    assert not options("theory", "founder", material=material) & {"general", "empty"}
    assert draft("theory", "empty", material=material) is None


@pytest.mark.parametrize(
    ("kind", "item_kind", "card"),
    [
        ("meaning", "technique", "technique/x/meaning"),
        ("korean", "term", "term/x/korean"),
        ("listening", "term", "term/x/meaning"),
        ("movements", "tul", "tul/x/movements"),
        ("tul_meaning", "tul", "tul/x/meaning"),
        ("tul_named", "tul", None),
        ("theory", "theory", "theory/x/answer"),
        ("romanization", "term", None),
        ("hangul", "term", None),
        ("picture", "technique", None),
        ("described_stance", "technique", None),
        ("described_technique", "technique", None),
        ("step_stance", "technique", None),
        ("belt", "tul", None),
        ("mistake", "technique", None),
        ("key_point", "technique", None),
        ("next_step", "tul", None),
        ("tul_with", "tul", None),
    ],
)
def test_a_question_reviews_the_card_of_what_it_tests(kind: Kind, item_kind: str, card: str | None) -> None:
    assert card_of(question(kind, item_kind, "x")) == card

"""Questions about tuls: the next step, the number of movements, the meaning, and what a tul contains."""

from . import make
from .asking import draft, options, question, texts


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


def test_a_step_is_asked_for_where_it_faces() -> None:
    steps = [make.step(make.PUNCH, "jirugi", facing=facing) for facing in ("B", "E", "AD")]
    material = make.material(tuls=[make.tul("chon-ji", "천지", steps)])
    asked = draft("step_facing", "chon-ji", material=material, taken=("chon-ji:1", "chon-ji:3"))
    assert asked is not None
    assert (asked.detail, asked.options[asked.answer_index or 0]) == ("chon-ji:2", "E")
    assert options("step_facing", "chon-ji", material=material, taken=("chon-ji:1", "chon-ji:3")) == {
        "E",
        "AD",
        "B",
        "C",
        "D",
    }
    found = texts(question("step_facing", "tul", "chon-ji", detail="chon-ji:2", options=("E", "B"), answer_index=0))
    assert found.options == ("E", "B")
    assert draft("step_facing", "chon-ji", material=material, taken=("chon-ji:1", "chon-ji:2", "chon-ji:3")) is None


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

"""Questions about techniques and stances: descriptions, steps, belts, mistakes and key points."""

from . import make
from .asking import draft, options, question, texts


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

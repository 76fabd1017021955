"""What items are called, and on which side a name stands."""

from tkd_rules.quiz.names import form, key, korean_name, own_name, without_articles

from . import make

BOOK = make.HANDBOOK.names


def korean(slug: str) -> tuple[str, ...]:
    return BOOK.names(make.item(slug)).korean


def own(slug: str) -> tuple[str, ...]:
    return BOOK.names(make.item(slug)).own


def test_a_synonym_goes_with_its_language_and_another_romanization_with_the_korean_name() -> None:
    assert korean("ap-chagi") == ("Ap Chagi", "앞차기", "Ap Chaki")
    assert own("ap-chagi") == ("kopnięcie do przodu", "front kick", "straight kick", "kopnięcie proste")


def test_a_name_run_together_is_the_same_name() -> None:
    assert "Apchagi" not in korean("ap-chagi")
    assert [item.slug for item in make.HANDBOOK.called("APCHAGI")] == ["ap-chagi"]


def test_an_alias_that_gives_no_hint_is_of_both_sides() -> None:
    assert korean("sonkal") == ("Sonkal", "손칼", "Zuzu")
    assert own("sonkal") == ("ręka-nóż", "knife-hand", "Zuzu")


def test_an_alias_made_of_known_korean_words_is_korean() -> None:
    material = make.material(terms=[*make.TERMS, make.term("kup", "stopień", "grade", "급", aliases=["Dwi Makgi Zzz"])])
    assert material.names.names(material.item("term", "kup")).korean == ("Kup", "급", "Dwi Makgi Zzz")


def test_a_tul_is_called_the_same_in_every_language() -> None:
    assert korean("chon-ji") == own("chon-ji") == ("Chon-Ji", "천지")


def test_the_parts_of_a_name_and_what_stands_before_brackets_are_names_too() -> None:
    assert own("dwi") == ("tył", "back, rear", "back", "rear")
    assert own("jirugi-general") == ("cios (grupa)", "cios", "punch (class)", "punch")


def test_koreans_are_asked_in_hangul_and_english() -> None:
    kick = make.item("ap-chagi")
    assert (korean_name(kick, "pl"), own_name(kick, "pl")) == ("Ap Chagi", "kopnięcie do przodu")
    assert (korean_name(kick, "ko"), own_name(kick, "ko")) == ("앞차기", "front kick")


def test_items_are_found_by_how_a_korean_name_sounds() -> None:
    assert [item.slug for item in make.HANDBOOK.sounding("doll yeo tchaki")] == ["dollyo-chagi"]
    assert list(make.HANDBOOK.sounding("kopnięcie boczne")) == []


def test_a_word_of_another_name_is_no_misspelling_but_an_inflected_one_may_be() -> None:
    assert BOOK.is_other_word("yop", "ap", "korean")
    assert not BOOK.is_other_word("app", "ap", "korean")
    assert BOOK.is_other_word("boczny", "niski", "own")
    assert not BOOK.is_other_word("bocznego", "boczny", "own")
    assert not BOOK.is_other_word("bocny", "boczny", "own")


def test_articles_do_not_count_unless_they_are_all_there_is() -> None:
    assert without_articles(form("the ball of a foot")) == "balloffoot"
    assert without_articles(form("An")) == "an"


def test_texts_that_say_the_same_have_one_key() -> None:
    assert key("Dollyo Chagi") == key("dolryo-tchaki")
    assert key("") == key("–") == ""

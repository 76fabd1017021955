import pytest

from tkd_rules.repetition.cards import Card, belt_deck, cards_of, chosen_cards, parse_card


def test_a_card_reads_back_from_its_key() -> None:
    assert parse_card("technique/ap-chagi/korean") == Card("technique", "ap-chagi", "korean")
    assert [parse_card(key).key for key in cards_of("tul", "chon-ji")] == cards_of("tul", "chon-ji")
    assert cards_of("theory", "who-was-dan-gun") == ["theory/who-was-dan-gun/answer"]


@pytest.mark.parametrize(
    "key",
    ["", "technique", "technique/ap-chagi", "technique/ap-chagi/answer", "belt/9kup/meaning", "term//meaning",
     "term/-a/meaning", "term/A/meaning", "term/a b/meaning", "term/a/meaning/x", f"term/{'a' * 81}/meaning",
     "term/a\n/meaning", "term/ł/meaning"],
)  # fmt: skip
def test_what_is_no_card_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="is no card"):
        parse_card(key)


def test_a_belts_deck_goes_from_the_first_grade_on_and_asks_each_thing_one_way_first() -> None:
    documents: dict[str, list[dict[str, str]]] = {
        "tul": [{"slug": "chon-ji", "min_belt": "9kup"}],
        "term": [{"slug": "dojang", "min_belt": "10kup"}, {"slug": "dan", "min_belt": "1dan"}],
        "technique": [{"slug": "ap-chagi", "min_belt": "10kup"}],
        "theory": [{"slug": "oath", "min_belt": "9kup"}],
    }
    assert belt_deck(documents, belt_rank=2) == [
        "technique/ap-chagi/meaning",
        "term/dojang/meaning",
        "technique/ap-chagi/korean",
        "term/dojang/korean",
        "tul/chon-ji/meaning",
        "theory/oath/answer",
        "tul/chon-ji/movements",
    ]


def test_what_stands_side_by_side_in_the_alphabet_is_not_learned_side_by_side() -> None:
    words = [f"an-{letter}" for letter in "abcdefghijklmnop"]
    deck = belt_deck({"term": [{"slug": word, "min_belt": "10kup"} for word in words]}, belt_rank=1)
    learned = [parse_card(card).slug for card in deck[: len(words)]]
    assert sorted(learned) == words
    assert learned != words


def test_what_was_asked_for_comes_before_favourites() -> None:
    choices = ["new_per_day", "favourite/tul/chon-ji", "favourite/term/dan", "deck/theory/oath"]
    assert chosen_cards(choices) == [
        "theory/oath/answer",
        "term/dan/meaning",
        "term/dan/korean",
        "tul/chon-ji/meaning",
        "tul/chon-ji/movements",
    ]

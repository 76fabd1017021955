"""What people read: grammar in three languages, and a context that is exactly what a kind needs."""

import pytest

from handbook.notifications.kinds import FACTS, Context, Kind, checked
from handbook.notifications.texts import Text, messages, text_of

EXAMPLES: dict[Kind, Context] = {
    Kind.REVIEWS_DUE: {"cards": 5},
    Kind.TRAINING_TODAY: {"session": "Chon-Ji"},
    Kind.GRADING_NEAR: {"belt": "1dan", "days": 5},
    Kind.STREAK_AT_RISK: {"days": 5},
    Kind.CLUB_MESSAGE: {"message": "m1", "club": "Hwarang", "text": "{days} o 18:00"},
}


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        (1, "1 karta czeka na powtórzenie."),
        (2, "2 karty czekają na powtórzenie."),
        (4, "4 karty czekają na powtórzenie."),
        (5, "5 kart czeka na powtórzenie."),
        (12, "12 kart czeka na powtórzenie."),
        (14, "14 kart czeka na powtórzenie."),
        (21, "21 kart czeka na powtórzenie."),
        (22, "22 karty czekają na powtórzenie."),
        (112, "112 kart czeka na powtórzenie."),
    ],
)
def test_polish_counts_cards_and_conjugates_their_verb(cards: int, said: str) -> None:
    assert text_of(Kind.REVIEWS_DUE, {"cards": cards}, "pl").body == said


@pytest.mark.parametrize(
    ("kind", "context", "language", "said"),
    [
        (Kind.REVIEWS_DUE, {"cards": 1}, "en", "1 card is waiting to be reviewed."),
        (Kind.REVIEWS_DUE, {"cards": 2}, "en", "2 cards are waiting to be reviewed."),
        (Kind.REVIEWS_DUE, {"cards": 1}, "ko", "복습할 카드가 1장 있습니다."),
        (Kind.GRADING_NEAR, {"belt": "9kup", "days": 1}, "pl", "Egzamin już jutro. Zobacz, co jeszcze zostało."),
        (
            Kind.GRADING_NEAR,
            {"belt": "9kup", "days": 3},
            "pl",
            "Do egzaminu zostały 3 dni. Zobacz, co jeszcze zostało.",
        ),
        (
            Kind.GRADING_NEAR,
            {"belt": "9kup", "days": 7},
            "pl",
            "Do egzaminu zostało 7 dni. Zobacz, co jeszcze zostało.",
        ),
        (Kind.STREAK_AT_RISK, {"days": 1}, "pl", "Uczysz się od 1 dnia. Wystarczy dziś jedna karta."),
        (Kind.TRAINING_TODAY, {"session": "Chon-Ji"}, "en", "Today's plan: Chon-Ji."),
    ],
)
def test_a_sentence_fits_its_number_and_language(kind: Kind, context: Context, language: str, said: str) -> None:
    assert text_of(kind, context, language).body == said


@pytest.mark.parametrize(
    ("belt", "language", "said"),
    [
        ("9kup", "pl", "Zbliża się egzamin na 9. kup"),
        ("1dan", "en", "Your grading for 1st dan is near"),
        ("2kup", "en", "Your grading for 2nd kup is near"),
        ("3kup", "en", "Your grading for 3rd kup is near"),
        ("10kup", "en", "Your grading for 10th kup is near"),
        ("4dan", "ko", "4단 심사가 다가옵니다"),
        ("8kup", "ko", "8급 심사가 다가옵니다"),
    ],
)
def test_grades_are_named_as_each_language_names_them(belt: str, language: str, said: str) -> None:
    assert text_of(Kind.GRADING_NEAR, {"belt": belt, "days": 5}, language).title == said


def test_a_club_is_quoted_word_for_word() -> None:
    for language in ("pl", "en", "ko"):
        said = text_of(Kind.CLUB_MESSAGE, EXAMPLES[Kind.CLUB_MESSAGE], language)
        assert said == Text(title="Hwarang", body="{days} o 18:00")


@pytest.mark.parametrize("language", ["pl", "en", "ko"])
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_said_with_every_number(kind: Kind, language: str) -> None:
    for number in range(1, 130):
        context = {name: number if isinstance(held, int) else held for name, held in EXAMPLES[kind].items()}
        said = text_of(kind, context, language)
        assert said.title
        assert said.body
        assert "{" not in said.title


def test_all_languages_say_the_same_things() -> None:
    plurals = (".one", ".few", ".many")
    said = [
        {key.removesuffix(form) for key in messages(of) for form in plurals if key.endswith(form)}
        for of in ("pl", "en", "ko")
    ]
    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("context", [{}, {"cards": "5"}, {"cards": True}, {"cards": 5, "more": 1}])
def test_a_context_that_is_not_what_the_kind_needs_is_refused(context: Context) -> None:
    with pytest.raises(ValueError, match="reviews_due needs cards: int"):
        checked(Kind.REVIEWS_DUE, context)


def test_every_kind_has_facts() -> None:
    assert set(FACTS) == set(Kind) == set(EXAMPLES)

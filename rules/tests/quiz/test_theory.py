"""Theory questions: the options are answers to others, and numbers near the right one."""

from . import make
from .asking import draft, options, question, texts


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

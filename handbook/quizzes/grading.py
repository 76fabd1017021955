"""What an answer to a question of a quiz is worth, by the catalogue as it is now."""

from dataclasses import dataclass

from handbook.quizzes.material import current_material
from handbook.quizzes.problems import AnswerUnsuited, QuestionGone
from handbook.quizzes.sessions import Session
from tkd_rules.quiz import Question, Verdict, grade

Given = int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What an answer is worth; `card` is None when it reviews none, and then nothing is recorded."""

    verdict: Verdict
    rating: int
    card: str | None


def verdict_on(answer: Given, question: Question, session: Session) -> Verdict:
    """Raises QuestionGone or AnswerUnsuited."""
    _revision, material = current_material()
    try:
        return grade(material, question, answer)
    except LookupError as error:
        raise QuestionGone(revision=session.revision) from error
    except ValueError as error:
        raise AnswerUnsuited(str(error)) from error

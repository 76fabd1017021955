"""Quizzes: questions made from the catalogue, and their answers graded, alike on the server and on the device."""

from tkd_rules.quiz.answers import Verdict, card_of, grade, rating_of
from tkd_rules.quiz.asking import Shown
from tkd_rules.quiz.generation import questions_for
from tkd_rules.quiz.material import Material, material_of
from tkd_rules.quiz.question import Question, QuizRequest, from_json, to_json
from tkd_rules.quiz.showing import shown
from tkd_rules.quiz.spelling import Difference

__all__ = [
    "Difference",
    "Material",
    "Question",
    "QuizRequest",
    "Shown",
    "Verdict",
    "card_of",
    "from_json",
    "grade",
    "material_of",
    "questions_for",
    "rating_of",
    "shown",
    "to_json",
]

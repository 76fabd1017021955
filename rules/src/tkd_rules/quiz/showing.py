"""A question's texts, taken from the material when it is shown."""

from tkd_rules.quiz.asking import Shown, View
from tkd_rules.quiz.items import Language
from tkd_rules.quiz.kinds import RULES
from tkd_rules.quiz.material import Material
from tkd_rules.quiz.question import Question


def view_of(material: Material, question: Question, language: Language) -> View:
    """Return the asked item as a learner of a language sees it. Raises LookupError when it is gone."""
    item = material.item(question.item_kind, question.item_slug)
    return View(material=material, item=item, language=language)


def shown(material: Material, question: Question, language: Language) -> Shown:
    """Return the texts of a question: values for the placeholders of the message of its kind, and its options.

    Options of the kind `belt` are codes of belts, of `movements` numbers, of all others texts. A language other than
    that in which it was asked may show two options alike. Raises LookupError when the catalogue no longer holds what
    the question refers to.
    """
    rule = RULES[question.kind]
    view = view_of(material, question, language)
    return Shown(
        values=rule.values(view, question.detail),
        points=rule.points(view, question.detail),
        options=tuple(rule.option(view, option) for option in question.options),
        media=rule.media(view, question.detail),
    )

"""Pictures of published tuls, drawn from their steps and the measures of stances."""

from http import HTTPStatus

from rest_framework.exceptions import ValidationError

from handbook.catalogue import selectors
from handbook.catalogue.documents import Document
from handbook.common.problems import RuleBroken
from tkd_rules.tul.captions import caption
from tkd_rules.tul.diagram import Diagram, StepUnknownError, View, step_diagram, whole_diagram
from tkd_rules.tul.notation import Tul
from tkd_rules.tul.parsing import tul_of_document
from tkd_rules.tul.pose import Walk
from tkd_rules.tul.stances import UnknownStanceError
from tkd_rules.tul.svg import svg_of
from tkd_rules.tul.walking import walk


class NotDrawn(RuleBroken):
    slug = "not-drawn"
    status = HTTPStatus.NOT_FOUND
    title = "There is no picture of this tul"


def svg_of_tul(document: Document, *, step: int | None, view: View, lang: str) -> str:
    """Return the picture of a tul, or of one of its steps, from its document. One query.

    Raises NotDrawn where the steps are not written or can't be walked, ValidationError for a step that it lacks.
    """
    tul, walked = walked_tul(document)
    names = document["name"]
    diagram = _diagram(tul, walked, step, view)
    title, description = caption(
        diagram, name=names.get(lang) or document["romanization"], steps=len(tul.steps), lang=lang
    )
    return svg_of(diagram, title=title, description=description, lang=lang)


def walked_tul(document: Document) -> tuple[Tul, Walk]:
    """Return a tul and the way through it. Raises NotDrawn."""
    if not document["steps"]:
        raise NotDrawn(f"The movements of {document['slug']} are not written yet.")
    try:
        tul = tul_of_document(document)
        return tul, walk(tul, selectors.stance_measures())
    except ValueError as error:
        raise NotDrawn(f"The movements of {document['slug']} can't be walked: {error}.") from error
    except UnknownStanceError as error:
        raise NotDrawn(f"The stance {error} in {document['slug']} has no measures.") from error


def _diagram(tul: Tul, walked: Walk, step: int | None, view: View) -> Diagram:
    if step is None:
        return whole_diagram(tul, walked, view)
    try:
        return step_diagram(tul, walked, step, view)
    except StepUnknownError as error:
        raise ValidationError({"step": [f"{tul.slug} has the steps 1 to {len(tul.steps)}."]}) from error

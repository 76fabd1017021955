"""What the gradings refuse."""

from http import HTTPStatus

from handbook.common.problems import RuleBroken


class NoSyllabus(RuleBroken):
    slug = "not-found"
    status = HTTPStatus.NOT_FOUND
    title = "No syllabus"


class Wrong(RuleBroken):
    """One parameter is wrong in a way that only the syllabus, or the learner's day, can tell."""

    slug = "invalid"
    status = HTTPStatus.BAD_REQUEST
    title = "The input is not valid"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__("One or more fields are wrong; see errors.", errors={field: [sentence]})

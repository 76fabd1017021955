"""What quizzes refuse. Each becomes problem+json in handbook.common.problems."""

from http import HTTPStatus

from handbook.common.problems import RuleBroken


class UnknownSession(RuleBroken):
    slug = "unknown-session"
    status = HTTPStatus.NOT_FOUND
    title = "No such quiz"

    def __init__(self) -> None:
        super().__init__("This is no session, or not one of this server's. Give it as quizzes/start answered it.")


class SessionExpired(RuleBroken):
    slug = "session-expired"
    status = HTTPStatus.GONE
    title = "This quiz has ended"

    def __init__(self) -> None:
        super().__init__("A quiz may be answered for 24 hours. Start another one.")


class OtherLearnersSession(RuleBroken):
    slug = "other-learners-session"
    status = HTTPStatus.FORBIDDEN
    title = "This quiz is somebody else's"

    def __init__(self) -> None:
        super().__init__("Sign in as the learner who started it, or start one of your own.")


class UnknownQuestion(RuleBroken):
    slug = "unknown-question"
    status = HTTPStatus.NOT_FOUND
    title = "No such question"

    def __init__(self, number: str, *, count: int) -> None:
        super().__init__(
            f"This quiz has no question {number!r}, but 1 to {count}." if count else "It has no questions."
        )


class QuestionGone(RuleBroken):
    slug = "question-gone"
    status = HTTPStatus.GONE
    title = "The catalogue has changed"

    def __init__(self, *, revision: int) -> None:
        super().__init__(f"What this asks about was withdrawn after revision {revision}. Go on with the next question.")


class AlreadyAnswered(RuleBroken):
    slug = "already-answered"
    status = HTTPStatus.CONFLICT
    title = "This question was answered"

    def __init__(self) -> None:
        super().__init__("Another answer to this question came first, and was kept.")


class AnswerUnsuited(RuleBroken):
    """An answer that is well formed, but not of the kind that the question takes."""

    slug = "invalid"
    status = HTTPStatus.BAD_REQUEST
    title = "The input is not valid"

    def __init__(self, sentence: str) -> None:
        super().__init__("One or more fields are wrong; see errors.", errors={"answer": [sentence]})

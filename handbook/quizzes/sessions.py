"""A quiz as a signed token: the server stores nothing for one that is played, and forgets nothing of it either.

The token is JSON, compressed: `id`, `u` (the learner's id or null), `r` (the catalogue's revision), `at` (seconds since
1970) and `q` (the questions). Anybody can read it, and nobody change it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.core import signing

from handbook.quizzes.material import current_material
from handbook.quizzes.problems import OtherLearnersSession, SessionExpired, UnknownQuestion, UnknownSession
from tkd_rules.grading import ALL_BELTS
from tkd_rules.quiz import Question, QuizRequest, Shown, from_json, questions_for, shown, to_json
from tkd_rules.quiz.items import Language
from tkd_rules.quiz.question import Mode

SALT = "handbook.quizzes.session"
LIFETIME = timedelta(hours=24)
HIGHEST_RANK = ALL_BELTS[-1].rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A quiz of a learner, None for somebody not signed in; `revision` is the catalogue's."""

    id: UUID
    learner_id: UUID | None
    revision: int
    made_at: datetime
    questions: tuple[Question, ...]

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LIFETIME

    def question(self, number: str) -> Question:
        """Raises UnknownQuestion."""
        for question in self.questions:
            if question.id == number:
                return question
        raise UnknownQuestion(number, count=len(self.questions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """A session that begins, with the texts of its questions in their order."""

    session: Session
    texts: tuple[Shown, ...]


def new_quiz(
    *,
    learner_id: UUID | None,
    mode: Mode,
    belt_rank: int | None,
    count: int,
    language: Language,
    typed: bool,
    at: datetime,
) -> Quiz:
    """Return a quiz of up to `count` questions, another one each time; without a belt about everything.

    No query once the material is read.
    """
    id_ = uuid4()
    revision, material = current_material()
    request = QuizRequest(
        mode=mode, belt_rank=belt_rank or HIGHEST_RANK, count=count, language=language, typed=typed, seed=str(id_)
    )
    session = Session(
        id=id_,
        learner_id=learner_id,
        revision=revision,
        made_at=at.replace(microsecond=0),
        questions=questions_for(material, request),
    )
    return Quiz(session=session, texts=tuple(shown(material, question, language) for question in session.questions))


def token_of(session: Session) -> str:
    """Return the session as it travels, in letters that a path may hold."""
    payload = {
        "id": session.id.hex,
        "u": session.learner_id and session.learner_id.hex,
        "r": session.revision,
        "at": int(session.made_at.timestamp()),
        "q": [to_json(question) for question in session.questions],
    }
    return _signer().sign_object(payload, compress=True)


def session_of(token: str, *, learner_id: UUID | None, at: datetime) -> Session:
    """Return the session of a token that `learner_id` may answer now. One of nobody's may be answered by everybody.

    Raises UnknownSession, SessionExpired or OtherLearnersSession.
    """
    session = _read(token)
    if at >= session.ends_at:
        raise SessionExpired
    if session.learner_id not in {None, learner_id}:
        raise OtherLearnersSession
    return session


def _read(token: str) -> Session:
    try:
        payload = _signer().unsign_object(token)
    except signing.BadSignature as error:
        raise UnknownSession from error
    return Session(
        id=UUID(payload["id"]),
        learner_id=UUID(payload["u"]) if payload["u"] else None,
        revision=payload["r"],
        made_at=datetime.fromtimestamp(payload["at"], UTC),
        questions=tuple(map(from_json, payload["q"])),
    )


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)

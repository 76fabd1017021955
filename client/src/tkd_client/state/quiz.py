"""A quiz under way: its questions and what was answered, kept so that it goes on after the app was killed."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tkd_client.offline.catalogue import Catalogue
from tkd_client.state.learning import Learning
from tkd_client.state.observed import Observed
from tkd_rules import quiz
from tkd_rules.quiz import Material, Question, QuizRequest, Shown, Verdict
from tkd_rules.quiz.question import Mode
from tkd_rules.repetition.reviews import Rating

Store = Callable[[dict[str, Any] | None], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of a question: `outcome` is right, nearly or wrong."""

    outcome: str
    right_answer: str


class Quiz(Observed):
    """Made on the device, with no network; an answer about a card counts as one of its reviews."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        learning: Learning,
        kept: Callable[[], Any],
        keep: Store,
        clock_s: Callable[[], float],
    ) -> None:
        """`kept()` returns what `keep` stored last, None for nothing."""
        super().__init__()
        self._catalogue, self._learning, self._keep, self._clock_s = catalogue, learning, keep, clock_s
        self._material: tuple[int, Material] | None = None
        self.questions: tuple[Question, ...] = ()
        self.answered: list[Answered] = []
        self.verdict: Verdict | None = None
        self.given: int | str = ""
        self._asked_at_s = clock_s()
        self._take_up(kept())

    @property
    def material(self) -> Material:
        """Return the catalogue as quizzes read it, prepared once for each of its revisions."""
        cursor = self._catalogue.cursor
        if self._material is None or self._material[0] != cursor:
            documents = self._catalogue.documents
            material = quiz.material_of(
                documents("technique"), documents("tul"), documents("term"), documents("theory")
            )
            self._material = cursor, material
        return self._material[1]

    @property
    def question(self) -> Question | None:
        """Return what is asked, or was answered and is looked at; None when there is no quiz, or no more of it."""
        place = len(self.answered) - (self.verdict is not None)
        return self.questions[place] if place < len(self.questions) else None

    @property
    def right(self) -> int:
        return sum(one.outcome != "wrong" for one in self.answered)

    def start(self, mode: Mode, *, belt_rank: int, count: int, language: Any, typed: bool) -> None:
        """Ask `count` questions about what is learned up to a grade; fewer when there are no more."""
        request = QuizRequest(
            mode=mode, belt_rank=belt_rank, count=count, language=language, seed=secrets.randbits(53), typed=typed
        )
        self.questions, self.answered = quiz.questions_for(self.material, request), []
        self._ask()

    def shown(self, question: Question) -> Shown | None:
        """Return the texts of a question; None when the catalogue has lost what it is about."""
        try:
            return quiz.shown(self.material, question, question.language)
        except LookupError:
            return None

    def answer(self, given: int | str) -> None:
        """Grade the place of an option, or what was typed; a second answer to a question does not count."""
        question = self.question
        if question is None or self.verdict is not None:
            return
        elapsed_ms = int((self._clock_s() - self._asked_at_s) * 1000)
        verdict = quiz.grade(self.material, question, given)
        if card := quiz.card_of(question):
            self._learning.answer(card, Rating(quiz.rating_of(verdict, elapsed_ms)), elapsed_ms=elapsed_ms)
        self.given, self.verdict = given, verdict
        self.answered.append(Answered(outcome=verdict.outcome, right_answer=verdict.right_answer))
        self._store()

    def next(self) -> None:
        """Go on to the next question once this one is answered."""
        if self.verdict is not None:
            self._ask()

    def skip(self) -> None:
        """Leave out a question whose item is gone."""
        place = len(self.answered)
        self.questions = (*self.questions[:place], *self.questions[place + 1 :])
        self._ask()

    def end(self) -> None:
        self.questions, self.answered = (), []
        self._ask()

    def _ask(self) -> None:
        self.verdict, self.given, self._asked_at_s = None, "", self._clock_s()
        self._store()

    def _store(self) -> None:
        kept = {
            "questions": [quiz.to_json(question) for question in self.questions],
            "answered": [asdict(one) for one in self.answered],
        }
        self._keep(kept if self.questions else None)
        self.changed()

    def _take_up(self, kept: Any) -> None:
        """Go on with what was kept; what cannot be read is no quiz."""
        try:
            self.questions = tuple(map(quiz.from_json, kept["questions"]))
            self.answered = [Answered(**one) for one in kept["answered"]]
        except (KeyError, TypeError, ValueError):
            self.questions, self.answered = (), []


def mistakes(questions: Sequence[Question], answered: Sequence[Answered]) -> Mapping[Question, Answered]:
    """Return what was answered wrongly, in the order in which it was asked."""
    pairs = zip(questions, answered, strict=False)
    return {question: one for question, one in pairs if one.outcome == "wrong"}

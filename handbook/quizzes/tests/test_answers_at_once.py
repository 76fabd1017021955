"""One question answered by several requests at the same moment, on the real database."""

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone

from handbook.accounts.tests import make as accounts
from handbook.common.tests.concurrency import at_once
from handbook.quizzes.models import Review
from handbook.quizzes.problems import AlreadyAnswered
from handbook.quizzes.services import answer_question
from handbook.quizzes.tests import make
from handbook.sync.models import LearnerCursor

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 3


def test_of_answers_at_once_one_is_kept_and_only_those_like_it_are_taken() -> None:
    make.theory()
    mina = accounts.user()
    session = make.play(accounts.client_of(mina), learner_id=mina.pk).session
    taken: list[int] = []
    refused: list[int] = []

    def answer(place: int) -> None:
        try:
            answer_question(session=session, number="1", answer=place, elapsed_ms=0, at=timezone.now())
        except AlreadyAnswered:
            refused.append(place)
        else:
            taken.append(place)

    jobs: list[Callable[[], None]] = [partial(answer, place) for place in range(4) for _ in range(EACH)]
    assert at_once(jobs) == []
    assert (len(set(taken)), len(taken), len(refused)) == (1, EACH, 3 * EACH)
    [review] = Review.objects.all()
    assert review.rating == (3 if taken[0] == session.questions[0].answer_index else 1)
    assert LearnerCursor.objects.get().change == 1

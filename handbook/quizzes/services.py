"""Answers to the questions of a quiz: graded for everybody, recorded for learners."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from handbook.quizzes.grading import Given, Graded, verdict_on
from handbook.quizzes.models import Review
from handbook.quizzes.problems import AlreadyAnswered
from handbook.quizzes.sessions import Session
from handbook.sync.outcomes import STORED, OperationRefused
from handbook.sync.registry import Batch
from handbook.sync.services import push_one
from tkd_rules.quiz import card_of, rating_of

DEVICE = "server"


def answer_question(*, session: Session, number: str, answer: Given, elapsed_ms: int, at: datetime) -> Graded:
    """Grade an answer, and record it as a review when the session is a learner's and the question is about a card.

    The first answer stands: giving it again changes nothing and returns the same. The time that it took is at most
    that since the session began. Raises UnknownQuestion, QuestionGone, AnswerUnsuited, and AlreadyAnswered when another
    answer was recorded.
    """
    question = session.question(number)
    verdict = verdict_on(answer, question, session)
    card = card_of(question)
    elapsed_ms = max(0, min(elapsed_ms, (at - session.made_at) // timedelta(milliseconds=1)))
    rating = rating_of(verdict, elapsed_ms)
    if session.learner_id and card:
        payload = {"card": card, "rating": rating, "reviewed_at": at.isoformat(), "elapsed_ms": elapsed_ms}
        batch = Batch(learner_id=session.learner_id, device=DEVICE, catalogue_revision=session.revision, now=at)
        review = _first_review(batch, uuid5(session.id, question.id), payload, answer)
        rating = review.rating
    return Graded(verdict=verdict, rating=rating, card=card)


def _first_review(batch: Batch, review_id: UUID, payload: dict[str, Any], answer: Given) -> Review:
    digest = _digest(answer)
    review = _recorded(batch, review_id, payload, digest)
    if review.answer_digest != digest:
        raise AlreadyAnswered
    return review


@transaction.atomic
def _recorded(batch: Batch, review_id: UUID, payload: dict[str, Any], digest: str) -> Review:
    """Push a review, unless there is one; return that which there is now. The push locks the learner's log."""
    try:
        outcome = push_one(batch, {"id": str(review_id), "kind": "review", "payload": payload})
    except OperationRefused as refused:
        if refused.slug != "id-taken":
            raise
        outcome = refused.slug
    review = Review.objects.get(learner_id=batch.learner_id, review_id=review_id)
    if outcome == STORED:
        review.answer_digest = digest
        review.save(update_fields=["answer_digest"])
    return review


def _digest(answer: Given) -> str:
    return hashlib.sha256(json.dumps("" if answer is None else answer).encode()).hexdigest()

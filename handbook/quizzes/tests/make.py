"""Quizzes as somebody plays them over HTTP, in a catalogue of a few items."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from rest_framework.test import APIClient

from handbook.accounts.tests.make import Answer
from handbook.catalogue.models import Technique
from handbook.catalogue.tests import make as catalogue
from handbook.quizzes.sessions import Session, session_of
from tkd_rules.quiz import Question

ANSWERS = {"chon-ji": "Niebo i ziemia", "dan-gun": "Założyciel Korei", "do-san": "Patriota", "won-hyo": "Mnich"}


def theory(**answers: str) -> None:
    """Publish a theory question for each slug and its answer."""
    for slug, answer in (answers or ANSWERS).items():
        catalogue.theory_question(slug, belt="9kup", texts={"pl": (f"Co znaczy {slug}?", answer)})


def kicks() -> list[Technique]:
    """Publish kicks that are told apart by their names."""
    named = {
        "ap-chagi": ("Ap Chagi", "앞 차기", "kopnięcie w przód"),
        "yop-chagi": ("Yop Chagi", "옆 차기", "kopnięcie w bok"),
        "dollyo-chagi": ("Dollyo Chagi", "돌려 차기", "kopnięcie okrężne"),
        "dwit-chagi": ("Dwit Chagi", "뒷 차기", "kopnięcie w tył"),
    }
    return [
        catalogue.technique(slug, romanization=name, names={"pl": own, "ko": hangul})
        for slug, (name, hangul, own) in named.items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A quiz that a client began."""

    client: APIClient
    body: dict[str, Any]
    session: Session

    @property
    def token(self) -> str:
        return str(self.body["session"])

    def question(self, number: str = "1") -> Question:
        return self.session.question(number)

    def right(self, number: str = "1") -> int:
        place = self.question(number).answer_index
        assert place is not None
        return place

    def wrong(self, number: str = "1") -> int:
        return (self.right(number) + 1) % len(self.question(number).options)

    def answer(self, given: Any, number: str = "1", *, client: APIClient | None = None, **changes: Any) -> Answer:
        return answered(client or self.client, self.token, question=number, answer=given, **changes)


def started(client: APIClient, query: str = "mode=theory") -> Any:
    return client.get(f"/api/v1/quizzes/start?{query}")


def play(client: APIClient, query: str = "mode=theory", *, learner_id: Any = None) -> Played:
    response = started(client, query)
    assert response.status_code == 200, response.content
    body = json.loads(response.content)
    session = session_of(body["session"], learner_id=learner_id, at=timezone.now())
    return Played(client=client, body=body, session=session)


def answered(client: APIClient, token: str, **body: Any) -> Answer:
    sent = {"question": "1", "answer": 0, "elapsed_ms": 5_000} | body
    return Answer.of(client.post(f"/api/v1/quizzes/{token}/answer", json.dumps(sent), content_type="application/json"))

"""Answers and scheduling rules as they travel between devices: sets that only grow."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from handbook.catalogue.known_items import unknown_items
from handbook.catalogue.revision import current_revision
from handbook.quizzes.models import Retraction, Review, SchedulingRules
from handbook.quizzes.selectors import answer_of, rules_of
from handbook.sync.models import changed_rows, numbered
from handbook.sync.outcomes import KNOWN, STORED, Outcome, id_taken
from handbook.sync.registry import Batch, Change
from tkd_rules import operations
from tkd_rules.operations import Refusal
from tkd_rules.repetition.cards import parse_card
from tkd_rules.repetition.fsrs6 import DEFAULT_PARAMETERS
from tkd_rules.repetition.reviews import Review as Answer
from tkd_rules.repetition.settings import Rules


class ReviewHandler:
    kind = "review"

    def read(self, operation_id: str, payload: Mapping[str, Any], batch: Batch) -> Answer:
        return operations.read_review(operation_id, payload, device=batch.device, now=batch.now)

    def store(self, values: Mapping[str, Answer], batch: Batch, numbers: Iterator[int]) -> dict[str, Outcome]:
        """Two statements, and one more when this process has not yet read the catalogue's items."""
        outcomes = refused_cards(values, batch)
        wanted = [answer for id_, answer in values.items() if id_ not in outcomes]
        held = {
            str(row.review_id): answer_of(row)
            for row in Review.objects.filter(learner_id=batch.learner_id, review_id__in=[one.id for one in wanted])
        }
        rows = [review_row(answer, batch) for answer in wanted if answer.id not in held]
        numbered(rows, numbers)
        Review.objects.bulk_create(rows)
        for answer in wanted:
            outcomes[answer.id] = _outcome(answer, held.get(answer.id))
        return outcomes

    def changes(self, learner_id: UUID, *, after: int, limit: int) -> Sequence[Change]:
        rows = changed_rows(Review, learner_id, after=after, limit=limit)
        return [Change(number=row.change, kind=self.kind, payload=_answer_as_json(answer_of(row))) for row in rows]


class RetractionHandler:
    kind = "retraction"

    def read(self, operation_id: str, payload: Mapping[str, Any], batch: Batch) -> str:
        return operations.read_retraction(payload)

    def store(self, values: Mapping[str, str], batch: Batch, numbers: Iterator[int]) -> dict[str, Outcome]:
        """Two statements."""
        wanted = set(values.values())
        stored = Retraction.objects.filter(learner_id=batch.learner_id, review_id__in=wanted)
        held = {str(review_id) for review_id in stored.values_list("review_id", flat=True)}
        rows = [Retraction(learner_id=batch.learner_id, review_id=id_) for id_ in sorted(wanted - held)]
        numbered(rows, numbers)
        Retraction.objects.bulk_create(rows)
        return {id_: KNOWN if review_id in held else STORED for id_, review_id in values.items()}

    def changes(self, learner_id: UUID, *, after: int, limit: int) -> Sequence[Change]:
        rows = changed_rows(Retraction, learner_id, after=after, limit=limit)
        return [Change(number=row.change, kind=self.kind, payload={"review": str(row.review_id)}) for row in rows]


class RulesHandler:
    kind = "rules"

    def read(self, operation_id: str, payload: Mapping[str, Any], batch: Batch) -> Rules:
        return operations.read_rules(payload, device=batch.device, now=batch.now)

    def store(self, values: Mapping[str, Rules], batch: Batch, numbers: Iterator[int]) -> dict[str, Outcome]:
        """Two statements. Of two rules of one device and moment the first is kept."""
        stored = SchedulingRules.objects.filter(
            learner_id=batch.learner_id, since__in=[rules.since for rules in values.values()], device=batch.device
        )
        held = {row.since: rules_of(row) for row in stored}
        outcomes: dict[str, Outcome] = {}
        rows = []
        for id_, rules in values.items():
            kept = held.setdefault(rules.since, rules)
            if kept is rules:
                rows.append(_rules_row(rules, batch))
            outcomes[id_] = _outcome(rules, None if kept is rules else kept)
        numbered(rows, numbers)
        SchedulingRules.objects.bulk_create(rows)
        return outcomes

    def changes(self, learner_id: UUID, *, after: int, limit: int) -> Sequence[Change]:
        rows = changed_rows(SchedulingRules, learner_id, after=after, limit=limit)
        return [Change(number=row.change, kind=self.kind, payload=_rules_as_json(rules_of(row))) for row in rows]


def refused_cards(values: Mapping[str, Answer], batch: Batch) -> dict[str, Outcome]:
    """Return a refusal for each answer to a card of which the catalogue has never heard."""
    items = {(card.kind, card.slug) for card in (parse_card(answer.card) for answer in values.values())}
    unknown = unknown_items(items)
    if not unknown:
        return {}
    refusal = _unknown_card(batch)
    return {id_: refusal for id_, answer in values.items() if tuple(answer.card.split("/")[:2]) in unknown}


def _unknown_card(batch: Batch) -> Refusal:
    if batch.catalogue_revision > current_revision():
        return Refusal("catalogue-ahead", "The device has read a newer catalogue than the server. Send it again later.")
    return Refusal("unknown-card", "No item of the catalogue has this card. Fetch the catalogue anew.")


def _outcome(value: Answer | Rules, held: Answer | Rules | None) -> Outcome:
    if held is None:
        return STORED
    return KNOWN if held == value else id_taken()


def review_row(answer: Answer, batch: Batch) -> Review:
    return Review(
        learner_id=batch.learner_id,
        review_id=answer.id,
        card=answer.card,
        rating=answer.rating,
        reviewed_at=answer.reviewed_at,
        elapsed_ms=answer.elapsed_ms,
        device=answer.device,
    )


def _rules_row(rules: Rules, batch: Batch) -> SchedulingRules:
    are_published = rules.parameters == DEFAULT_PARAMETERS
    return SchedulingRules(
        learner_id=batch.learner_id,
        since=rules.since,
        device=rules.device,
        algorithm=rules.algorithm,
        desired_retention=rules.desired_retention,
        time_zone=rules.time_zone,
        parameters="" if are_published else " ".join(map(repr, rules.parameters)),
    )


def _answer_as_json(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.id,
        "card": answer.card,
        "rating": int(answer.rating),
        "reviewed_at": answer.reviewed_at,
        "elapsed_ms": answer.elapsed_ms,
        "device": answer.device,
    }


def _rules_as_json(rules: Rules) -> dict[str, Any]:
    return {
        "since": rules.since,
        "device": rules.device,
        "algorithm": rules.algorithm,
        "desired_retention": rules.desired_retention,
        "time_zone": rules.time_zone,
        "parameters": None if rules.parameters == DEFAULT_PARAMETERS else list(rules.parameters),
    }

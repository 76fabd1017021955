"""The diary as it travels between devices: a set that only grows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from handbook.sync.models import changed_rows, numbered
from handbook.sync.outcomes import KNOWN, STORED, Outcome, id_taken
from handbook.sync.registry import Batch, Change
from handbook.training.models import TrainingSession
from handbook.training.selectors.diary import document_of
from handbook.training.selectors.plans import trained_plans
from tkd_rules import operations
from tkd_rules.operations import Refusal
from tkd_rules.training.sessions import Session


class SessionHandler:
    kind = "session"

    def read(self, operation_id: str, payload: Mapping[str, Any], batch: Batch) -> Session:
        return operations.read_session(operation_id, payload, now=batch.now)

    def store(self, values: Mapping[str, Session], batch: Batch, numbers: Iterator[int]) -> dict[str, Outcome]:
        """Three statements."""
        plans = trained_plans(batch.learner_id, {session.plan for session in values.values()})
        stored = TrainingSession.objects.filter(learner_id=batch.learner_id, session_id__in=values)
        held = {str(row.session_id): session_of(row) for row in stored.select_related("plan")}
        outcomes: dict[str, Outcome] = {}
        rows = []
        for id_, told in values.items():
            plan = plans.get(told.plan)
            if plan is None:
                outcomes[id_] = _unknown_plan()
                continue
            session = replace(told, plan=plan.key)
            outcomes[id_] = _outcome(session, held.get(id_))
            if id_ not in held:
                rows.append(_row(session, plan.pk, batch))
        numbered(rows, numbers)
        TrainingSession.objects.bulk_create(rows)
        return outcomes

    def changes(self, learner_id: UUID, *, after: int, limit: int) -> Sequence[Change]:
        rows = changed_rows(TrainingSession, learner_id, after=after, limit=limit).select_related("plan")
        return [
            Change(number=row.change, kind=self.kind, payload=document_of(row) | {"plan": row.plan.key}) for row in rows
        ]


def session_of(row: TrainingSession) -> Session:
    """Return the row as the rules know it."""
    return Session(
        id=str(row.session_id),
        plan=row.plan.key,
        started_at=row.started_at,
        ended_at=row.ended_at,
        effort=row.effort,
        note=row.note,
    )


def _outcome(session: Session, held: Session | None) -> Outcome:
    if held is None:
        return STORED
    return KNOWN if held == session else id_taken()


def _unknown_plan() -> Refusal:
    return Refusal("unknown-plan", "The server has no such plan. Send the plan first, then this again.")


def _row(session: Session, plan_id: UUID, batch: Batch) -> TrainingSession:
    return TrainingSession(
        learner_id=batch.learner_id,
        plan_id=plan_id,
        session_id=session.id,
        started_at=session.started_at,
        ended_at=session.ended_at,
        effort=session.effort,
        note=session.note,
    )

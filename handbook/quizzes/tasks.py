"""What the worker does for learners by night."""

from uuid import UUID

from celery import shared_task

from handbook.quizzes.fitting import keeping

LONGEST_FIT_S = 300  # 50,000 answers take a fraction


@shared_task
def fit_learners() -> str:
    """Queue a fitting for each learner who may gain by one. Twice is harmless: the second fitting finds the first."""
    learner_ids = [str(learner_id) for learner_id in keeping.learners_to_fit()]
    for learner_id in learner_ids:
        fit_learner.delay(learner_id)
    return f"{len(learner_ids)} learners"


@shared_task(time_limit=LONGEST_FIT_S)
def fit_learner(learner_id: str) -> str:
    """Fit FSRS to one learner. Killed at any point it leaves nothing or all, and the next night tries again."""
    return keeping.fit_learner(UUID(learner_id))

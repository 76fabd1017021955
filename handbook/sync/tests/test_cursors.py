"""Two devices of a learner push at once: what the cache tells readers is never behind the database."""

import uuid

from handbook.sync import cursors


def test_the_number_of_the_last_batch_is_kept_whoever_speaks_last() -> None:
    learner_id = uuid.uuid4()
    first, second = cursors.mark_busy(learner_id), cursors.mark_busy(learner_id)
    cursors.committed(learner_id, 8, mark=second)
    cursors.committed(learner_id, 5, mark=first)
    assert cursors.cached_change(learner_id) == 8


def test_readers_ask_the_database_until_the_batch_that_began_last_has_ended() -> None:
    learner_id = uuid.uuid4()
    first, second = cursors.mark_busy(learner_id), cursors.mark_busy(learner_id)
    cursors.committed(learner_id, 5, mark=first)
    cursors.read_from_database(learner_id, 5)
    assert cursors.cached_change(learner_id) is None
    cursors.committed(learner_id, 8, mark=second)
    assert cursors.cached_change(learner_id) == 8


def test_a_batch_whose_mark_was_lost_still_moves_readers_on() -> None:
    learner_id = uuid.uuid4()
    cursors.committed(learner_id, 5, mark="lost")
    assert cursors.cached_change(learner_id) is None
    cursors.read_from_database(learner_id, 5)
    cursors.committed(learner_id, 8, mark="lost")
    assert cursors.cached_change(learner_id) == 8

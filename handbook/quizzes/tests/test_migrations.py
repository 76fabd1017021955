import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

TABLES = {
    "sync_learnercursor",
    "quizzes_fitting",
    "quizzes_review",
    "quizzes_retraction",
    "quizzes_schedulingrules",
    "progress_choice",
    "progress_progress",
}


@pytest.mark.django_db(transaction=True)
def test_what_learners_keep_can_be_undone_and_done_again() -> None:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate([("quizzes", None), ("progress", None), ("sync", None)])
    assert TABLES.isdisjoint(connection.introspection.table_names())
    MigrationExecutor(connection).migrate(latest)
    assert set(connection.introspection.table_names()) >= TABLES

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

TABLES = {f"notifications_{name}" for name in ("asked", "delivery", "device", "notification", "preferences", "switch")}


@pytest.mark.django_db(transaction=True)
def test_messages_and_quiet_hours_can_be_undone_and_done_again() -> None:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate([("notifications", None), ("accounts", "0002_create_token_family")])
    assert TABLES.isdisjoint(connection.introspection.table_names())
    MigrationExecutor(connection).migrate(latest)
    assert set(connection.introspection.table_names()) >= TABLES

from typing import Any

from django.db import migrations


def forget(apps: Any, _schema_editor: Any) -> None:
    """Withdrawn theory questions go before the tables refuse their kind again."""
    for model in ("Tombstone", "DeletedImport"):
        apps.get_model("catalogue", model).objects.filter(kind="theory").delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_let_theory_questions_be_withdrawn")]

    operations = [migrations.RunPython(migrations.RunPython.noop, forget)]

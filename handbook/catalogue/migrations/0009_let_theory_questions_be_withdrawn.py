from django.db import migrations, models

KINDS = [("technique", "technique"), ("tul", "tul"), ("term", "term"), ("theory", "theory question")]
CONSTRAINTS = {"tombstone": "tombstone_kind_is_known", "deletedimport": "deleted_import_kind_is_known"}


def widened(model: str, constraint: str) -> list[migrations.operations.base.Operation]:
    """Let the kind of a table's rows be theory, too."""
    known = models.Q(("kind__in", [kind for kind, _label in KINDS]))
    return [
        migrations.RemoveConstraint(model_name=model, name=constraint),
        migrations.AlterField(model_name=model, name="kind", field=models.CharField(choices=KINDS, max_length=9)),
        migrations.AddConstraint(model_name=model, constraint=models.CheckConstraint(condition=known, name=constraint)),
    ]


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_add_theory_questions")]

    operations = [operation for model, constraint in CONSTRAINTS.items() for operation in widened(model, constraint)]

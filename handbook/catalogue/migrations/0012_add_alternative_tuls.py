import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0011_add_stance_geometry"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicaltul",
            name="alternative_to",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The tul in whose place some learn this one.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="catalogue.tul",
            ),
        ),
        migrations.AddField(
            model_name="tul",
            name="alternative_to",
            field=models.ForeignKey(
                blank=True,
                help_text="The tul in whose place some learn this one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alternatives",
                to="catalogue.tul",
            ),
        ),
        migrations.AddConstraint(
            model_name="tul",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("alternative_to", None),
                    models.Q(("alternative_to", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="tul_is_not_its_own_alternative",
            ),
        ),
    ]

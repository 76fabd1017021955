from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_begin_the_first_epoch"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="cataloguestate",
            constraint=models.CheckConstraint(
                condition=models.Q(("epoch", ""), _negated=True), name="catalogue_state_has_an_epoch"
            ),
        ),
    ]

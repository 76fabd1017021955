import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0010_forget_theory_on_the_way_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="StanceGeometry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "length_shoulder_widths",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Along the facing.",
                        max_digits=3,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(4),
                        ],
                    ),
                ),
                (
                    "width_shoulder_widths",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Across the facing.",
                        max_digits=3,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(4),
                        ],
                    ),
                ),
                (
                    "named_after",
                    models.CharField(
                        choices=[
                            ("front", "front leg"),
                            ("rear", "rear leg"),
                            ("supporting", "supporting leg"),
                            ("none", "neither leg"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "weight_front_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: all on the supporting leg.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                    ),
                ),
                ("knees", models.CharField(max_length=40)),
                (
                    "front_foot_outward_deg",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                    ),
                ),
                (
                    "rear_foot_outward_deg",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                    ),
                ),
                ("source", models.TextField(help_text="Where the measures come from.")),
                (
                    "technique",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="geometry", to="catalogue.technique"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "stance geometry",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("named_after__in", ["front", "rear", "supporting", "none"])),
                        name="stance_named_after_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("length_shoulder_widths__range", (0, 4)), ("width_shoulder_widths__range", (0, 4))
                        ),
                        name="stance_is_0_to_4_shoulder_widths",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight_front_percent", None), ("weight_front_percent__lte", 100), _connector="OR"
                        ),
                        name="stance_weight_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("front_foot_outward_deg__range", (-90, 90)), ("rear_foot_outward_deg__range", (-90, 90))
                        ),
                        name="stance_feet_point_ahead",
                    ),
                ],
            },
        ),
    ]

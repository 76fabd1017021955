import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

BELTS = [(11 - kup, f"{kup}kup") for kup in range(10, 0, -1)] + [(10 + dan, f"{dan}dan") for dan in range(1, 10)]
LANGUAGES = [("pl", "Polski"), ("en", "English"), ("ko", "한국어")]
CONFIDENCES = [("high", "high"), ("medium", "medium"), ("low", "low")]
CHANGES = [("+", "Created"), ("~", "Changed"), ("-", "Deleted")]


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_fill_sort_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TheoryQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(help_text="Never changes once published.", max_length=80, unique=True)),
                ("romanization", models.CharField(blank=True, max_length=160)),
                (
                    "min_belt",
                    models.PositiveSmallIntegerField(
                        choices=BELTS,
                        help_text="The grade at which it is first learned.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(19),
                        ],
                    ),
                ),
                ("is_draft", models.BooleanField(default=True)),
                ("valid_from", models.DateTimeField(blank=True, help_text="UTC; empty: at once.", null=True)),
                ("valid_to", models.DateTimeField(blank=True, help_text="UTC; empty: without end.", null=True)),
                ("revision", models.PositiveBigIntegerField(db_index=True, default=0, editable=False)),
                ("confidence", models.CharField(choices=CONFIDENCES, default="high", max_length=6)),
                (
                    "source",
                    models.TextField(
                        blank=True, help_text="Where each fact comes from; content/SOURCES.md has the tags."
                    ),
                ),
                ("has_media", models.BooleanField(default=False, editable=False)),
                ("imported_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("imported_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("tags", models.ManyToManyField(blank=True, to="catalogue.tag")),
            ],
            options={
                "ordering": ["min_belt", "slug"],
                "abstract": False,
                "indexes": [models.Index(fields=["min_belt", "slug", "revision"], name="theoryquestion_belt_slug")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("min_belt__gte", 1), ("min_belt__lte", 19)),
                        name="theoryquestion_min_belt_is_a_grade",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="theoryquestion_validity_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="theoryquestion_has_a_slug"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TheoryQuestionTranslation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lang", models.CharField(choices=LANGUAGES, max_length=2)),
                ("sort_key", models.BinaryField(default=b"", editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="question")),
                ("answer", models.TextField()),
                (
                    "theory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="catalogue.theoryquestion",
                    ),
                ),
            ],
            options={
                "ordering": ["lang"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("theory", "lang"), name="theory_translation_once_per_language"),
                    models.CheckConstraint(
                        condition=models.Q(("lang__in", ["pl", "en", "ko"])),
                        name="theory_translation_language_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="theory_translation_has_a_question"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), _negated=True), name="theory_translation_has_an_answer"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTheoryQuestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(help_text="Never changes once published.", max_length=80)),
                ("romanization", models.CharField(blank=True, max_length=160)),
                (
                    "min_belt",
                    models.PositiveSmallIntegerField(
                        choices=BELTS,
                        help_text="The grade at which it is first learned.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(19),
                        ],
                    ),
                ),
                ("is_draft", models.BooleanField(default=True)),
                ("valid_from", models.DateTimeField(blank=True, help_text="UTC; empty: at once.", null=True)),
                ("valid_to", models.DateTimeField(blank=True, help_text="UTC; empty: without end.", null=True)),
                ("confidence", models.CharField(choices=CONFIDENCES, default="high", max_length=6)),
                (
                    "source",
                    models.TextField(
                        blank=True, help_text="Where each fact comes from; content/SOURCES.md has the tags."
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=CHANGES, max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical theory question",
                "verbose_name_plural": "historical theory questions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTheoryQuestionTranslation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("lang", models.CharField(choices=LANGUAGES, max_length=2)),
                ("name", models.CharField(max_length=200, verbose_name="question")),
                ("answer", models.TextField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=CHANGES, max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "theory",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalogue.theoryquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical theory question translation",
                "verbose_name_plural": "historical theory question translations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0001_reviews_and_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="answer_digest",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]

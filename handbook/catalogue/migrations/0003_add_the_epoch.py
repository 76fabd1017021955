from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_remember_what_editors_deleted")]

    operations = [
        migrations.AddField(
            model_name="cataloguestate",
            name="epoch",
            field=models.CharField(default="", editable=False, max_length=16),
            preserve_default=False,
        ),
    ]

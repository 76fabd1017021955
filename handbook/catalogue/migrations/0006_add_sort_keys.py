from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_require_an_epoch")]

    operations = [
        migrations.AddField(
            model_name=f"{kind}translation", name="sort_key", field=models.BinaryField(default=b"", editable=False)
        )
        for kind in ("technique", "term", "tul")
    ]

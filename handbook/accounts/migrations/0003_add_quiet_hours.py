from datetime import time

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_create_token_family"),
    ]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="quiet_from",
            field=models.TimeField(default=time(22), db_default=time(22)),
        ),
        migrations.AddField(
            model_name="profile",
            name="quiet_until",
            field=models.TimeField(default=time(7), db_default=time(7), help_text="The same as from: no quiet hours."),
        ),
    ]

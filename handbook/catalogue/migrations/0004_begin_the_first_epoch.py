import secrets
from typing import Any

from django.db import migrations


def begin(apps: Any, _schema_editor: Any) -> None:
    """A database that has published before gets an epoch; another gets its own with its first publication."""
    apps.get_model("catalogue", "CatalogueState").objects.filter(epoch="").update(epoch=secrets.token_hex(6))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_add_the_epoch")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]

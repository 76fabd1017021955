import unicodedata
from typing import Any

from django.db import migrations

POLISH_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
POLISH_WEIGHTS = {letter: bytes([0x80 + place]) for place, letter in enumerate(POLISH_ALPHABET)}
BATCH_ROWS = 500


def fill(apps: Any, _schema_editor: Any) -> None:
    """Give the rows of before the key that saving gives to those of after."""
    for kind in ("Technique", "Term", "Tul"):
        model = apps.get_model("catalogue", f"{kind}Translation")
        rows = list(model.objects.filter(sort_key=b"").only("lang", "name"))
        for row in rows:
            row.sort_key = sort_key(row.lang, row.name)
        model.objects.bulk_update(rows, ["sort_key"], batch_size=BATCH_ROWS)


def sort_key(lang: str, name: str) -> bytes:
    """As handbook.catalogue.collation had it when this was written."""
    folded = unicodedata.normalize("NFC", name.casefold())
    if lang == "pl":
        return b"".join(map(_polish_weight, folded))
    return (_without_accents(folded) if lang == "en" else folded).encode()


def _polish_weight(letter: str) -> bytes:
    if letter in POLISH_WEIGHTS:
        return POLISH_WEIGHTS[letter]
    base = _without_accents(letter)
    if base.isascii():
        return b"".join(POLISH_WEIGHTS.get(part, part.encode()) for part in base)
    return b"\xff" + letter.encode()


def _without_accents(text: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", text) if not unicodedata.combining(part))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_add_sort_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

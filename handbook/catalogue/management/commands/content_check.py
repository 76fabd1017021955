"""`manage.py content_check`: validate the files under content/ and show how complete they are."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handbook.catalogue.content.checks import Coverage, coverage_of, missing_translations
from handbook.catalogue.content.importing import ContentBroken, checked_content

HEADINGS = ("belt", "lang", "asked", "named", "explained", "theory", "tuls stepped")
LISTED_GAPS = 20


class Command(BaseCommand):
    help = "Check schemas, references, hangul and translations of the content; print coverage per belt and language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.CONTENT_DIR, help="Default: content/.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> str:
        try:
            files = checked_content(folder)
        except ContentBroken as error:
            raise CommandError(f"{len(error.mistakes)} mistakes in the content:\n{error}") from error
        for line in coverage_table(coverage_of(files)):
            self.stdout.write(line)
        gaps = missing_translations(files)
        for gap in gaps[:LISTED_GAPS]:
            self.stdout.write(f"missing: {gap.place}")
        if len(gaps) > LISTED_GAPS:
            self.stdout.write(f"… and {len(gaps) - LISTED_GAPS} more")
        required = [gap for gap in gaps if gap.lang != "ko"]
        if required:
            raise CommandError(f"{len(required)} texts lack Polish or English.")
        return f"{len(files)} files are right; {len(gaps)} texts wait for a translation."


def coverage_table(rows: list[Coverage]) -> list[str]:
    """Return the lines of a table, columns aligned."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    return [
        "  ".join(
            cell.rjust(width) if column > 1 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]


def _cells(row: Coverage) -> tuple[str, ...]:
    named, explained = (f"{count} ({100 * count // row.asked} %)" for count in (row.named, row.explained))
    return (row.belt, row.lang, str(row.asked), named, explained, str(row.theory), row.tuls_stepped)

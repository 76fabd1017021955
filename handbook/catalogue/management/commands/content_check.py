"""`manage.py content_check`: validate the files under content/ and show how complete they are."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from handbook.catalogue.content.checks import Coverage, coverage_of, missing_translations, reports_of
from handbook.catalogue.content.importing import ContentBroken, checked_content
from handbook.catalogue.content.tuls import TulReport

HEADINGS = ("belt", "lang", "asked", "named", "explained", "theory", "tuls stepped")
TUL_HEADINGS = ("tul", "movements", "steps", "ends off (shoulder widths)", "notes", "confidence", "variant", "sources")
FIGURES_UNTIL = 5
LISTED_GAPS = 20


class Command(BaseCommand):
    help = "Check schemas, references, hangul and translations of the content; print coverage and every tul."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.CONTENT_DIR, help="Default: content/.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> str:
        try:
            files = checked_content(folder)
        except ContentBroken as error:
            raise CommandError(f"{len(error.mistakes)} mistakes in the content:\n{error}") from error
        for line in coverage_table(coverage_of(files)):
            self.stdout.write(line)
        for line in tul_table(reports_of(files)):
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
    return aligned([HEADINGS, *(_cells(row) for row in rows)], texts_first=2)


def tul_table(rows: list[TulReport]) -> list[str]:
    return aligned([TUL_HEADINGS, *(_tul_cells(row) for row in rows)], texts_first=1)


def aligned(cells: list[tuple[str, ...]], *, texts_first: int) -> list[str]:
    """Return the lines of a table: the first columns to the left, the figures to the right, the rest to the left."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if texts_first <= column < FIGURES_UNTIL else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]


def _cells(row: Coverage) -> tuple[str, ...]:
    named, explained = (f"{count} ({100 * count // row.asked} %)" for count in (row.named, row.explained))
    return (row.belt, row.lang, str(row.asked), named, explained, str(row.theory), row.tuls_stepped)


def _tul_cells(row: TulReport) -> tuple[str, ...]:
    off = "" if row.ends_off_shoulder_widths is None else f"{row.ends_off_shoulder_widths:.2f}"
    return (
        row.slug,
        str(row.movements),
        str(row.steps),
        f"{off} known" if row.known_to_end_off else off,
        str(row.variants),
        row.confidence,
        f"instead of {row.alternative_to}" if row.alternative_to else "",
        row.sources,
    )

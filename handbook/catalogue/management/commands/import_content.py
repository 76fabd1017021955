"""`manage.py import_content`: make the catalogue follow the files under content/."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from handbook.catalogue.content.importing import ContentBroken, ImportReport, StillUsed, import_content


class Command(BaseCommand):
    help = "Bring the content files into the catalogue; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, write nothing.")
        parser.add_argument("--folder", type=Path, default=settings.CONTENT_DIR, help="Default: content/.")

    def handle(self, *args: Any, dry_run: bool, folder: Path, **options: Any) -> str:
        with tqdm(total=0, unit="row", disable=not sys.stderr.isatty(), leave=False) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                report = import_content(folder, dry_run=dry_run, progress=show)
            except ContentBroken as error:
                raise CommandError(f"The content has mistakes; nothing was changed.\n{error}") from error
            except StillUsed as error:
                raise CommandError(f"{error}; nothing was changed.") from error
        if options["verbosity"] > 1 or dry_run:
            self._list(report)
        return _summary(report, dry_run=dry_run)

    def _list(self, report: ImportReport) -> None:
        for sign, labels in (("+", report.added), ("~", report.changed), ("-", report.removed)):
            for label in labels:
                self.stdout.write(f"{sign} {label}")
        for label in report.overwritten_edits:
            self.stdout.write(self.style.WARNING(f"! {label}: an editor's changes are replaced; see its history"))


def _summary(report: ImportReport, *, dry_run: bool) -> str:
    counts = f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed"
    left_out = f" Left out, deleted by an editor: {', '.join(report.left_out)}." if report.left_out else ""
    if dry_run:
        return f"Would be: {counts}.{left_out}"
    return f"{counts}; " + (f"revision {report.revision}." if report.revision else "no new revision.") + left_out

"""`manage.py doctor`: is this deployment well, and what to do where it is not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from handbook.observability.doctor import Finding, examine


class Command(BaseCommand):
    help = "Check variables, database, migrations, cache, bucket, search, clock and content; say what to do."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        findings = []
        for finding in examine():
            findings.append(finding)
            self.stdout.write(self._line(finding))
        failed = [finding.name for finding in findings if finding.state == "FAIL"]
        if failed:
            self.stderr.write(self.style.ERROR(f"Not well: {', '.join(failed)}."))
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("Everything that must work works."))

    def _line(self, finding: Finding) -> str:
        style = {"ok": self.style.SUCCESS, "warn": self.style.WARNING, "FAIL": self.style.ERROR}[finding.state]
        advice = f"  → {finding.advice}" if finding.advice else ""
        return f"{style(f'{finding.state:<4}')}  {finding.name:<12}  {finding.what}{advice}"

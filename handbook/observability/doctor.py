"""What `manage.py doctor` looks at. Apps above register their own checks in `AppConfig.ready`."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from handbook.observability import selectors

State = Literal["ok", "warn", "FAIL"]
CLOCK_TOLERANCE_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked at, how it is, and what to do when it is not well."""

    name: str
    state: State
    what: str
    advice: str = ""


Examination = Callable[[], Finding]
_registered: list[tuple[str, Examination]] = []


def register(name: str, examine: Examination) -> None:
    if name not in {known for known, _examine in _registered}:
        _registered.append((name, examine))


def examine() -> Iterator[Finding]:
    """Run every check; one that breaks is a finding itself."""
    for name, look in [*OWN, *_registered]:
        try:
            yield look()
        except Exception as error:  # noqa: BLE001 - the doctor reports what breaks, whatever it is
            yield Finding(name=name, state="FAIL", what=repr(error), advice="See the error; the part is not usable.")


def _variables() -> Finding:
    if settings.DEBUG:
        return Finding(name="variables", state="warn", what="DEBUG is on", advice="Set DJANGO_DEBUG=0 in production.")
    return Finding(name="variables", state="ok", what=f"settings load ({settings.SETTINGS_MODULE})")


def _database() -> Finding:
    selectors.database_answers()
    return Finding(name="database", state="ok", what=f"{connection.vendor} answers")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _back in waiting[:5])
        advice = "Run: python manage.py migrate"
        return Finding(name="migrations", state="FAIL", what=f"{len(waiting)} not applied: {names}", advice=advice)
    return Finding(name="migrations", state="ok", what="all applied")


def _cache() -> Finding:
    selectors.cache_answers()
    return Finding(name="cache", state="ok", what="Redis or Valkey answers at REDIS_URL")


def _bucket() -> Finding:
    """Write, read and delete a probe: rights are often given for one of them only."""
    written = default_storage.save(f"doctor/{uuid.uuid4()}.txt", ContentFile(b"probe"))
    try:
        with default_storage.open(written) as held:
            if held.read() != b"probe":
                return Finding(name="bucket", state="FAIL", what="a file reads back differently", advice="Check S3_*.")
    finally:
        default_storage.delete(written)
    return Finding(name="bucket", state="ok", what="files can be written, read and deleted")


def _search() -> Finding:
    if not settings.MEILISEARCH_URL:
        return Finding(name="search", state="ok", what="embedded engine; Meilisearch is not configured")
    selectors.meilisearch_answers()
    return Finding(name="search", state="ok", what="Meilisearch answers")


def _clock() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        told = cursor.fetchone()[0]
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(told).replace(tzinfo=UTC)
    difference_s = abs((datetime.now(UTC) - moment).total_seconds())
    if difference_s > CLOCK_TOLERANCE_S:
        what = f"{difference_s:.0f} s between this machine and the database"
        return Finding(name="clock", state="warn", what=what, advice="Synchronise both clocks (NTP).")
    return Finding(name="clock", state="ok", what="agrees with the database's")


def _origins() -> Finding:
    wrong = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not urlsplit(origin).scheme]
    if wrong:
        advice = f"Write them with the scheme: https://{wrong[0]}"
        return Finding(name="origins", state="FAIL", what=f"no scheme: {', '.join(wrong)}", advice=advice)
    return Finding(name="origins", state="ok", what="CSRF_TRUSTED_ORIGINS have schemes")


def _static_files() -> Finding:
    if getattr(settings, "WHITENOISE_USE_FINDERS", False):
        return Finding(name="static files", state="ok", what="served from the installed packages")
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        advice = "Run: python manage.py collectstatic"
        return Finding(name="static files", state="warn", what=f"none in {settings.STATIC_ROOT}", advice=advice)
    return Finding(name="static files", state="ok", what="collected")


def _proxies() -> Finding:
    trusted = settings.REST_FRAMEWORK["NUM_PROXIES"]
    if getattr(settings, "SECURE_SSL_REDIRECT", False) and not trusted:
        advice = "Behind nginx set TRUSTED_PROXIES=1, or every client counts as one address."
        return Finding(name="proxies", state="warn", what="TRUSTED_PROXIES is 0", advice=advice)
    return Finding(name="proxies", state="ok", what=f"TRUSTED_PROXIES is {trusted}")


OWN: tuple[tuple[str, Examination], ...] = (
    ("variables", _variables),
    ("database", _database),
    ("migrations", _migrations),
    ("cache", _cache),
    ("bucket", _bucket),
    ("search", _search),
    ("clock", _clock),
    ("origins", _origins),
    ("static files", _static_files),
    ("proxies", _proxies),
)

"""The doctor names what is wrong and what to do, against parts that really are wrong."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from handbook.observability import doctor
from tests.services import free_port

pytestmark = pytest.mark.django_db


def finding(name: str) -> doctor.Finding:
    return next(found for found in doctor.examine() if found.name == name)


def run() -> tuple[str, str, int]:
    """Return what the command printed, what it complained of, and its exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("doctor", stdout=out, stderr=err, no_color=True)
    except SystemExit as ended:
        return out.getvalue(), err.getvalue(), int(ended.code or 0)
    return out.getvalue(), err.getvalue(), 0


def test_every_part_of_the_deployment_is_looked_at() -> None:
    names = [found.name for found in doctor.examine()]
    assert {"variables", "database", "migrations", "cache", "bucket", "search", "clock", "content"} <= set(names)


def test_a_well_deployment_passes() -> None:
    call_command("import_content", verbosity=0)
    out, err, code = run()
    assert (err, code) == ("", 0)
    assert "Everything that must work works." in out


def test_an_empty_catalogue_is_told_how_to_fill_itself() -> None:
    assert "import_content" in finding("content").advice


def test_a_migration_that_waits_is_named() -> None:
    [(app, latest)] = MigrationLoader(connection).graph.leaf_nodes("catalogue")
    MigrationRecorder.Migration.objects.filter(app=app, name=latest).delete()
    found = finding("migrations")
    assert found.state == "FAIL"
    assert f"{app}.{latest}" in found.what
    assert found.advice == "Run: python manage.py migrate"


def test_a_cache_that_is_away_fails_the_command(settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    out, err, code = run()
    assert code == 1
    assert "FAIL  cache" in out
    assert "cache" in err


def test_a_bucket_that_cannot_be_written_is_found(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings.MEDIA_ROOT = tmp_path / "file"
    assert finding("bucket").state == "FAIL"


def test_a_probe_leaves_nothing_in_the_bucket(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert finding("bucket").state == "ok"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_meilisearch_that_is_away_is_found(settings: Settings) -> None:
    settings.MEILISEARCH_URL = f"http://127.0.0.1:{free_port()}"
    assert finding("search").state == "FAIL"


@pytest.mark.parametrize(
    ("setting", "value", "name", "state"),
    [
        ("DEBUG", True, "variables", "warn"),
        ("CSRF_TRUSTED_ORIGINS", ["handbook.example.org"], "origins", "FAIL"),
        ("SECURE_SSL_REDIRECT", True, "proxies", "warn"),
        ("STATIC_ROOT", "/nowhere", "static files", "warn"),
    ],
)
def test_a_setting_that_will_hurt_is_found(
    settings: Settings, setting: str, value: object, name: str, state: str
) -> None:
    setattr(settings, setting, value)
    found = finding(name)
    assert (found.state, bool(found.advice)) == (state, True)

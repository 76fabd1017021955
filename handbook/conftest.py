"""Every test starts with an empty cache: rows are rolled back, what was cached of them must go too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from handbook.catalogue.revision import forget_cached_state


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    forget_cached_state()
    yield
    cache.clear()
    forget_cached_state()

from collections.abc import Iterator

import pytest

from tests.live import LiveServer, live_server


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that the tests of one module may stop, start and change."""
    with live_server(tmp_path_factory.mktemp("app")) as running:
        yield running

from collections.abc import Callable
from typing import Any

import pytest

from handbook.accounts.tests import make

Post = Callable[..., make.Answer]


@pytest.fixture
def post(django_capture_on_commit_callbacks: Any) -> Post:
    """POST as a stranger, what follows the commit included."""

    def send(path: str, body: object, **headers: Any) -> make.Answer:
        with django_capture_on_commit_callbacks(execute=True):
            return make.Answer.of(make.stranger().post(path, body, **headers))

    return send

"""What is handed on to the server for GET and for HEAD."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from handbook.common.head import without_body_for_head


class Body:
    closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"ap-chagi"])

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(("method", "handed_on", "closed"), [("GET", [b"ap-chagi"], False), ("HEAD", [], True)])
def test_only_head_loses_its_body_which_is_closed(method: str, handed_on: list[bytes], closed: bool) -> None:  # noqa: FBT001
    body, started = Body(), []

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Body:
        start_response("200 OK", [("Content-Length", "8")])
        return body

    chunks = without_body_for_head(application)({"REQUEST_METHOD": method}, lambda *words: started.append(words))
    assert (list(chunks), body.closed) == (handed_on, closed)
    assert started == [("200 OK", [("Content-Length", "8")])]

"""The transport of the browser: fetch, on our own origin."""

import asyncio
from collections.abc import Mapping

from pyodide.http import pyfetch

from tkd_client.api.transport import Answer, Unreachable


class FetchTransport:
    async def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None, timeout_s: float
    ) -> Answer:
        options = {"method": method, "headers": dict(headers), "cache": "no-store", "credentials": "omit"}
        if body is not None:
            options["body"] = body.decode()
        try:
            async with asyncio.timeout(timeout_s):
                answer = await pyfetch(path, **options)
                content = await answer.bytes()
        except (OSError, TimeoutError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return Answer(status=answer.status, headers=dict(answer.headers), body=content)

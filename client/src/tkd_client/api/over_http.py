"""The transport of phones and tests: httpx."""

from collections.abc import Mapping

import httpx

from tkd_client.api.transport import Answer, Unreachable


class HttpTransport:
    def __init__(self, base_url: str) -> None:
        self._client = httpx.AsyncClient(base_url=base_url)

    async def send(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None, timeout_s: float
    ) -> Answer:
        try:
            answer = await self._client.request(method, path, headers=dict(headers), content=body, timeout=timeout_s)
        except httpx.HTTPError as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return Answer(status=answer.status_code, headers=dict(answer.headers), body=answer.content)

    async def close(self) -> None:
        await self._client.aclose()

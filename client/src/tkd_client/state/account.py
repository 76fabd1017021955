"""Who is signed in, and the changes of the profile that the server has not heard of."""

import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any

from tkd_client.api import accounts
from tkd_client.api.accounts import Tokens
from tkd_client.api.transport import ApiError, Refused, SignedOut, TooManyRequests, Transport
from tkd_client.offline.database import DiskFull
from tkd_client.offline.personal import Operation, Personal
from tkd_client.state.observed import Observed
from tkd_client.state.texts import messages
from tkd_rules.grading import parse_belt

PROFILE = "profile"
OTHER_LEARNER = "account.other_learner"


class Account(Observed):
    """Signed out is a full member: everything works but what needs the server."""

    def __init__(
        self,
        *,
        personal: Personal,
        transport: Transport,
        keep: Callable[[], Awaitable[None]],
        write: Callable[..., Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        """`write(action, **arguments)` changes the store from any tab; `keep` saves what this one has changed."""
        super().__init__()
        self._personal, self._transport, self._now = personal, transport, now
        self._keep, self._write = keep, write
        self.reason = ""
        self.detail = ""
        self.is_busy = False

    @property
    def email(self) -> str:
        """Return the address of who is signed in, an empty text for nobody."""
        return str(self._personal.setting("email") or "")

    @property
    def is_signed_in(self) -> bool:
        return self._tokens() is not None

    @property
    def unsent(self) -> int:
        """Return how much of what was done here the server has not taken."""
        return self._personal.unsent()

    @property
    def refused(self) -> list[Operation]:
        return self._personal.refused()

    async def sign_in(self, email: str, password: str, *, drops_unsent: bool = False) -> bool:
        """Tell whether it worked; `reason` and `detail` say why not. The server's profile becomes this device's.

        What another learner did here and never sent is dropped only when the person has said so: `reason` asks.
        """

        async def attempt() -> None:
            tokens = await accounts.sign_in(self._transport, email.strip(), password)
            me = await accounts.me(self._transport, tokens)
            learner, known = str(me.get("id", "")), self._personal.setting("learner")
            if known not in (None, learner):
                if self.unsent and not drops_unsent:
                    raise _OtherLearner
                await self._write("sign_out")
            of_the_profile: dict[str, Any] = {"belt_rank": parse_belt(me["belt"]).rank} if me.get("belt") else {}
            of_the_profile |= {"email": str(me.get("email", "")), "learner": learner}
            await self._write("sign_in", access=tokens.access, refresh=tokens.refresh, **of_the_profile)

        return await self._try(attempt)

    async def sign_up(self, email: str, password: str, *, language: str) -> bool:
        async def attempt() -> None:
            await accounts.sign_up(self._transport, email.strip(), password, language=language)

        return await self._try(attempt)

    async def verify_email(self, key: str, password: str) -> bool:
        async def attempt() -> None:
            await accounts.verify_email(self._transport, key, password)

        return await self._try(attempt, wrong_key="problem.other_password")

    async def ask_for_new_password(self, email: str) -> bool:
        async def attempt() -> None:
            await accounts.ask_for_new_password(self._transport, email.strip())

        return await self._try(attempt)

    async def set_new_password(self, key: str, password: str) -> bool:
        async def attempt() -> None:
            await accounts.set_new_password(self._transport, key, password)

        return await self._try(attempt)

    def forget_reason(self) -> None:
        """Another form begins without what the last one was told."""
        self.reason = self.detail = ""

    async def sign_out(self) -> None:
        """End it here at once, and at the server when it can be reached. The catalogue stays, unsent work goes."""
        tokens = self._tokens()
        await self._write("sign_out")
        if tokens:
            try:
                await accounts.sign_out(self._transport, tokens)
            except ApiError:
                return  # the tokens run out by themselves

    def remember(self, changes: dict[str, Any]) -> None:
        """Put a change of the profile into the outbox; while nobody is signed in there is nobody to tell."""
        if self.is_signed_in:
            operation = Operation(id=str(uuid.uuid4()), kind=PROFILE, payload=changes, occurred_at=self._now())
            self._personal.put_in_outbox(operation)
            self.changed()

    async def push(self) -> None:
        """Send what waits, the oldest first; what is refused stays with the reason. Raises ApiError."""
        for operation in self._personal.waiting(PROFILE):
            if operation.refused or not self.is_signed_in:
                continue
            try:
                await self.signed_in(partial(self._send, operation))
            except Refused as error:
                self._personal.refuse(operation, error.detail or str(error))
            await self._keep()
            self.changed()

    async def signed_in(self, work: Callable[[Tokens], Awaitable[None]]) -> None:
        """Do what takes tokens, with fresh ones where these have run out; nothing when nobody is signed in.

        Raises ApiError. When the sign-in has ended `reason` says so, and what waits goes on waiting.
        """
        tokens = self._tokens()
        if tokens is None:
            return
        try:
            await self._with_fresh_tokens(work, tokens)
        except SignedOut:
            self.reason = "error.signed_out"
            self._personal.set(access=None, refresh=None)
            await self._keep()
            self.changed()

    async def _with_fresh_tokens(self, work: Callable[[Tokens], Awaitable[None]], tokens: Tokens) -> None:
        try:
            await work(tokens)
        except SignedOut:
            fresh = await accounts.refresh(self._transport, tokens)
            self._personal.set(access=fresh.access, refresh=fresh.refresh)
            await self._keep()  # a refresh token is good once: lose the new one and the family ends
            await work(fresh)

    async def _send(self, operation: Operation, tokens: Tokens) -> None:
        await accounts.change_me(self._transport, tokens, operation.payload)
        self._personal.take_from_outbox(operation.id)

    async def _try(self, attempt: Callable[[], Awaitable[None]], *, wrong_key: str = "problem.weak_password") -> bool:
        self.is_busy, self.reason, self.detail = True, "", ""
        self.changed()
        try:
            await attempt()
        except ApiError as error:
            self.reason, self.detail = _why(error, wrong_key=wrong_key)
        except _OtherLearner:
            self.reason = OTHER_LEARNER
        except DiskFull:
            self.reason = "error.disk_full"
        self.is_busy = False
        self.changed()
        return not self.reason

    def _tokens(self) -> Tokens | None:
        access, refresh = self._personal.setting("access"), self._personal.setting("refresh")
        return Tokens(access=access, refresh=refresh) if access and refresh else None


class _OtherLearner(Exception):  # noqa: N818 - it names what happens
    """Work of another learner is on this device and was never sent."""


def _why(error: ApiError, *, wrong_key: str) -> tuple[str, str]:
    """Return a key of the messages (`wrong_key` for a refused password), and the server's words where we have none."""
    if isinstance(error, SignedOut):
        return "error.wrong_password", ""
    if isinstance(error, TooManyRequests):
        return "error.locked_out", ""
    if not isinstance(error, Refused):
        return error.reason, ""
    if (key := f"problem.{error.slug}") in messages("en"):
        return key, ""
    for field, key in (("email", "problem.email"), ("password", wrong_key)):
        if field in error.errors:
            return key, ""
    return error.reason, error.detail

"""Reminders on this device: whether the browser may show them, where they go, and which ones somebody wants."""

from collections.abc import Awaitable, Callable

from tkd_client.api import reminders as api
from tkd_client.api.accounts import Tokens
from tkd_client.api.transport import ApiError, Transport
from tkd_client.state.account import Account
from tkd_client.state.device import Push, PushFailed, PushState
from tkd_client.state.observed import Observed

Switches = dict[str, dict[str, bool]]
UNKNOWN = PushState(permission="unsupported")


class Reminders(Observed):
    """The server sends them, so they need an account and, to be changed, the network."""

    def __init__(
        self,
        *,
        account: Account,
        push: Push,
        transport: Transport,
        device: Callable[[], str | None],
        keep_device: Callable[[str | None], object],
    ) -> None:
        """`device()` returns the id that the server gave this device, as `keep_device` stored it."""
        super().__init__()
        self._account, self._push, self._transport = account, push, transport
        self._device, self._keep_device = device, keep_device
        self.state = UNKNOWN
        self.switches: Switches = {}
        self.reason = ""
        self.is_busy = False

    @property
    def are_on(self) -> bool:
        """Whether this device shows reminders."""
        return self.state.permission == "granted" and self.state.subscription is not None and bool(self._device())

    async def load(self) -> None:
        """Ask the browser how it stands, and the server what is wanted."""

        async def asked(tokens: Tokens) -> None:
            self.switches = await api.switches(self._transport, tokens)

        self.state = await self._push.state()
        await self._try(asked)

    async def turn_on(self) -> None:
        """Ask for permission, once somebody wants to be reminded, and tell the server where this device is."""

        async def registered(tokens: Tokens) -> None:
            key = await api.vapid_key(self._transport, tokens)
            self.state = await self._push.subscribe(key)
            if self.state.permission == "granted" and self.state.subscription:
                self._keep_device(await api.register(self._transport, tokens, self.state.subscription))

        await self._try(registered)

    async def turn_off(self) -> None:
        async def unregistered(tokens: Tokens) -> None:
            if device := self._device():
                await api.unregister(self._transport, tokens, device)
            self._keep_device(None)
            self.state = await self._push.unsubscribe()

        await self._try(unregistered)

    async def switch(self, kind: str, channel: str, *, is_on: bool) -> None:
        async def switched(tokens: Tokens) -> None:
            self.switches = await api.switch(self._transport, tokens, kind, channel, is_on=is_on)

        await self._try(switched)

    async def _try(self, work: Callable[[Tokens], Awaitable[None]]) -> None:
        self.reason, self.is_busy = "", True
        self.changed()
        try:
            await self._account.signed_in(work)
        except ApiError as error:
            self.reason = error.reason
        except PushFailed:
            self.reason = "reminders.failed"
        self.is_busy = False
        self.changed()

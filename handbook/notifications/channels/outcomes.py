"""How sending ends when it does not succeed: never again to this device, later, or not this message."""


class NotSent(Exception):  # noqa: N818 - an outcome, not a fault
    """`remark` is what the provider said, short and without anybody's secrets."""

    def __init__(self, remark: str) -> None:
        super().__init__(remark)
        self.remark = remark


class DeviceGone(NotSent):
    """The provider knows the device no longer: forget it."""


class TryLater(NotSent):
    """What time may mend; `after_s` is how long the provider wants to be left alone, None when it does not say."""

    def __init__(self, remark: str, *, after_s: float | None = None) -> None:
        super().__init__(remark)
        self.after_s = after_s


class Refused(NotSent):
    """This message will not be taken, however often it is tried."""

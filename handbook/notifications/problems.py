"""What notifications refuse. Each becomes problem+json in handbook.common.problems."""

from http import HTTPStatus

from handbook.common.problems import RuleBroken


class NoVapidKey(RuleBroken):
    slug = "web-push-not-configured"
    status = HTTPStatus.NOT_FOUND
    title = "This server sends no web push"

    def __init__(self) -> None:
        super().__init__("It has no VAPID key; its operator sets VAPID_PRIVATE_KEY (manage.py vapid_keys makes one).")


class ChannelNotConfigured(RuleBroken):
    slug = "channel-not-configured"
    status = HTTPStatus.CONFLICT
    title = "This server can't send by this channel"

    def __init__(self, channel: str) -> None:
        super().__init__(f"Its operator has not set up {channel}, so the device would never hear of anything.")


class TooManyDevices(RuleBroken):
    slug = "too-many-devices"
    status = HTTPStatus.CONFLICT
    title = "Too many devices"

    def __init__(self, at_most: int) -> None:
        super().__init__(f"At most {at_most} devices are told; delete one that you no longer use.")


class DeviceUnknown(RuleBroken):
    slug = "not-found"
    status = HTTPStatus.NOT_FOUND
    title = "No such device"

    def __init__(self) -> None:
        super().__init__("No device of yours has this id.")

"""What the endpoints accept and return."""

import base64
import binascii
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.core.validators import RegexValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.accounts.models import User
from handbook.accounts.serializers import NumberField, StrictInput, TextField
from handbook.common.pagination import MAX_PAGE_SIZE, PAGE_SIZE
from handbook.common.query import Query
from handbook.common.schema import page_schema
from handbook.notifications import selectors
from handbook.notifications.channels.addresses import AddressRefused, refuse_private
from handbook.notifications.kinds import Channel, Kind
from handbook.notifications.models import LONGEST_ADDRESS, MOST_A_DAY, MOST_DEVICES, PUSH_CHANNELS, Device

AUTH_BYTES = 16
LONGEST_KEY = 88


@extend_schema_field({"type": "boolean"})
class SwitchField(serializers.BooleanField):
    """true or false; DRF would take "yes" and 1."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


@extend_schema_field({"type": "string", "format": "uri", "pattern": "^https://", "maxLength": LONGEST_ADDRESS})
class EndpointField(TextField):
    def to_internal_value(self, data: Any) -> str:
        url = super().to_internal_value(data)
        if not url.isascii() or not url.isprintable() or " " in url:
            raise serializers.ValidationError("Give a URL in ASCII.")
        try:
            refuse_private(url)
        except AddressRefused as error:
            raise serializers.ValidationError(str(error)) from error
        return url


class KeyField(TextField):
    """Bytes in base64url, stored without padding."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data).rstrip("=")
        try:
            self.refuse(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        except (ValueError, binascii.Error) as error:
            raise serializers.ValidationError("Not the key of a subscription, in base64url.") from error
        return text

    def refuse(self, key: bytes) -> None:
        """Raise ValueError unless the bytes are such a key."""
        raise NotImplementedError


class PublicPointField(KeyField):
    def refuse(self, key: bytes) -> None:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        if len(key) != 65:  # noqa: PLR2004 - pywebpush takes the uncompressed form only
            raise ValueError("compressed")


class SecretField(KeyField):
    def refuse(self, key: bytes) -> None:
        if len(key) != AUTH_BYTES:
            raise ValueError("wrong length")


class SubscriptionKeysInput(StrictInput):
    p256dh = PublicPointField(max_length=LONGEST_KEY)
    auth = SecretField(max_length=24)


class DeviceInput(StrictInput):
    """A web-push subscription (`endpoint` and `keys`) or the token of a phone (`token`)."""

    endpoint = EndpointField(max_length=LONGEST_ADDRESS, required=False, help_text="Public, https.")
    keys = SubscriptionKeysInput(required=False)
    token = TextField(
        max_length=LONGEST_ADDRESS,
        required=False,
        validators=[RegexValidator(r"^[A-Za-z0-9:_-]+\Z", "Not a token of FCM.")],
        help_text="From FCM.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return channel, address and keys."""
        if attrs.keys() == {"token"}:
            return {"channel": Channel.MOBILE_PUSH, "address": attrs["token"]}
        if "token" in attrs:
            raise serializers.ValidationError({"token": ["Give a token, or endpoint and keys, not both."]})
        if missing := {"endpoint", "keys"} - attrs.keys():
            required = ["This field is required, unless there is a token."]
            raise serializers.ValidationError(dict.fromkeys(sorted(missing), required))
        return {"channel": Channel.WEB_PUSH, "address": attrs["endpoint"], **attrs["keys"]}


class DeviceOutput(serializers.ModelSerializer[Device]):
    channel = serializers.ChoiceField(choices=PUSH_CHANNELS)
    service = serializers.SerializerMethodField(help_text="Who delivers: a push service's host, or fcm.")

    class Meta:
        model = Device
        fields = ["id", "channel", "service", "created_at"]

    def get_service(self, device: Device) -> str:
        """The address itself is a secret and stays here."""
        return urlsplit(device.address).hostname or "fcm"


class DevicesQuery(Query):
    page = serializers.IntegerField(required=False, default=1, min_value=1, max_value=MOST_DEVICES)
    page_size = serializers.IntegerField(required=False, default=PAGE_SIZE, min_value=1, max_value=MAX_PAGE_SIZE)


DEVICE_PAGE = page_schema("DevicePage", DeviceOutput)


class ChannelsInput(StrictInput):
    web_push = SwitchField(required=False)
    mobile_push = SwitchField(required=False)
    email = SwitchField(required=False)


class SwitchesInput(StrictInput):
    reviews_due = ChannelsInput(required=False)
    training_today = ChannelsInput(required=False)
    grading_near = ChannelsInput(required=False)
    streak_at_risk = ChannelsInput(required=False)
    club_message = ChannelsInput(required=False)


class PreferencesInput(StrictInput):
    """Every field may be left out. Quiet hours and time zone are in `me`."""

    at_most_a_day = NumberField(min_value=0, max_value=MOST_A_DAY, required=False)
    switches = SwitchesInput(required=False)


class ChannelsOutput(serializers.Serializer[Any]):
    web_push = serializers.BooleanField()
    mobile_push = serializers.BooleanField()
    email = serializers.BooleanField()


class SwitchesOutput(serializers.Serializer[Any]):
    reviews_due = ChannelsOutput()
    training_today = ChannelsOutput()
    grading_near = ChannelsOutput()
    streak_at_risk = ChannelsOutput()
    club_message = ChannelsOutput()


class PreferencesOutput(serializers.Serializer[Any]):
    at_most_a_day = serializers.IntegerField(help_text="Messages of all kinds; 0 is silence.")
    switches = SwitchesOutput()


class VapidKeyOutput(serializers.Serializer[Any]):
    public_key = serializers.CharField(help_text="Take it as `applicationServerKey`.")


def preferences_as_json(user: User) -> dict[str, Any]:
    switches = {
        kind.value: {channel.value: is_on for channel, is_on in channels.items()}
        for kind, channels in selectors.switches_of(user).items()
    }
    return {"at_most_a_day": selectors.at_most_a_day(user), "switches": switches}


def switches_from(given: dict[str, dict[str, bool]]) -> selectors.Switches:
    return {
        Kind(kind): {Channel(channel): is_on for channel, is_on in channels.items()} for kind, channels in given.items()
    }

"""What the endpoints accept and return."""

import re
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from handbook.accounts.http import printable
from handbook.accounts.models import Language, Profile, Role, validate_time_zone
from tkd_rules.grading import parse_belt

LONGEST_EMAIL = 254
LONGEST_PASSWORD = 256
LONGEST_TOKEN = 4096
WALL_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


class TextField(serializers.CharField):
    """Text only: DRF would take the number 123 for "123"."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and data is not None and not isinstance(data, str):
            self.fail("invalid")
        return super().run_validation(data)


class NumberField(serializers.IntegerField):
    """A whole JSON number; DRF would take a text for it."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class EmailField(serializers.EmailField, TextField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_EMAIL, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(data).lower()


class PasswordField(TextField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_PASSWORD, trim_whitespace=False, write_only=True, **kwargs)


class BeltField(TextField):
    """A grade, stored as `9kup` and accepted as `9`, `9kup` or `9-kup`."""

    def to_internal_value(self, data: Any) -> str:
        try:
            return parse_belt(super().to_internal_value(data)).code
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class LanguageField(serializers.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        messages: dict[str, Any] = {"invalid_choice": f"Give one of {', '.join(Language.values)}."}
        super().__init__(choices=Language.choices, error_messages=messages, **kwargs)


class TimeZoneField(TextField):
    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        try:
            validate_time_zone(name)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages) from error
        return name


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
class WallTimeField(serializers.Field[time, Any, str, Any]):
    """What a clock shows, as `22:00`."""

    def to_internal_value(self, data: Any) -> time:
        if not isinstance(data, str) or not WALL_TIME.fullmatch(data):
            raise serializers.ValidationError("Give a time of day such as 22:00.")
        return time.fromisoformat(data)

    def to_representation(self, value: time) -> str:
        return value.strftime("%H:%M")


class StrictInput(serializers.Serializer[Any]):
    """Refuses by name what it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := data.keys() - self.fields.keys()):
            known = ", ".join(sorted(self.fields))
            raise serializers.ValidationError(
                {printable(name): [f"Unknown field. Known: {known}."] for name in unknown}
            )
        return super().to_internal_value(data)


class SignInInput(StrictInput):
    """`username` is another name for `email`, for clients that know only that."""

    email = TextField(max_length=LONGEST_EMAIL, required=False)
    username = TextField(
        max_length=LONGEST_EMAIL, required=False, help_text="Another name for email; give one of them."
    )
    password = PasswordField()

    def validate(self, attrs: dict[str, str]) -> dict[str, str]:
        given = [name for name in ("email", "username") if name in attrs]
        if not given:
            raise serializers.ValidationError({"email": ["This field is required."]})
        if len(given) > 1:
            raise serializers.ValidationError({"username": ["Another name for email; give one of them."]})
        return {"email": attrs[given[0]], "password": attrs["password"]}


class RefreshInput(StrictInput):
    refresh = TextField(max_length=LONGEST_TOKEN)


class TokenPairOutput(serializers.Serializer[Any]):
    access = serializers.CharField(help_text="Send it as `Authorization: Bearer …`; it lives 15 minutes.")
    refresh = serializers.CharField(help_text="Good once, for 30 days, at token/refresh/.")


class ProfileInput(StrictInput):
    """Every field may be left out; what is left out stays."""

    display_name = TextField(max_length=80, allow_blank=True, required=False)
    belt = BeltField(required=False, help_text="10kup … 1kup, 1dan … 9dan.")
    language = LanguageField(required=False)
    time_zone = TimeZoneField(required=False, help_text="An IANA name, for example Europe/Warsaw.")
    quiet_from = WallTimeField(required=False, help_text="No reminders from then on, by the clock of the time zone.")
    quiet_until = WallTimeField(required=False, help_text="Reminders again; the same as quiet_from: no quiet hours.")


class SignUpInput(ProfileInput):
    email = EmailField()
    password = PasswordField()


class EmailInput(StrictInput):
    email = EmailField()


class KeyInput(StrictInput):
    key = TextField(max_length=200, help_text="From the link in the mail.")


class VerifyEmailInput(KeyInput):
    password = PasswordField(help_text="The one chosen at sign-up.")


class ResetPasswordInput(KeyInput):
    password = PasswordField()


class ChangePasswordInput(StrictInput):
    old_password = PasswordField()
    new_password = PasswordField()


class AcceptedOutput(serializers.Serializer[Any]):
    detail = serializers.CharField()


class MeOutput(serializers.ModelSerializer[Profile]):
    id = serializers.UUIDField(source="user.id")
    email = serializers.EmailField(source="user.email")
    role = serializers.ChoiceField(source="user.role", choices=Role.choices)
    date_joined = serializers.DateTimeField(source="user.date_joined")

    quiet_from = WallTimeField()
    quiet_until = WallTimeField()

    class Meta:
        model = Profile
        fields = [
            "id",
            "email",
            "role",
            "date_joined",
            "display_name",
            "belt",
            "language",
            "time_zone",
            "quiet_from",
            "quiet_until",
        ]
        read_only_fields = fields

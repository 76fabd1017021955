"""Users, clients and answers for tests. Every user is a real row, every client carries real tokens."""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any, Self

from django.http import HttpResponse
from rest_framework.test import APIClient

from handbook.accounts.models import Role, TokenFamily, User
from handbook.accounts.services.sign_ins import TokenPair, start_family
from handbook.accounts.tokens import FAMILY_CLAIM, RefreshToken

PASSWORD = "chon-ji has nineteen movements"
OTHER_PASSWORD = "dan-gun has twenty-one movements"

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(compare=False)

    @classmethod
    def of(cls, response: HttpResponse) -> Self:
        """Keep what the sender of the request sees; `request_id` is all that may differ between equal answers."""
        body = json.loads(response.content or b"{}")
        body.pop("request_id", None)
        return cls(status=response.status_code, body=body, headers=dict(response.items()))

    @property
    def problem(self) -> str:
        return str(self.body["type"]).removeprefix("/problems/")


def email() -> str:
    return f"learner{next(_numbers)}@example.org"


def user(address: str | None = None, *, password: str = PASSWORD, role: Role = Role.STUDENT, **profile: Any) -> User:
    return User.objects.create_user(address or email(), password, role=role, **profile)


def unverified_user(address: str | None = None, *, password: str = PASSWORD) -> User:
    return User.objects.create_user(address or email(), password, email_is_verified=False)


def inactive_user() -> User:
    someone = user()
    someone.is_active = False
    someone.save(update_fields=["is_active"])
    return someone


def admin() -> User:
    return user(role=Role.ADMIN)


def tokens(of: User) -> TokenPair:
    return start_family(user=of)


def family_of(refresh: str) -> TokenFamily:
    return TokenFamily.objects.get(pk=RefreshToken(refresh)[FAMILY_CLAIM])  # type: ignore[arg-type]


def stranger() -> APIClient:
    return APIClient()


def bearer(access: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return client


def client_of(someone: User) -> APIClient:
    return bearer(tokens(someone).access)

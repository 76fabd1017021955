"""The two JSON web tokens of a sign-in and what they carry.

Both name their family (`family`), their user (`user_id`) and a digest of the password hash (`hash_password`),
so that a changed password voids them whoever changed it.
"""

import uuid
from typing import Any, Self

from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken, Token
from rest_framework_simplejwt.utils import get_md5_hash_password

from handbook.accounts.models import User

FAMILY_CLAIM = "family"
SHARED_CLAIMS = (api_settings.USER_ID_CLAIM, api_settings.REVOKE_TOKEN_CLAIM, FAMILY_CLAIM)


class RefreshToken(Token):
    """Not SimpleJWT's own: that one stores every token it issues, readable, in the database; a family stores one id."""

    token_type = "refresh"  # noqa: S105 - the kind of token, not a token
    lifetime = api_settings.REFRESH_TOKEN_LIFETIME

    @classmethod
    def of_family(cls, *, user: User, family_id: uuid.UUID) -> Self:
        token: Self = cls.for_user(user)
        token[FAMILY_CLAIM] = str(family_id)
        return token

    @property
    def jti(self) -> str:
        return str(self[api_settings.JTI_CLAIM])

    def access_token(self) -> AccessToken:
        access = AccessToken()
        for claim in SHARED_CLAIMS:
            access[claim] = self[claim]
        return access


def uuid_claim(token: Token, name: str) -> uuid.UUID:
    """Return a claim as a UUID. Raises TokenError when it is missing or something else."""
    value: Any = token.get(name)
    try:
        return uuid.UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise TokenError(f"The token has no usable {name}.") from None


def is_of_password(token: Token, user: User) -> bool:
    """Return whether the token was issued for the password that the user has now."""
    return bool(token.get(api_settings.REVOKE_TOKEN_CLAIM) == get_md5_hash_password(user.password))

"""Whom a catalogue answer that had to be made is counted for."""

from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, TokenError
from rest_framework_simplejwt.settings import api_settings

from handbook.accounts.tokens import uuid_claim
from handbook.common.throttling import SharedRate


class MadeAnswerRate(SharedRate):
    """The rate of an account for who sends its access token, else that of the address.

    The token's signature is enough here, which costs no query: the catalogue is the same for everybody, so a token
    that has expired or was revoked must not keep anybody from it.
    """

    def rate_of(self, request: Request, view: APIView) -> tuple[str, str] | None:
        account = _account_of(request)
        return ("user", account) if account else ("anon", self.get_ident(request))


def _account_of(request: Request) -> str | None:
    authentication = JWTAuthentication()
    try:
        header = authentication.get_header(request)
        token = authentication.get_raw_token(header) if header else None
        if token is None:
            return None
        return str(uuid_claim(authentication.get_validated_token(token), api_settings.USER_ID_CLAIM))
    except (AuthenticationFailed, TokenError):
        return None

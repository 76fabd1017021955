"""Endpoints of /api/auth/ and of `me`."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from handbook.accounts import selectors
from handbook.accounts.endpoints import PrivateView
from handbook.accounts.http import SignedInRequest, plain_request
from handbook.accounts.serializers import (
    AcceptedOutput,
    ChangePasswordInput,
    EmailInput,
    MeOutput,
    ProfileInput,
    RefreshInput,
    ResetPasswordInput,
    SignInInput,
    SignUpInput,
    StrictInput,
    TokenPairOutput,
    VerifyEmailInput,
)
from handbook.accounts.services import passwords, profiles, registration, sign_ins
from handbook.common.schema import PROBLEM_TYPE, ProblemSerializer

MAIL_ON_ITS_WAY = "If the address can be used, a mail is on its way."

NOTHING = OpenApiResponse(description="Done.")
ACCEPTED = OpenApiResponse(
    AcceptedOutput,
    description="The same for every address.",
    examples=[OpenApiExample("accepted", value={"detail": MAIL_ON_ITS_WAY})],
)
PAIR = OpenApiResponse(
    TokenPairOutput,
    description="Two tokens.",
    examples=[OpenApiExample("tokens", value={"access": "eyJhbGciOi…", "refresh": "eyJhbGciOi…"})],
)


def problem(status: HTTPStatus, description: str) -> dict[Any, OpenApiResponse]:
    return {(status.value, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description=description)}


def example(value: dict[str, str]) -> list[OpenApiExample]:
    return [OpenApiExample("request", value=value, request_only=True)]


REFUSED = problem(HTTPStatus.BAD_REQUEST, "The input is not valid.") | problem(
    HTTPStatus.TOO_MANY_REQUESTS, "Too many requests; see Retry-After."
)
NO_MAIL = problem(HTTPStatus.SERVICE_UNAVAILABLE, "`mail-unavailable`: nothing was done; see Retry-After.")
SIGN_IN_FIRST = problem(HTTPStatus.UNAUTHORIZED, "Sign in first.")
TOKEN_REFUSED = problem(HTTPStatus.UNAUTHORIZED, "`token-not-valid` or `token-reused`: sign in again.")
MAY_BE_LOCKED = problem(HTTPStatus.TOO_MANY_REQUESTS, "`too-many-attempts` or `throttled`; see Retry-After.")


class PublicView(PrivateView):
    # For people who are not signed in; an old bearer token that they still send is not even looked at.
    authentication_classes = ()
    permission_classes = ()


class SignIn(PublicView):
    @extend_schema(
        operation_id="auth_token_create",
        tags=["auth"],
        summary="Sign in",
        request=SignInInput,
        responses={200: PAIR}
        | REFUSED
        | problem(
            HTTPStatus.UNAUTHORIZED,
            "`wrong-credentials`, the same for a known, an unknown and an unverified e-mail; "
            "the latter is mailed another link when the password is right.",
        )
        | MAY_BE_LOCKED,
        examples=example({"email": "mina@example.org", "password": "correct horse battery"}),
    )
    def post(self, request: Request) -> Response:
        pair = sign_ins.sign_in(request=plain_request(request), **validated(request, SignInInput))
        return Response(TokenPairOutput(pair).data)


class RefreshTokens(PublicView):
    @extend_schema(
        operation_id="auth_token_refresh",
        tags=["auth"],
        summary="Exchange a refresh token for the next two",
        description="A refresh token is good once. Used again, it ends the whole sign-in.",
        request=RefreshInput,
        responses={200: PAIR} | REFUSED | TOKEN_REFUSED,
        examples=example({"refresh": "eyJhbGciOi…"}),
    )
    def post(self, request: Request) -> Response:
        return Response(TokenPairOutput(sign_ins.refresh_tokens(**validated(request, RefreshInput))).data)


class SignOut(PublicView):
    @extend_schema(
        operation_id="auth_logout",
        tags=["auth"],
        summary="Sign out: end every token of this sign-in",
        request=RefreshInput,
        responses={204: NOTHING} | REFUSED | TOKEN_REFUSED,
        examples=example({"refresh": "eyJhbGciOi…"}),
    )
    def post(self, request: Request) -> Response:
        sign_ins.sign_out(**validated(request, RefreshInput))
        return Response(status=HTTPStatus.NO_CONTENT)


class SignUp(PublicView):
    @extend_schema(
        operation_id="auth_signup",
        tags=["auth"],
        summary="Sign up",
        description="A new address is sent a link, a known one is told by mail that it has an account.",
        request=SignUpInput,
        responses={202: ACCEPTED} | REFUSED | NO_MAIL,
        examples=example(
            {"email": "mina@example.org", "password": "correct horse battery", "language": "en", "belt": "9kup"}
        ),
    )
    def post(self, request: Request) -> Response:
        registration.sign_up(**validated(request, SignUpInput))
        return accepted()


class VerifyEmail(PublicView):
    @extend_schema(
        operation_id="auth_verify_email",
        tags=["auth"],
        summary="Prove an address with the key that was mailed to it and the password",
        description=(
            "It takes the password of the sign-up too: anybody may sign up with anybody's address. "
            "Who does not know it sets a new one by the password reset, which proves the address as well."
        ),
        request=VerifyEmailInput,
        responses={204: NOTHING} | problem(HTTPStatus.BAD_REQUEST, "`link-not-valid` or `invalid`.") | MAY_BE_LOCKED,
        examples=example({"key": "x3k9…", "password": "correct horse battery"}),
    )
    def post(self, request: Request) -> Response:
        registration.verify_email(request=plain_request(request), **validated(request, VerifyEmailInput))
        return Response(status=HTTPStatus.NO_CONTENT)


class ResendVerification(PublicView):
    @extend_schema(
        operation_id="auth_verify_email_resend",
        tags=["auth"],
        summary="Ask for another verification mail",
        request=EmailInput,
        responses={202: ACCEPTED} | REFUSED | NO_MAIL,
        examples=example({"email": "mina@example.org"}),
    )
    def post(self, request: Request) -> Response:
        registration.resend_verification(**validated(request, EmailInput))
        return accepted()


class RequestPasswordReset(PublicView):
    @extend_schema(
        operation_id="auth_password_reset",
        tags=["auth"],
        summary="Ask for a link to set a new password",
        request=EmailInput,
        responses={202: ACCEPTED} | REFUSED | NO_MAIL,
        examples=example({"email": "mina@example.org"}),
    )
    def post(self, request: Request) -> Response:
        passwords.request_reset(**validated(request, EmailInput))
        return accepted()


class ConfirmPasswordReset(PublicView):
    @extend_schema(
        operation_id="auth_password_reset_confirm",
        tags=["auth"],
        summary="Set a new password with the key that was mailed",
        description="Signs out everywhere and counts as proof of the address.",
        request=ResetPasswordInput,
        responses={204: NOTHING} | REFUSED | problem(HTTPStatus.BAD_REQUEST, "`link-not-valid` or `invalid`."),
        examples=example({"key": "5f0c…-cz1x…", "password": "a longer horse battery"}),
    )
    def post(self, request: Request) -> Response:
        passwords.reset_password(**validated(request, ResetPasswordInput))
        return Response(status=HTTPStatus.NO_CONTENT)


class ChangePassword(PrivateView):
    @extend_schema(
        operation_id="auth_password_change",
        tags=["auth"],
        summary="Change the password and sign out everywhere",
        request=ChangePasswordInput,
        responses={204: NOTHING} | REFUSED | SIGN_IN_FIRST | MAY_BE_LOCKED,
        examples=example({"old_password": "correct horse battery", "new_password": "a longer horse battery"}),
    )
    def post(self, request: SignedInRequest) -> Response:
        passwords.change_password(
            request=plain_request(request), user=request.user, **validated(request, ChangePasswordInput)
        )
        return Response(status=HTTPStatus.NO_CONTENT)


class Me(PrivateView):
    @extend_schema(
        operation_id="me_retrieve", tags=["me"], summary="Who I am", responses={200: MeOutput} | REFUSED | SIGN_IN_FIRST
    )
    def get(self, request: SignedInRequest) -> Response:
        return Response(MeOutput(selectors.profile_of(request.user)).data)

    @extend_schema(
        operation_id="me_partial_update",
        tags=["me"],
        summary="Change my profile",
        request=ProfileInput,
        responses={200: MeOutput} | REFUSED | SIGN_IN_FIRST,
        examples=example({"belt": "8kup", "language": "en", "time_zone": "Europe/Warsaw", "display_name": "Mina"}),
    )
    def patch(self, request: SignedInRequest) -> Response:
        profile = profiles.update_profile(user=request.user, **validated(request, ProfileInput))
        return Response(MeOutput(profile).data)


def validated(request: Request, kind: type[StrictInput]) -> dict[str, Any]:
    """Return the body as `kind` reads it. Raises ValidationError naming each wrong field."""
    body = kind(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def accepted() -> Response:
    return Response({"detail": MAIL_ON_ITS_WAY}, status=HTTPStatus.ACCEPTED)

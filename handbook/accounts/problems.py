"""What accounts refuse. Each becomes problem+json in handbook.common.problems."""

from http import HTTPStatus

from handbook.common.problems import RuleBroken


class WrongCredentials(RuleBroken):
    """The one answer for an unknown address, a wrong password and an account that is not active."""

    slug = "wrong-credentials"
    status = HTTPStatus.UNAUTHORIZED
    title = "Wrong e-mail or password"

    def __init__(self) -> None:
        super().__init__("No active account has this e-mail and password.")


class EmailNotVerified(RuleBroken):
    """Only somebody who knows the password gets this far, so nothing is given away."""

    slug = "email-not-verified"
    status = HTTPStatus.FORBIDDEN
    title = "Confirm your e-mail first"

    def __init__(self) -> None:
        super().__init__(
            "Open the link in the mail we sent you, or ask for a new one at /api/auth/verify-email/resend/."
        )


class TokenNotValid(RuleBroken):
    slug = "token-not-valid"
    status = HTTPStatus.UNAUTHORIZED
    title = "Sign in again"

    def __init__(self, detail: str = "This token is damaged, expired or not a refresh token.") -> None:
        super().__init__(detail)


class TokenReused(RuleBroken):
    slug = "token-reused"
    status = HTTPStatus.UNAUTHORIZED
    title = "Sign in again"

    def __init__(self) -> None:
        super().__init__("This refresh token was used before, so every token of this sign-in has been ended.")


class LinkNotValid(RuleBroken):
    slug = "link-not-valid"
    status = HTTPStatus.BAD_REQUEST
    title = "This link does not work any more"

    def __init__(self) -> None:
        super().__init__("The key is wrong, used or expired; ask for a new mail.", errors={"key": ["Not a valid key."]})


class InvalidField(RuleBroken):
    """A field that is well formed, but that a rule about the account refuses."""

    slug = "invalid"
    status = HTTPStatus.BAD_REQUEST
    title = "The input is not valid"

    def __init__(self, field: str, sentences: list[str]) -> None:
        super().__init__("One or more fields are wrong; see errors.", errors={field: sentences})

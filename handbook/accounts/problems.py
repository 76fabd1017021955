"""What accounts refuse. Each becomes problem+json in handbook.common.problems."""

from http import HTTPStatus

from handbook.common.problems import RuleBroken


class WrongCredentials(RuleBroken):
    """The one answer for an unknown address, a wrong password, and an account not active or not verified."""

    slug = "wrong-credentials"
    status = HTTPStatus.UNAUTHORIZED
    title = "Wrong e-mail or password"

    def __init__(self) -> None:
        super().__init__(
            "No active account has this e-mail and password. If you have just signed up, open the link we mailed first."
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


class MailUnavailable(RuleBroken):
    """The mail is the point of the request and can't be sent, so the request is refused before anything is done."""

    slug = "mail-unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "Mail can't be sent right now"
    retry_after_s = 60

    def __init__(self) -> None:
        super().__init__("Nothing was done; try again in a minute.")

"""An account in the app: signed in, changed with no network, signed out, and reached by the links of our mails."""

import json
import urllib.request

from tests.app.browser import App, browser
from tests.live import LiveServer, wait_until

EMAIL, PASSWORD = "ola@example.org", "a long password of Ola"
NEWCOMER, CHOSEN = "jan@example.org", "a long password of Jan"
CREATE = f"from handbook.accounts.models import User; User.objects.create_user({EMAIL!r}, {PASSWORD!r})"
BELT = f"from handbook.accounts.models import Profile; print(Profile.objects.get(user__email={EMAIL!r}).belt)"
KEY = (
    "from allauth.account.models import EmailConfirmation; "
    f"print(EmailConfirmation.objects.get(email_address__email={NEWCOMER!r}).key)"
)


def test_a_change_made_with_no_network_reaches_the_server_and_is_not_lost_on_the_way(own_server: LiveServer) -> None:
    own_server.manage("shell", "--command", CREATE)
    with browser(language="en-GB") as context:
        app = App(context.new_page(), own_server.url, "en")
        app.open("profile")
        app.type("account.email", EMAIL)
        app.type("account.password", "not this one")
        app.tap(app.words["account.sign_in"])
        app.sees(app.words["error.wrong_password"])
        app.type("account.password", PASSWORD)
        app.tap(app.words["account.sign_in"])
        app.sees(app.words["account.signed_in"].format(email=EMAIL))

        app.choose("profile.belt", "5th kup")
        app.tap(app.words["action.refresh"])
        wait_until(lambda: belt_on(own_server) == "5kup", within_s=20, what="the belt reaches the server")

        own_server.stop()
        app.choose("profile.belt", "4th kup")
        app.sees(app.words["sync.waiting.one"].format(number=1))
        app.tap(app.words["account.sign_out"])
        app.sees(app.words["account.unsent"])
        app.tap(app.words["action.cancel"])
        own_server.start()
        app.page.evaluate("window.dispatchEvent(new Event('online'))")
        app.sees_no_more(app.words["sync.waiting.one"].format(number=1))
        assert belt_on(own_server) == "4kup"

        app.tap(app.words["account.sign_out"])
        app.sees(app.words["account.signed_out"])
        app.tab("nav.tuls")
        app.sees("Chon-Ji")


def test_the_links_of_our_mails_lead_to_forms_that_work(own_server: LiveServer) -> None:
    post(f"{own_server.url}/api/auth/signup/", {"email": NEWCOMER, "password": CHOSEN})
    key = own_server.manage("shell", "--command", KEY).strip().splitlines()[-1]
    with browser(language="en-GB") as context:
        app = App(context.new_page(), own_server.url, "en")
        app.open(f"verify-email?key={key}")
        app.type("account.password", "a password of somebody else")
        app.tap(app.words["verify.send"])
        app.sees(app.words["problem.other_password"])
        app.type("account.password", CHOSEN)
        app.tap(app.words["verify.send"])
        app.sees(app.words["verify.done"])

        app.go("password-reset/confirm?key=cut-off")
        app.type("account.password", CHOSEN)
        app.tap(app.words["new_password.send"])
        app.sees(app.words["problem.link-not-valid"])
        app.go("password-reset")
        app.type("account.email", NEWCOMER)
        app.tap(app.words["reset.send"])
        app.sees(app.words["reset.done"])
        app.tap(app.words["account.to_profile"])
        app.type("account.email", NEWCOMER)
        app.type("account.password", CHOSEN)
        app.tap(app.words["account.sign_in"])
        app.sees(app.words["account.signed_in"].format(email=NEWCOMER))


def belt_on(server: LiveServer) -> str:
    return server.manage("shell", "--command", BELT).strip().splitlines()[-1]


def post(url: str, body: dict[str, str]) -> None:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20):
        return

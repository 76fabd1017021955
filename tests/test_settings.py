"""What an operator may set, and what is refused at the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from handbook.settings.rates import rate_from
from handbook.settings.security import content_security_policy


@pytest.mark.parametrize("rate", ["60/min", "1/s", "5/hour", "100000/day"])
def test_a_rate_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch, rate: str) -> None:
    monkeypatch.setenv("DRF_THROTTLE_ANON", rate)
    assert rate_from(Env(), "DRF_THROTTLE_ANON", default="60/min") == rate


@pytest.mark.parametrize("rate", ["", "60", "0/min", "-1/min", "60/fortnight", "many/min", "６/min"])
def test_a_rate_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, rate: str) -> None:
    monkeypatch.setenv("DRF_THROTTLE_ANON", rate)
    with pytest.raises(ImproperlyConfigured, match="DRF_THROTTLE_ANON"):
        rate_from(Env(), "DRF_THROTTLE_ANON", default="60/min")


def test_an_operator_adds_the_cdn_origins_to_connect_to_and_inline_scripts() -> None:
    plain = content_security_policy(cdn_origin="", connect_origins=[], allow_inline_scripts=False)["DIRECTIVES"]
    wide = content_security_policy(
        cdn_origin="https://cdn.example.org", connect_origins=["https://errors.example.org"], allow_inline_scripts=True
    )["DIRECTIVES"]
    assert {name: sources for name, sources in wide.items() if sources != plain[name]} == {
        "media-src": ["'self'", "data:", "blob:", "https://cdn.example.org"],
        "connect-src": ["'self'", "https://errors.example.org"],
        "script-src": ["'self'", "'unsafe-inline'"],
    }

"""Throttle rates from the environment, refused at the start instead of at the first request."""

import re

from django.core.exceptions import ImproperlyConfigured
from environ import Env

RATE = re.compile(r"[1-9][0-9]*/(s|sec|second|m|min|minute|h|hour|d|day)", re.ASCII)


def rate_from(env: Env, name: str, *, default: str) -> str:
    """Return `N/min` (or s, h, d) from variable `name`. Raises ImproperlyConfigured that names it."""
    rate: str = env.str(name, default=default)
    if not RATE.fullmatch(rate):
        raise ImproperlyConfigured(f"{name} is {rate!r}; write a rate such as 60/min.")
    return rate

"""How many mails strangers may cause to one address."""

import hashlib

from django.conf import settings
from django.core.cache import cache

from handbook.accounts.models import normalised_email

HOUR_S = 3600


def take_mail(email: str) -> bool:
    """Count one mail to this address and return whether it may go out: ACCOUNT_MAILS_PER_HOUR may."""
    address = hashlib.sha256(normalised_email(email).encode()).hexdigest()
    key = f"accounts:mails:{address}"
    cache.add(key, 0, timeout=HOUR_S)
    try:
        return bool(cache.incr(key) <= settings.ACCOUNT_MAILS_PER_HOUR)
    except ValueError:  # the hour ended between the two steps
        return True

"""How many mails strangers may cause to one address."""

import hashlib

from django.conf import settings
from redis import RedisError

from handbook.accounts.models import normalised_email
from handbook.accounts.problems import MailUnavailable
from handbook.common.shared_cache import count_up

HOUR_S = 3600


def take_mail(email: str) -> bool:
    """Count one mail to this address and return whether it may go out: ACCOUNT_MAILS_PER_HOUR may.

    Raises MailUnavailable when nobody can count: uncounted, we would be a tool to flood mailboxes with.
    """
    address = hashlib.sha256(normalised_email(email).encode()).hexdigest()
    try:
        counted = count_up(f"handbook:accounts:mails:{address}", lifetime_s=HOUR_S)
    except RedisError as error:
        raise MailUnavailable from error
    return bool(counted <= settings.ACCOUNT_MAILS_PER_HOUR)

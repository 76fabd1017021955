"""Names for what was done here, which no other device gives."""

import secrets
from datetime import datetime
from uuid import UUID

MILLISECONDS_AT, VERSION_AT, VARIANT_AT = 80, 76, 62  # bits from the right, by RFC 9562


def new_id(at: datetime) -> str:
    """Return a UUIDv7: when, to the millisecond, and chance. Python has its own only from 3.14 on."""
    moment = int(at.timestamp() * 1000) << MILLISECONDS_AT
    chance = secrets.randbits(12) << 64 | secrets.randbits(VARIANT_AT)
    return str(UUID(int=moment | 7 << VERSION_AT | 2 << VARIANT_AT | chance))

"""What people tell about themselves."""

from typing import Any

from handbook.accounts import selectors
from handbook.accounts.models import Profile, User


def update_profile(*, user: User, **changes: Any) -> Profile:
    """Set the given fields, which are validated, leave the others alone and return the profile."""
    profile = selectors.profile_of(user)
    for field, value in changes.items():
        setattr(profile, field, value)
    if changes:
        profile.save(update_fields=list(changes))
    return profile

"""The keys that prove an address."""

from allauth.account.models import EmailAddress, EmailConfirmation
from django.utils import timezone

from handbook.accounts.models import User


def new_confirmation(user: User) -> EmailConfirmation:
    """Store another key for the address that the user signs in with; the earlier ones stay good."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email)
    confirmation = EmailConfirmation.create(address)
    confirmation.sent = timezone.now()
    confirmation.save(update_fields=["sent"])
    return confirmation

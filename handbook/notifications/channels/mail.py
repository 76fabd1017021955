"""Reminders by e-mail, in the worker. A mail that is sent again has the same Message-ID."""

from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from handbook.notifications.channels.message import Message
from handbook.notifications.channels.outcomes import TryLater
from handbook.notifications.texts import messages


def send(message: Message, address: str) -> None:
    """Return when the mail server took it. Raises TryLater."""
    said = messages(message.language)
    lines = [message.body, "", said["mail.open"], message.url, "", said["mail.change"], f"{settings.APP_URL}profile"]
    host = urlsplit(settings.APP_URL).hostname
    mail = EmailMessage(
        subject=" ".join(message.title.split()),
        body="\n".join(lines) + "\n",
        to=[address],
        headers={"Message-ID": f"<{message.tag}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        raise TryLater(type(error).__name__) from error

"""A message as every channel takes it, and answers as every provider gives them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import requests

from handbook.notifications.channels.outcomes import DeviceGone, Refused, TryLater

TIMEOUT_S = (5.0, 10.0)  # to connect, and between two bytes
LONGEST_WAIT_S = 24 * 3600.0
MENDED_BY_TIME = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What to show, the page it opens, and how long it is worth showing; receivers replace what has the same `tag`."""

    tag: str
    title: str
    body: str
    url: str
    language: str
    lives_s: int

    @property
    def shown(self) -> dict[str, str]:
        """Return the fields that a device reads, all text."""
        return {"tag": self.tag, "title": self.title, "body": self.body, "url": self.url, "lang": self.language}


def refuse_failure(answer: requests.Response, *, gone: bool, at: datetime) -> None:
    """Return when a provider took the message. Raises DeviceGone, TryLater or Refused."""
    status = answer.status_code
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    remark = f"answered {status}"
    if gone:
        raise DeviceGone(remark)
    if status in MENDED_BY_TIME or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TryLater(remark, after_s=wait_s(answer.headers.get("Retry-After", ""), at=at))
    raise Refused(remark)


def wait_s(retry_after: str, *, at: datetime) -> float | None:
    """Read Retry-After, seconds or a date, up to a day; None for what is neither."""
    if retry_after.isascii() and retry_after.isdigit():
        wanted = float(retry_after)
    else:
        try:
            moment = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        wanted = (moment.replace(tzinfo=moment.tzinfo or UTC) - at).total_seconds()
    return min(max(wanted, 0.0), LONGEST_WAIT_S)

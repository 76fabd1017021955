"""Where push messages may be posted: public addresses over TLS, so that nobody points us at our own network."""

import socket
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection

HTTPS_PORT = 443
# They carry an IPv4 address inside, and which network that is in shows only after the translation.
TRANSLATED = [IPv6Network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


class AddressRefused(Exception):  # noqa: N818 - a refusal
    """Not a place to post to; the text says why."""


class AddressUnknown(AddressRefused):
    """Its host can't be found, which may be different in a minute."""


def origin_of(url: str) -> str:
    """Return scheme, host and port as a VAPID audience names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def refuse_private(url: str) -> None:
    """Return for an https URL on a public host, resolved now, or an allowed origin. Raises AddressRefused."""
    parts = _parts_of(url)
    if origin_of(url) in settings.PUSH_ORIGINS_ALLOWED:
        return
    if parts.scheme != "https" or parts.port not in {None, HTTPS_PORT}:
        raise AddressRefused("Give an https address on the usual port.")
    refuse_private_host(parts.hostname or "")


def refuse_private_host(host: str) -> None:
    """Return when every address of the host is public. Raises AddressRefused."""
    try:
        found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressUnknown("Its host can't be found.") from error
    if not all(is_public(str(address[0])) for *_, address in found):
        raise AddressRefused("Its host is on a private network.")


def is_public(address: str) -> bool:
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in network for network in TRANSLATED):
            return False
    return ip.is_global and not ip.is_multicast


def push_session() -> requests.Session:
    """Return a session that connects to public addresses only, and asks no proxy to do it instead."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", PublicOnly())
    return session


def _parts_of(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("Not a valid URL.") from error
    if not parts.hostname or port == 0 or parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused("Give a URL with a host, and without user, password or fragment.")
    return parts


class PublicConnection(HTTPSConnection):
    """Looks at the address that it is connected to: the name may lead elsewhere than when it was checked."""

    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()
        if not is_public(str(connected.getpeername()[0])):
            connected.close()
            raise AddressRefused("Its host is on a private network.")
        return connected


class PublicPool(HTTPSConnectionPool):
    ConnectionCls = PublicConnection


class PublicOnly(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": PublicPool}

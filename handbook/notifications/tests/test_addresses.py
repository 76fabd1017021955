"""Where messages may be posted, looked at once more when the connection stands."""

import socket
import threading

import pytest

from handbook.notifications.channels.addresses import AddressRefused, is_public, push_session


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.100.0.1", False),
        ("192.0.2.1", False),
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:a00:1::", False),
    ],
)
def test_an_address_is_public_or_not(address: str, expected: bool) -> None:  # noqa: FBT001
    assert is_public(address) is expected


def test_a_name_that_leads_home_by_the_time_it_is_asked_gets_not_one_byte() -> None:
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            connection, _ = listener.accept()
            with connection:
                received.append(connection.recv(100))

        thread = threading.Thread(target=accept)
        thread.start()
        with push_session() as session, pytest.raises(AddressRefused):
            session.post(f"https://localhost:{listener.getsockname()[1]}/x", timeout=5)
        thread.join(10)
    assert received == [b""]


def test_no_proxy_is_asked_to_go_there_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with push_session() as session:
        settings = session.merge_environment_settings("https://push.example.org", {}, None, None, None)
    assert settings["proxies"] == {}

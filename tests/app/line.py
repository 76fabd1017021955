"""The way to the server, on which one reply can be lost: the request is carried out, and nobody hears of it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

MOST_BYTES = 65_536


class Line:
    """Carries bytes to the server and back, on a port of its own."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.was_lost = threading.Event()
        self._to_lose = b""
        threading.Thread(target=self._accept, daemon=True).start()

    def lose_the_reply_to(self, request: str) -> None:
        """Hold back what the server says to the next request that begins so; `was_lost` tells that it has been."""
        self._to_lose = request.encode()
        self.was_lost.clear()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _address = self._listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self._server_port)) as server:
            is_it = threading.Event()
            threading.Thread(target=self._forth, args=(client, server, is_it), daemon=True).start()
            while data := server.recv(MOST_BYTES):
                if is_it.is_set():
                    self._to_lose = b""
                    self.was_lost.set()
                    continue
                client.sendall(data)

    def _forth(self, client: socket.socket, server: socket.socket, is_it: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(MOST_BYTES):
                if self._to_lose and data.startswith(self._to_lose):
                    is_it.set()
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(server_port: int) -> Iterator[Line]:
    line = Line(server_port)
    try:
        yield line
    finally:
        line.close()

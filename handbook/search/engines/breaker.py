"""A circuit breaker: after some failures in a row the next requests do not even ask, until a pause is over."""

import threading
import time
from collections.abc import Callable

FAILURES_THAT_OPEN = 3
PAUSE_S = 15.0


class CircuitBreaker:
    """One per process. After the pause a single request tries; its outcome closes or opens the circuit again."""

    def __init__(self, *, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until_s = 0.0

    def allows(self) -> bool:
        """Whether to ask now. Of several requests after the pause only the first is let through."""
        with self._lock:
            if self._failures < FAILURES_THAT_OPEN:
                return True
            now_s = self._clock_s()
            if now_s < self._open_until_s:
                return False
            self._open_until_s = now_s + PAUSE_S
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._open_until_s = self._clock_s() + PAUSE_S

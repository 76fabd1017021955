"""Jobs that really run at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections


def at_once(jobs: list[Callable[[], None]]) -> list[BaseException]:
    """Run the jobs in threads that start together; return what they raised."""
    start = threading.Barrier(len(jobs))
    raised: list[BaseException] = []

    def run(job: Callable[[], None]) -> None:
        try:
            start.wait(timeout=10)
            job()
        except BaseException as error:  # noqa: BLE001 - handed to the test, which fails on it
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised

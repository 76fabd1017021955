"""Following the server: what is asked, what is told in words, and what is kept when it fails."""

import asyncio
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from client.tests.make import (
    NOON,
    NOT_MODIFIED,
    OFFLINE,
    answer_of,
    damage,
    device,
    finish,
    handbook,
    json_answer,
    pull,
)
from tkd_client.api.transport import Answer
from tkd_client.offline.database import DiskFull
from tkd_client.state.handbook import Handbook
from tkd_client.state.sync import EVERY_S, LONGEST_RETRY_S
from tkd_client.state.texts import LANGUAGES, Texts

HTML = Answer(status=200, headers={"content-type": "text/html"}, body=b"<html>Log in to the Wi-Fi</html>")
HALF = Answer(status=200, headers={"content-type": "application/json"}, body=b'{"cursor": 5, "ups')


def test_the_first_pull_is_a_snapshot_and_the_next_asks_what_changed(tmp_path: Path) -> None:
    book = Handbook(
        device(tmp_path, json_answer(answer_of(3)), json_answer(answer_of(3, {}, is_snapshot=False), etag='"e"'))
    )
    assert pull(book)
    assert pull(book)
    assert pull(book)
    paths = [path for _method, path, _headers, _body in book.device.transport.asked]  # type: ignore[attr-defined]
    assert [path.partition("?")[2] for path in paths] == ["since=0", *["since=3&catalogue_id=one"] * 2]
    assert book.device.transport.asked[2][2]["If-None-Match"] == '"e"'  # type: ignore[attr-defined]
    assert book.catalogue.count("technique") == 2
    assert book.sync.status.last_heard_at == NOON


def test_nothing_new_is_a_success(tmp_path: Path) -> None:
    book = handbook(tmp_path, NOT_MODIFIED)
    assert pull(book)
    assert (book.sync.status.phase, book.sync.pause_s()) == ("idle", EVERY_S)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (OFFLINE, "error.unreachable"),
        (HTML, "error.garbage"),
        (HALF, "error.garbage"),
        (json_answer([]), "error.garbage"),
        (json_answer({"cursor": "x"}), "error.garbage"),
        (json_answer(answer_of(9, {"techniques": [{"slug": "half"}]})), "error.garbage"),
        (json_answer({"title": "boom"}, 500), "error.server"),
        (Answer(status=502, headers={"content-type": "text/html"}, body=b"bad gateway"), "error.server"),
        (json_answer({"title": "slow down"}, 429, retry_after="7"), "error.throttled"),
        (json_answer({"title": "gone"}, 410), "error.refused"),
    ],
)
def test_a_failure_is_told_in_words_and_keeps_what_was_there(tmp_path: Path, answer: Any, reason: str) -> None:
    book = handbook(tmp_path, answer)
    assert not pull(book)
    assert (book.sync.status.phase, book.sync.status.reason) == ("failed", reason)
    assert book.catalogue.count("technique") == 2
    assert book.catalogue.cursor == 1
    for language in LANGUAGES:
        assert Texts(language)(reason)


def test_the_pauses_grow_with_the_failures_and_end_with_a_success(tmp_path: Path) -> None:
    book = handbook(tmp_path, *[OFFLINE] * 9, NOT_MODIFIED)
    pauses = []
    for _ in range(9):
        pull(book)
        pauses.append(book.sync.pause_s())
    assert 1 < pauses[0] < 3
    assert pauses[1] < pauses[3] < pauses[6] <= LONGEST_RETRY_S * 1.25
    pull(book)
    assert book.sync.pause_s() == EVERY_S


def test_a_server_that_asks_for_patience_gets_it(tmp_path: Path) -> None:
    book = handbook(tmp_path, json_answer({}, 429, retry_after="90"))
    pull(book)
    assert book.sync.pause_s() >= 90


def test_the_sync_runs_until_it_is_stopped_and_wakes_when_told(tmp_path: Path) -> None:
    book = handbook(tmp_path, NOT_MODIFIED)

    async def three_times() -> int:
        following = asyncio.ensure_future(book.sync.run())
        for _ in range(3):
            await asyncio.sleep(0.05)
            book.sync.wake()
        await asyncio.sleep(0.05)
        following.cancel()
        return len(book.device.transport.asked)  # type: ignore[attr-defined]

    assert finish(three_times()) == 4


def test_a_full_disk_is_said_and_the_next_save_clears_it(tmp_path: Path) -> None:
    book = Handbook(device(tmp_path, json_answer(answer_of(1)), json_answer(answer_of(2))))
    saved = book.device.disk.save
    told: list[bool] = []
    book.subscribe(lambda: told.append(book.disk_full))

    async def full() -> None:
        raise DiskFull("quota")

    book.device.disk.save = full  # type: ignore[method-assign]
    assert not pull(book)
    assert (book.sync.status.reason, book.disk_full) == ("error.disk_full", True)
    book.device.disk.save = saved  # type: ignore[method-assign]
    assert pull(book)
    assert not book.disk_full
    assert told


def test_a_device_that_can_keep_nothing_works_and_says_so(tmp_path: Path) -> None:
    given = device(tmp_path, json_answer(answer_of(1)))

    async def refused() -> None:
        raise DiskFull("a private window")

    given.disk.load = given.disk.save = refused  # type: ignore[method-assign]
    book = finish(Handbook.opened_on(given))
    assert not pull(book)
    assert book.lexicons["technique"].total == 2
    assert book.notices() == ["error.not_kept"]
    book.dismiss("error.not_kept")
    assert book.notices() == []


@pytest.mark.parametrize(("years", "is_wrong"), [(0, False), (4, True), (-7, True)])
def test_a_clock_that_is_years_off_is_told(tmp_path: Path, years: int, is_wrong: bool) -> None:  # noqa: FBT001
    said = format_datetime(NOON.replace(year=NOON.year + years), usegmt=True)
    book = handbook(tmp_path, json_answer(answer_of(2), date=said))
    assert pull(book)
    assert book.notices() == (["error.clock"] if is_wrong else [])
    assert book.catalogue.cursor == 2


@pytest.mark.parametrize("said", ["", "yesterday", "0"])
def test_a_server_without_a_clock_is_no_reason_to_doubt_ours(tmp_path: Path, said: str) -> None:
    book = handbook(tmp_path, json_answer(answer_of(2), date=said))
    assert pull(book)
    assert book.notices() == []


def test_a_catalogue_that_is_found_damaged_is_fetched_again(tmp_path: Path) -> None:
    book = handbook(tmp_path, json_answer(answer_of(3)))
    damage(tmp_path / "catalogue.db")
    assert not pull(book)
    assert book.sync.status.reason == "error.store_broken"
    assert pull(book)
    assert (book.catalogue.cursor, book.catalogue.count("technique")) == (3, 2)
    assert book.search.search("dolyo")[0].slug == "dollyo-chagi"
    assert book.notices() == ["error.store_rebuilt"]


def test_a_mistake_of_ours_does_not_end_the_sync(tmp_path: Path) -> None:
    book = handbook(tmp_path, ZeroDivisionError("a mistake"), NOT_MODIFIED)
    assert not pull(book)
    assert book.sync.status.reason == "error.unknown"
    assert pull(book)


def test_the_last_pull_is_remembered_over_a_restart(tmp_path: Path) -> None:
    async def heard() -> None:
        await handbook(tmp_path, NOT_MODIFIED).sync.once()

    finish(heard())
    assert Handbook(device(tmp_path)).sync.status.last_heard_at == NOON

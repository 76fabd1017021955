"""Two tabs of one store: one writes, the other reads, follows, and has the one write for it."""

import asyncio
from pathlib import Path
from typing import Any

from client.tests.make import (
    NOON,
    LinkedTab,
    answer_of,
    device,
    finish,
    json_answer,
    technique,
)
from tkd_client.api.transport import Answer
from tkd_client.state.handbook import Handbook
from tkd_rules.grading import Belt

SETTLES_S = 0.05


def two_tabs(folder: Path, *writers: Any, readers: tuple[Any, ...] = ()) -> tuple[Handbook, Handbook]:
    """Return the writer and the reader, each with the answers that its server gives."""
    tabs: list[LinkedTab] = []
    writer = Handbook(device(folder, *writers, tabs=LinkedTab(tabs)))
    return writer, Handbook(device(folder, *readers, tabs=LinkedTab(tabs)))


async def settled() -> None:
    await asyncio.sleep(SETTLES_S)


def test_what_the_reader_changes_the_writer_keeps_and_both_show(tmp_path: Path) -> None:
    async def play() -> None:
        writer, reader = two_tabs(tmp_path)
        reader.toggle_favourite("technique", "ap-chagi")
        reader.choose(theme="dark", belt_rank=5)
        await settled()
        for book in (writer, reader):
            assert book.is_favourite("technique", "ap-chagi")
            assert (book.preferences.theme, book.preferences.belt) == ("dark", Belt(5))

    finish(play())


def test_the_catalogue_that_the_writer_pulls_the_reader_shows(tmp_path: Path) -> None:
    async def play() -> None:
        renamed = json_answer(answer_of(2, {"techniques": [technique(name={"en": "snap kick"})]}, is_snapshot=False))
        writer, reader = two_tabs(tmp_path, json_answer(answer_of(1)), renamed)
        await writer.sync.once()
        await settled()
        reader.lexicons["technique"].type("front")
        assert [item.name["en"] for item in reader.lexicons["technique"].rows] == ["front kick"]
        await writer.sync.once()
        await settled()
        assert reader.catalogue.summary("technique", "ap-chagi").name == {"en": "snap kick"}  # type: ignore[union-attr]

    finish(play())


def test_the_reader_says_how_the_sync_of_the_writer_stands(tmp_path: Path) -> None:
    async def play() -> None:
        html = Answer(status=200, headers={"content-type": "text/html"}, body=b"<html>")
        writer, reader = two_tabs(tmp_path, html, json_answer(answer_of(1)))
        await writer.sync.once()
        await settled()
        assert (reader.sync.status.phase, reader.sync.status.reason) == ("failed", "error.garbage")
        following = asyncio.ensure_future(writer.follow())
        await settled()
        reader.sync_now()
        await settled()
        assert (reader.sync.status.phase, reader.sync.status.last_heard_at) == ("idle", NOON)
        assert reader.device.transport.asked == []  # type: ignore[attr-defined]
        following.cancel()

    finish(play())


def test_a_tab_that_comes_later_asks_how_it_stands(tmp_path: Path) -> None:
    async def play() -> None:
        tabs: list[LinkedTab] = []
        writer = Handbook(device(tmp_path, json_answer(answer_of(1)), tabs=LinkedTab(tabs)))
        await writer.sync.once()
        later = Handbook(device(tmp_path, tabs=LinkedTab(tabs)))
        following = asyncio.ensure_future(later.follow())
        await settled()
        assert later.sync.status.last_heard_at == NOON
        following.cancel()

    finish(play())


def test_signing_in_and_out_in_the_reader_signs_both_in_and_out(tmp_path: Path) -> None:
    async def play() -> None:
        server = (
            json_answer({"access": "a1", "refresh": "r1"}),
            json_answer({"email": "ola@example.org", "belt": "7kup"}),
            Answer(status=204),
        )
        writer, reader = two_tabs(tmp_path, readers=server)
        assert await reader.account.sign_in("ola@example.org", "secret")
        await settled()
        assert [book.account.email for book in (writer, reader)] == ["ola@example.org"] * 2
        assert writer.account.unsent == 0  # the server's own belt is not sent back to it
        reader.choose(belt_rank=6)
        await settled()
        assert [operation.payload for operation in reader.personal.waiting()] == [{"belt": "5kup"}]
        await reader.account.sign_out()
        await settled()
        assert [book.account.is_signed_in for book in (writer, reader)] == [False, False]
        assert reader.account.unsent == 0

    finish(play())


def test_when_the_writer_is_closed_the_reader_takes_over(tmp_path: Path) -> None:
    async def play() -> None:
        writer, reader = two_tabs(tmp_path)
        writer.device.tabs.close()  # type: ignore[attr-defined]
        await settled()
        reader.toggle_favourite("term", "palmok")
        await settled()

    finish(play())
    assert Handbook(device(tmp_path)).is_favourite("term", "palmok")

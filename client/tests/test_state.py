"""What the screens ask and tell, without a screen."""

import asyncio
from datetime import date
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from client.tests.make import (
    NOON,
    OFFLINE,
    answer_of,
    changes,
    damage,
    device,
    finish,
    handbook,
    json_answer,
    technique,
)
from tkd_client.api.transport import Answer
from tkd_client.offline.database import DiskFull
from tkd_client.state.handbook import Handbook
from tkd_client.state.lexicon import PAGE, Lexicon, Restriction
from tkd_client.state.sync import EVERY_S, LONGEST_RETRY_S
from tkd_client.state.texts import LANGUAGES, Texts, in_language, plural_form
from tkd_client.state.today import todays_items
from tkd_rules.grading import Belt

NOT_MODIFIED = Answer(status=304)
HTML = Answer(status=200, headers={"content-type": "text/html"}, body=b"<html>Log in to the Wi-Fi</html>")
HALF = Answer(status=200, headers={"content-type": "application/json"}, body=b'{"cursor": 5, "ups')
TOKENS = json_answer({"access": "a1", "refresh": "r1"})
ME = json_answer({"email": "ola@example.org", "belt": "7kup"})
UNAUTHORIZED = json_answer({"title": "Unauthorized", "status": 401}, 401)


def pull(book: Handbook) -> bool:
    return finish(book.sync.once())


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


@pytest.mark.parametrize(
    ("language", "today", "earlier"),
    [
        ("pl", "12:00", "24.11.2026, 12:00"),
        ("en", "12:00", "24 November 2026, 12:00"),
        ("ko", "12:00", "2026. 11. 24. 12:00"),
    ],
)
def test_a_moment_has_its_date_when_it_is_not_today(language: str, today: str, earlier: str) -> None:
    assert Texts(language).moment(NOON, NOON.replace(hour=23)) == today
    assert Texts(language).moment(NOON, NOON.replace(day=25)) == earlier


def test_a_change_of_the_catalogue_reaches_the_lists(tmp_path: Path) -> None:
    renamed = technique(name={"en": "straight kick"})
    book = handbook(tmp_path, json_answer(answer_of(2, {"techniques": [renamed]}, is_snapshot=False)))
    drawn: list[str] = []
    book.lexicons["technique"].subscribe(lambda: drawn.append(book.lexicons["technique"].rows[0].name["en"]))
    pull(book)
    assert drawn == ["straight kick"]


def test_the_lexicon_finds_restricts_and_clears(tmp_path: Path) -> None:
    lexicon = handbook(tmp_path).lexicons["technique"]
    lexicon.type("dolyo")
    assert [item.slug for item in lexicon.rows] == ["dollyo-chagi"]
    lexicon.restrict(Restriction(belt_rank=1))
    assert lexicon.rows == []
    assert lexicon.is_restricted
    lexicon.clear()
    assert lexicon.total == 2
    for restriction, total in (
        (Restriction(category="punch"), 0),
        (Restriction(tag="attack"), 2),
        (Restriction(slugs=frozenset({"ap-chagi"})), 1),
    ):
        lexicon.restrict(restriction)
        assert lexicon.total == total
        lexicon.type("chagi")
        assert lexicon.total == total
        lexicon.type("")


def test_a_long_list_is_built_as_far_as_it_is_scrolled(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    many = [technique(f"kick-{number:03}") for number in range(100)]
    book.catalogue.apply(changes(2, {"techniques": many}, is_snapshot=True))
    book.catalogue_replaced()
    lexicon = book.lexicons["technique"]
    assert len(lexicon.rows) == PAGE
    for _ in range(5):
        lexicon.show_more()
    assert len(lexicon.rows) == 100


def test_searching_everywhere_lists_nothing_until_something_is_typed(tmp_path: Path) -> None:
    lexicon: Lexicon = handbook(tmp_path).lexicons[None]
    assert lexicon.rows == []
    lexicon.type("forearm")
    assert [item.kind for item in lexicon.rows] == ["term"]


def test_favourites_recent_and_preferences_survive_a_restart(tmp_path: Path) -> None:
    async def use(book: Handbook) -> None:
        book.toggle_favourite("technique", "ap-chagi")
        book.toggle_favourite("term", "palmok")
        book.toggle_favourite("term", "palmok")
        book.opened("tul", "chon-ji")
        book.opened("tul", "chon-ji")
        book.choose(interface_language="ko", belt_rank=3, theme="dark", text_scale=1.2)
        await asyncio.sleep(0)

    finish(use(handbook(tmp_path)))
    again = handbook(tmp_path)
    assert again.favourites == {("technique", "ap-chagi")}
    assert again.personal.recent() == [("tul", "chon-ji")]
    chosen = again.preferences
    assert (chosen.interface_language, chosen.content_language, chosen.theme) == ("ko", "ko", "dark")
    assert (chosen.belt, chosen.text_scale, chosen.has_chosen_belt) == (Belt(3), 1.2, True)


def test_broken_settings_count_as_not_chosen(tmp_path: Path) -> None:
    book = handbook(tmp_path, language="de")
    book.personal.set(theme="pink", belt_rank=77, interface_language=5, text_scale="big")
    book.preferences.read()
    chosen = book.preferences
    assert (chosen.theme, chosen.belt, chosen.interface_language, chosen.text_scale) == ("system", Belt(1), "en", 1.0)


def test_signing_in_takes_over_the_profile_and_signing_out_keeps_the_catalogue(tmp_path: Path) -> None:
    book = handbook(tmp_path, TOKENS, ME, Answer(status=204))
    assert finish(book.account.sign_in(" ola@example.org ", "secret"))
    assert (book.account.email, book.account.is_signed_in) == ("ola@example.org", True)
    assert book.personal.setting("belt_rank") == 4
    finish(book.account.sign_out())
    assert not book.account.is_signed_in
    assert book.catalogue.count("technique") == 2
    assert book.device.transport.asked[-1][3] == {"refresh": "r1"}  # type: ignore[attr-defined]


def test_signing_out_works_with_no_network(tmp_path: Path) -> None:
    book = handbook(tmp_path, TOKENS, ME, OFFLINE)
    finish(book.account.sign_in("ola@example.org", "secret"))
    finish(book.account.sign_out())
    assert not book.account.is_signed_in


@pytest.mark.parametrize(
    ("answer", "reason", "detail"),
    [
        (UNAUTHORIZED, "error.wrong_password", ""),
        (json_answer({}, 429), "error.locked_out", ""),
        (OFFLINE, "error.unreachable", ""),
        (
            json_answer({"detail": "wrong", "errors": {"email": ["Not an address."]}}, 400),
            "problem.email",
            "",
        ),
        (json_answer({"access": 1}), "error.garbage", ""),
    ],
)
def test_a_sign_in_that_fails_says_why(tmp_path: Path, answer: Any, reason: str, detail: str) -> None:
    book = handbook(tmp_path, answer)
    assert not finish(book.account.sign_in("ola@example.org", "secret"))
    assert (book.account.reason, book.account.detail) == (reason, detail)
    assert not book.account.is_signed_in


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ({"errors": {"password": ["Too common."]}}, "problem.other_password"),
        ({"type": "/problems/link-not-valid", "errors": {"key": ["Not a valid key."]}}, "problem.link-not-valid"),
        ({"type": "/problems/invalid", "detail": "Something new."}, "error.refused"),
    ],
)
def test_a_link_that_fails_says_why_in_the_language_of_the_app(
    tmp_path: Path, problem: dict[str, Any], reason: str
) -> None:
    book = handbook(tmp_path, json_answer(problem, 400), Answer(status=204))
    assert not finish(book.account.verify_email("key", "secret"))
    assert book.account.reason == reason
    assert book.account.detail == ("Something new." if reason == "error.refused" else "")
    assert finish(book.account.set_new_password("key", "secret"))
    assert book.device.transport.asked[1][3] == {"key": "key", "password": "secret"}  # type: ignore[attr-defined]


def test_a_weak_password_is_told_and_a_forgotten_one_asked_for(tmp_path: Path) -> None:
    book = handbook(tmp_path, json_answer({"errors": {"password": ["Too common."]}}, 400), Answer(status=202))
    assert not finish(book.account.set_new_password("key", "secret"))
    assert book.account.reason == "problem.weak_password"
    book.account.forget_reason()
    assert book.account.reason == ""


def test_signing_up_tells_the_language(tmp_path: Path) -> None:
    book = handbook(tmp_path, json_answer({}, 202))
    assert finish(book.account.sign_up("ola@example.org", "secret", language="pl"))
    assert book.device.transport.asked[0][3]["language"] == "pl"  # type: ignore[attr-defined]


def signed_in(folder: Path, *answers: Answer | Exception) -> Handbook:
    book = handbook(folder, TOKENS, ME, *answers)
    finish(book.account.sign_in("ola@example.org", "secret"))
    return book


def change_belt(book: Handbook) -> None:
    async def choose() -> None:
        book.choose(belt_rank=5)
        await asyncio.sleep(0)

    finish(choose())


def test_a_belt_chosen_offline_is_sent_when_the_server_is_back(tmp_path: Path) -> None:
    book = signed_in(tmp_path, OFFLINE, ME, NOT_MODIFIED)
    change_belt(book)
    assert not pull(book)
    assert [operation.payload for operation in book.account.waiting] == [{"belt": "6kup"}]
    assert pull(book)
    assert book.account.waiting == []


def test_an_access_token_that_has_run_out_is_renewed_on_the_way(tmp_path: Path) -> None:
    renewed = json_answer({"access": "a2", "refresh": "r2"})
    book = signed_in(tmp_path, UNAUTHORIZED, renewed, ME, NOT_MODIFIED)
    change_belt(book)
    assert pull(book)
    assert book.account.waiting == []
    assert book.personal.setting("refresh") == "r2"


def test_a_session_that_has_ended_keeps_the_work(tmp_path: Path) -> None:
    book = signed_in(tmp_path, UNAUTHORIZED, UNAUTHORIZED, NOT_MODIFIED)
    change_belt(book)
    assert pull(book)
    assert (book.account.is_signed_in, book.account.reason) == (False, "error.signed_out")
    assert len(book.account.waiting) == 1


def test_a_refused_change_waits_with_its_reason_and_does_not_block_the_next(tmp_path: Path) -> None:
    refusal = json_answer({"detail": "No such grade."}, 400)
    book = signed_in(tmp_path, refusal, ME, NOT_MODIFIED)
    change_belt(book)
    change_belt(book)
    assert pull(book)
    assert [operation.refused for operation in book.account.waiting] == ["No such grade."]


def test_signed_out_nothing_waits(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    change_belt(book)
    assert book.account.waiting == []


def test_today_is_the_same_all_day_and_within_the_grade(tmp_path: Path) -> None:
    book = handbook(tmp_path)
    today = todays_items(book.catalogue, Belt(1), date(2026, 11, 24))
    assert today == todays_items(book.catalogue, Belt(1), date(2026, 11, 24))
    assert [item.slug for _reason, item in today] == ["ap-chagi", "palmok"]
    assert todays_items(book.catalogue, Belt(2), date(2026, 11, 24))[0][1].slug == "chon-ji"


def test_storage_is_counted(tmp_path: Path) -> None:
    held = handbook(tmp_path).storage()
    assert held.size_bytes > 10_000
    assert (held.techniques, held.tuls, held.terms) == (2, 1, 1)


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("pl", 1, "one"),
        ("pl", 2, "few"),
        ("pl", 12, "many"),
        ("pl", 22, "few"),
        ("pl", 5, "many"),
        ("en", 2, "many"),
        ("ko", 1, "many"),
    ],
)
def test_numbers_take_their_form(language: str, number: int, form: str) -> None:
    assert plural_form(language, number) == form


def test_a_text_falls_back_to_polish_then_english() -> None:
    assert in_language({"pl": "a", "en": "b"}, "ko") == "a"
    assert in_language({"en": "b"}, "pl") == "b"
    assert in_language({"ko": "c"}, "en") == "c"
    assert in_language({}, "en") == ""


@pytest.mark.parametrize(("language", "written"), [("pl", "2,5"), ("en", "2.5"), ("ko", "2.5")])
def test_a_decimal_is_written_as_the_language_does(language: str, written: str) -> None:
    assert Texts(language).decimal(2.46) == written

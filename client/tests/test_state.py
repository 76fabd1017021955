"""What the screens ask and tell, without a screen."""

import asyncio
from datetime import date
from pathlib import Path

from client.tests.make import (
    answer_of,
    changes,
    finish,
    handbook,
    json_answer,
    pull,
    technique,
)
from tkd_client.state.handbook import Handbook
from tkd_client.state.lexicon import PAGE, Lexicon, Restriction
from tkd_client.state.today import todays_items
from tkd_rules.grading import Belt


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

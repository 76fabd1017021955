"""What `flet build` reads for phones is there and fits together; building itself needs the Flutter SDK."""

import struct
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.live import ROOT
from tkd_client.components.theme import SEED
from tkd_client.state.texts import LANGUAGES

CLIENT = ROOT / "client"


@pytest.fixture
def flet() -> dict[str, Any]:
    settings: dict[str, Any] = tomllib.loads((CLIENT / "pyproject.toml").read_text())["tool"]["flet"]
    return settings


def test_the_program_and_the_packages_beside_it_are_there(flet: dict[str, Any]) -> None:
    assert (CLIENT / flet["app"]["path"] / f"{flet['app']['module']}.py").is_file()
    assert {name: (CLIENT / path / "pyproject.toml").is_file() for name, path in flet["dev_packages"].items()} == {
        "tkd-rules": True
    }


@pytest.mark.parametrize("name", ["icon.png", "splash.png"])
def test_the_pictures_are_square_and_large_enough_for_the_stores(flet: dict[str, Any], name: str) -> None:
    assert size_of_png(CLIENT / flet["app"]["path"] / "assets" / name) == (1024, 1024)


def test_the_stores_learn_the_languages_the_name_and_the_colour(flet: dict[str, Any]) -> None:
    assert set(flet["ios"]["info"]["CFBundleLocalizations"]) == set(LANGUAGES)
    assert flet["ios"]["bundle_id"] == flet["android"]["bundle_id"]
    assert flet["splash"]["color"] == flet["android"]["adaptive_icon_background"] == SEED
    assert flet["android"]["permission"] == {"android.permission.INTERNET": True}


def size_of_png(path: Path) -> tuple[int, int]:
    """Return width and height from the header."""
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height

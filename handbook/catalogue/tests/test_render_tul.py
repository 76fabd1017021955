"""Study sheets, pictures and films are written as files that other programs open."""

import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from handbook.catalogue.models import Tul, TulStep
from handbook.catalogue.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def chon_ji() -> Tul:
    ready = make.technique("narani-junbi-sogi", category="stance", belt="10kup")
    stance = make.technique("gunnun-sogi", category="stance", belt="10kup")
    make.geometry(ready, length="0")
    make.geometry(stance)
    tul = make.tul("chon-ji", ready=ready)
    block = make.technique("najunde-makgi", category="block")
    for number in range(1, 4):
        make.step(tul, number, technique=block, stance=stance)
    TulStep.objects.filter(tul=tul, number=2).update(after_foot="left", after_ready=ready, after_facing="D")
    make.tul("juche", ready=ready, number=2)
    return tul


def render(*arguments: str) -> str:
    out = StringIO()
    call_command("render_tul", *arguments, stdout=out)
    return out.getvalue()


def test_all_written_tuls_are_drawn(chon_ji: Tul, tmp_path: Path) -> None:
    assert render("--all", "--svg", "--png", "--out", str(tmp_path)).endswith("Drew 1 tuls.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chon-ji.png", "chon-ji.svg"]
    with Image.open(tmp_path / "chon-ji.png") as picture:
        assert max(picture.size) == 1000
    assert (tmp_path / "chon-ji.svg").read_text().startswith("<svg")


@pytest.mark.parametrize("steps", [3, 70])
def test_a_sheet_is_one_page_that_holds_both_languages(chon_ji: Tul, tmp_path: Path, steps: int) -> None:
    first = chon_ji.steps.get(number=1)
    for number in range(4, steps + 1):
        TulStep.objects.create(
            tul=chon_ji,
            number=number,
            romanization="Niunja So Sonkal Kaunde Daebi Makgi",
            stance=first.stance,
            front_foot="left",
            facing="B",
        )
    render("chon-ji", "--pdf", "--lang", "pl", "--lang", "ko", "--out", str(tmp_path))
    pdf = (tmp_path / "chon-ji.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1
    assert len(pdf) < 150_000


@pytest.mark.parametrize(("kind", "codec"), [("mp4", "h264"), ("gif", "gif")])
def test_a_film_plays(chon_ji: Tul, tmp_path: Path, kind: str, codec: str) -> None:
    render("chon-ji", f"--{kind}", "--out", str(tmp_path))
    shown = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width:format=duration", "-of", "csv=p=0"]
    said = subprocess.run(
        [*shown, str(tmp_path / f"chon-ji.{kind}")], check=True, capture_output=True, text=True
    ).stdout
    stream, duration = said.split()
    assert stream == f"{codec},{720 if kind == 'mp4' else 480}"
    assert float(duration) == pytest.approx(0.8 + 3 * 1.5 + 1.0 + 1.2 + 0.8, abs=0.2)


def test_a_film_without_ffmpeg_says_what_to_install(
    chon_ji: Tul, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="apt-get install ffmpeg"):
        render("chon-ji", "--gif", "--out", str(tmp_path))


def test_a_film_that_can_not_be_written_says_why(chon_ji: Tul, tmp_path: Path) -> None:
    (tmp_path / "chon-ji.mp4").mkdir()
    with pytest.raises(CommandError, match="ffmpeg could not make the film"):
        render("chon-ji", "--mp4", "--out", str(tmp_path))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--svg"], "Name tuls, or give --all"),
        (["chon-ji", "--all", "--svg"], "Name tuls, or give --all"),
        (["chon-ji"], "Say what to draw: --svg"),
        (["nothing", "--svg"], "No published tul is called nothing"),
        (["juche", "--svg"], "The movements of juche are not written yet"),
    ],
)
def test_what_can_not_be_drawn_is_refused(chon_ji: Tul, tmp_path: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        render(*arguments, "--out", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkd_rules.tul.captions import caption
from tkd_rules.tul.diagram import VIEWS, Letter, View, step_diagram, whole_diagram
from tkd_rules.tul.floor import Point
from tkd_rules.tul.svg import PRINT_STYLE, STYLE, STYLE_SOURCE, svg_of

from .made import drawn_tul

TUL, WALK = drawn_tul()
WHOLE = whole_diagram(TUL, WALK)
NAMESPACE = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - made here


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_the_tul_and_of_each_step_is_an_svg(view: View) -> None:
    for diagram in (whole_diagram(TUL, WALK, view), *(step_diagram(TUL, WALK, n, view) for n in range(1, 12))):
        svg = svg_of(diagram, title="Chon-Ji", description="…", lang="pl")
        root = parsed(svg)
        assert root.tag == f"{NAMESPACE}svg"
        assert [float(side) for side in root.attrib["viewBox"].split()][2:] == pytest.approx(
            [diagram.box.width, diagram.box.height], abs=0.1
        )
        assert "nan" not in svg


def test_a_reader_hears_the_title_and_the_description_in_their_language() -> None:
    root = parsed(svg_of(WHOLE, title="Układ", description="Stopy", lang="pl"))
    assert (root.attrib["role"], root.attrib["lang"]) == ("img", "pl")
    assert [child.tag.removeprefix(NAMESPACE) for child in root[:3]] == ["title", "desc", "style"]
    assert [root[0].text, root[1].text] == ["Układ", "Stopy"]


@given(st.text())
def test_no_text_breaks_out(text: str) -> None:
    hostile = f"</title><script>alert(1)</script>]]>&\x00\x08\ufffe{text}"
    diagram = replace(WHOLE, letters=(Letter(text=hostile, at=Point(0, 0)),))
    root = parsed(svg_of(diagram, title=hostile, description=hostile, lang='en"onload="x'))
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "path", "text", "rect", "circle")
    }
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    svg = svg_of(WHOLE, title="a", description="b")
    assert not re.search(r"<script|<image|<foreignObject|href|url\(|@import", svg)


def test_marks_arrows_and_headings_are_drawn() -> None:
    whole, step = (svg_of(diagram, title="", description="") for diagram in (WHOLE, step_diagram(TUL, WALK, 3)))
    assert ">1–2</text>" in whole
    assert whole.count("tul-mark") - STYLE.count("tul-mark") == len(WHOLE.marks)
    for part in ("tul-turn", "tul-way", "tul-heading"):
        assert step.count(part) == STYLE.count(part) + 1


def test_a_number_that_had_to_give_way_points_to_its_place() -> None:
    aside = [mark for mark in WHOLE.marks if mark.is_aside]
    assert aside
    assert svg_of(WHOLE, title="", description="").count('class="tul-aside"') == len(aside)


def test_a_tul_that_stands_still_has_no_path() -> None:
    assert 'class="tul-path"' not in svg_of(replace(WHOLE, path=WHOLE.path[:1]), title="", description="")


def test_a_policy_may_name_the_style() -> None:
    assert f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'" == STYLE_SOURCE


def test_print_needs_no_variables() -> None:
    assert "var(" in STYLE
    assert not re.search(r"var\(|currentColor|@media", PRINT_STYLE)


def test_captions_speak_each_language() -> None:
    step = step_diagram(TUL, WALK, 3)
    titles = {lang: caption(step, name="{Chon}", steps=19, lang=lang)[0] for lang in ("pl", "en", "ko")}
    assert titles == {"pl": "{Chon}, ruch 3 z 19", "en": "{Chon}, movement 3 of 19", "ko": "{Chon} 3번째 동작"}
    assert caption(WHOLE, name="Chon-Ji", steps=19, lang="pl")[0] == "Diagram układu Chon-Ji"

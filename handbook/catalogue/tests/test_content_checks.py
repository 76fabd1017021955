"""A mistake in the content is found, by file and line."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from handbook.catalogue.content.checks import coverage_of, missing_translations
from handbook.catalogue.content.files import Mistake, read_content
from handbook.catalogue.content.importing import ContentBroken, checked_content
from handbook.catalogue.tests.content_folder import ContentFolder, geometry, step, syllabus, term


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    return ContentFolder(tmp_path / "content")


def mistakes(folder: ContentFolder) -> list[Mistake]:
    with pytest.raises(ContentBroken) as broken:
        checked_content(folder.path)
    return broken.value.mistakes


def test_a_right_folder_has_no_mistakes(folder: ContentFolder) -> None:
    assert len(checked_content(folder.path)) == 7


def test_the_real_content_is_right_and_every_asked_item_is_named_and_explained() -> None:
    rows = coverage_of(checked_content(settings.CONTENT_DIR))
    assert len(rows) == 11 * 3
    for row in rows:
        assert (row.named, row.explained) == (row.asked, row.asked), row


def set_to(*path: str | int, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return change


TECHNIQUE = "techniques/dollyo-chagi.yaml"
TUL = "tuls/chon-ji.yaml"
SYLLABUS = "syllabus/9kup.yaml"


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (TECHNIQUE, set_to("colour", value="red"), "'colour' was unexpected"),
        (TECHNIQUE, set_to("min_belt", value="11kup"), "'11kup' is not one of"),
        (TECHNIQUE, set_to("slug", value="other"), "slug other does not match the file's name"),
        (TECHNIQUE, set_to("base", value="nothing"), "no technique has the slug nothing"),
        (TECHNIQUE, set_to("tool", value="nothing"), "no term has the slug nothing"),
        (TECHNIQUE, set_to("name", "ko", value="돌려 kick"), "ko may not contain"),
        (TECHNIQUE, set_to("key_points", "ko", 1, value="무릎 山"), "ko may not contain"),
        (TECHNIQUE, set_to("key_points", "pl", value=["a", "b"]), "['a', 'b'] is too short"),
        (TECHNIQUE, set_to("mistakes", "en", value=["a"] * 2), "non-unique"),
        (TECHNIQUE, set_to("valid_from", value="soon"), "'soon' is not a 'date-time'"),
        (TUL, set_to("movements", value=3), "3 movements, but 2 steps"),
        (TUL, set_to("steps", 1, "n", value=7), "step 7 stands where 2 belongs"),
        (
            TUL,
            set_to("steps", 0, "timing", value={"mode": "fast", "group": [2, 3]}),
            "timing.group: [2, 3] does not surround",
        ),
        (TUL, set_to("steps", 0, "hands", value={"keep": 1}), "kept from an earlier step"),
        (TUL, set_to("steps", 0, "stance", "key", value="nothing"), "nothing has no measures in stances.yaml"),
        (TUL, set_to("steps", 0, "tech", 0, "tool", value="nothing"), "no term has the slug nothing"),
        (TUL, set_to("start", "ready", value="nothing"), "no technique has the slug nothing"),
        (SYLLABUS, set_to("tuls", value=["nothing"]), "no tul has the slug nothing"),
        (SYLLABUS, set_to("kicks", value=["nothing"]), "no technique has the slug nothing"),
        (SYLLABUS, set_to("sparring", value=["nothing"]), "no term has the slug nothing"),
        (SYLLABUS, set_to("terminology", value=["nothing"]), "no term or technique has the slug nothing"),
        (SYLLABUS, set_to("hand_techniques", 0, "technique", value="nothing"), "no technique has the slug nothing"),
        (SYLLABUS, set_to("theory", 1, "slug", value="what-is-one"), "what-is-one is defined twice"),
        (SYLLABUS, set_to("theory", 1, "slug", value="question-2"), "theory.1.slug: 'question-2' does not match"),
        (SYLLABUS, set_to("theory", 1, "slug", value="Kim-był"), "theory.1.slug: 'Kim-był' does not match"),
        (
            SYLLABUS,
            set_to("theory", 1, "question", "en", value="What IS one?"),
            "what-is-one asks the same: What IS one?",
        ),
        (
            SYLLABUS,
            set_to("theory", 1, value={"question": {}, "answer": {}}),
            "theory.1: 'slug' is a required property",
        ),
        ("glossary/tool.yaml", set_to("terms", 0, "parts", value=["nothing"]), "no term has the slug nothing"),
        ("glossary/tool.yaml", set_to("terms", value=[term(), term()]), "ap-joomuk is defined twice"),
        (TUL, set_to("alternative_to", value="nothing"), "no tul has the slug nothing"),
        (TUL, set_to("alternative_to", value="chon-ji"), "chon-ji is an alternative itself"),
        (TUL, set_to("alternative_to", value="chon-ji"), "an alternative to chon-ji has no number"),
        ("stances.yaml", set_to("stances", 0, value=geometry() | {"slug": "nothing"}), "no technique has the slug"),
        ("stances.yaml", set_to("stances", 0, value=geometry() | {"slug": "dollyo-chagi"}), "is a kick, no stance"),
        ("stances.yaml", set_to("stances", 0, "rear_foot_outward_deg", value=91), "91 is greater than the maximum"),
    ],
)
def test_a_mistake_is_named(folder: ContentFolder, file: str, change: Callable[[Any], None], message: str) -> None:
    folder.change(file, change)
    found = mistakes(folder)
    assert any(message in str(mistake) and mistake.file == f"content/{file}" for mistake in found), found


def test_a_grade_may_not_ask_for_what_is_learned_later(folder: ContentFolder) -> None:
    folder.change(TECHNIQUE, set_to("min_belt", value="8kup"))
    assert {(mistake.file, mistake.message) for mistake in mistakes(folder)} == {
        (f"content/{SYLLABUS}", "dollyo-chagi is first learned at 8kup")
    }


def test_a_slug_of_a_question_is_taken_in_every_grade(folder: ContentFolder) -> None:
    folder.write("syllabus/8kup.yaml", syllabus(belt="8kup"))
    found = [mistake for mistake in mistakes(folder) if mistake.message == "what-is-one is defined twice"]
    assert [mistake.file for mistake in found] == [f"content/{SYLLABUS}"]


def test_a_mistake_carries_its_line(folder: ContentFolder) -> None:
    folder.change(TUL, set_to("steps", 1, value=step(2, facing="Z")))
    [mistake] = mistakes(folder)
    text = (folder.path / TUL).read_text(encoding="utf-8").splitlines()[mistake.line - 1]
    assert "Z" in text
    assert str(mistake).startswith(f"content/{TUL}:{mistake.line}: steps.1.facing: ")


def test_a_file_that_is_no_yaml_is_named_with_the_line(folder: ContentFolder) -> None:
    path = folder.path / TECHNIQUE
    path.write_text(path.read_text(encoding="utf-8") + "\nname: [unclosed\n", encoding="utf-8")
    [mistake] = mistakes(folder)
    assert mistake.file == f"content/{TECHNIQUE}"
    assert mistake.line >= folder.line_with(TECHNIQUE, "unclosed")
    assert mistake.message.startswith("not YAML")


def test_a_file_that_is_not_utf_8_is_named(folder: ContentFolder) -> None:
    (folder.path / TECHNIQUE).write_bytes(b"slug: \xff\n")
    assert mistakes(folder)[0].message == "not UTF-8 at byte 6"


def test_an_empty_file_is_a_mistake(folder: ContentFolder) -> None:
    (folder.path / TECHNIQUE).write_text("")
    assert [mistake.line for mistake in mistakes(folder)] == [1]


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentBroken, match="no content files here"):
        checked_content(tmp_path)


def test_missing_translations_are_listed_by_language(folder: ContentFolder) -> None:
    folder.change(TECHNIQUE, set_to("safety", "ko", value=""))
    [gap] = missing_translations(read_content(folder.path)[0])
    assert gap.lang == "ko"
    assert str(gap.place) == f"content/{TECHNIQUE}:{folder.line_with(TECHNIQUE, 'safety:') + 1}: safety has no ko"


def run_check(folder: ContentFolder) -> str:
    out = StringIO()
    call_command("content_check", folder=folder.path, stdout=out)
    return out.getvalue()


def test_the_command_prints_coverage_per_belt_and_language(folder: ContentFolder) -> None:
    lines = run_check(folder).splitlines()
    assert lines[0].split() == ["belt", "lang", "asked", "named", "explained", "theory", "tuls", "stepped"]
    assert lines[1].split() == ["9kup", "pl", "5", "5", "(100", "%)", "5", "(100", "%)", "5", "1/1"]
    assert lines[-1] == "7 files are right; 0 texts wait for a translation."


def test_the_command_fails_on_mistakes_and_names_them(folder: ContentFolder) -> None:
    folder.change(TECHNIQUE, set_to("base", value="nothing"))
    with pytest.raises(CommandError, match=r"1 mistakes in the content:\ncontent/techniques/dollyo-chagi.yaml:\d+: no"):
        run_check(folder)


def test_the_command_tolerates_missing_korean_prose_and_says_so(folder: ContentFolder) -> None:
    folder.change(TECHNIQUE, set_to("safety", "ko", value=""))
    assert "1 texts wait for a translation" in run_check(folder)

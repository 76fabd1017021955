"""The Polish forms: there for whatever the tuls use, and of the names that the catalogue has."""

import pytest

from tkd_rules.tul.describing import describe
from tkd_rules.tul.describing.vocabulary import polish_forms

from .content import names, step_of, techniques, terms, tuls

GENDERS = {"m", "f", "n", "p"}


def test_every_stance_technique_and_tool_of_the_tuls_has_its_forms() -> None:
    forms = polish_forms()
    steps = [step for tul in tuls() for step in tul.steps]
    stances = {step.stance.slug for step in steps if step.stance} | {tul.ready_stance for tul in tuls()}
    stances |= {step.after.ready_stance for step in steps if step.after}
    assert stances - set(forms["stances"]) == set()
    used = [technique for step in steps for technique in step.techniques]
    assert {technique.slug for technique in used} - set(forms["techniques"]) == set()
    assert {technique.tool for technique in used if technique.tool} - set(forms["tools"]) == set()


def test_a_nominative_is_the_name_in_the_catalogue() -> None:
    forms = polish_forms()
    declined = {slug: form["nominative"] for kind in ("stances", "techniques") for slug, form in forms[kind].items()}
    tools = {slug: form["nominative"] for slug, form in forms["tools"].items()}
    for technique in techniques():
        assert declined.get(technique["slug"], technique["name"]["pl"]) == technique["name"]["pl"]
    for term in terms():
        assert tools.get(term["slug"], term["name"]["pl"]) == term["name"]["pl"]


@pytest.mark.parametrize(
    ("kind", "cases"),
    [
        ("stances", {"nominative", "accusative", "genitive", "locative"}),
        ("techniques", {"nominative", "accusative"}),
        ("tools", {"nominative", "instrumental", "plural"}),
    ],
)
def test_a_word_has_every_case_that_a_sentence_asks_for(kind: str, cases: set[str]) -> None:
    for slug, forms in polish_forms()[kind].items():
        assert forms["gender"] in GENDERS, slug
        assert set(forms) - {"gender", "part", "whole"} == cases, slug
        assert all(form == form.strip() for form in forms.values()), slug


@pytest.mark.parametrize(
    ("kind", "slug", "case", "form"),
    [
        ("stances", "gunnun-sogi", "accusative", "pozycję wykroczną"),
        ("stances", "gunnun-sogi", "locative", "pozycji wykrocznej"),
        ("stances", "moosa-junbi-sogi-a", "genitive", "postawy gotowości wojownika A"),
        ("stances", "moosa-junbi-sogi-a", "locative", "postawie gotowości wojownika A"),
        ("stances", "narani-so-hanulson", "accusative", "pozycję równoległą z niebiańską ręką"),
        ("techniques", "najunde-makgi", "accusative", "blok niski"),
        ("techniques", "yopcha-jirugi", "accusative", "przebijające kopnięcie boczne"),
        ("tools", "sonkal", "instrumental", "ręką-nożem"),
        ("tools", "sonkal", "plural", "rękami-nożami"),
        ("tools", "bakat-palmok", "instrumental", "przedramieniem zewnętrznym"),
        ("tools", "bakat-palmok", "plural", "przedramionami zewnętrznymi"),
        ("tools", "kyocha-joomuk", "instrumental", "skrzyżowanymi pięściami"),
        ("tools", "sonbadak", "plural", "dłońmi"),
    ],
)
def test_a_word_is_declined(kind: str, slug: str, case: str, form: str) -> None:
    assert polish_forms()[kind][slug][case] == form


@pytest.mark.parametrize(
    ("tool", "side", "said"),
    [
        ("bakat-palmok", "left", "lewym przedramieniem zewnętrznym"),
        ("sonkal", "right", "prawą ręką-nożem"),
        ("sonkal", "both", "rękami-nożami"),
        ("yop-joomuk", "right", "bokiem prawej pięści"),
        ("sonmok-dung", "left", "grzbietem lewego nadgarstka"),
        ("sonmok-dung", "right", "grzbietem prawego nadgarstka"),
        ("palkup", "left", "lewym łokciem"),
        ("songarak-badak", "left", "opuszkami palców lewej ręki"),
        ("kyocha-joomuk", "both", "skrzyżowanymi pięściami"),
        ("doo-joomuk", "left", "dwiema pięściami"),
        ("baldung", "left", "podbiciem lewej stopy"),
        ("ap-joomuk", "right", "prawą pięścią"),
        ("unknown-tool", "right", "prawą częścią ciała o nazwie unknown tool"),
        ("unknown-tool", "both", "częściami ciała o nazwie unknown tool"),
    ],
)
def test_a_tool_agrees_with_its_side(tool: str, side: str, said: str) -> None:
    assert _punched(tech=[{"key": "ap-makgi", "tool": tool, "side": side, "level": "high", "dir": "D"}]) == (
        f"Wykonaj wysoki blok do przodu {said}."
    )


@pytest.mark.parametrize(
    ("slug", "level", "said"),
    [
        ("yop-makgi", "middle", "środkowy blok boczny"),
        ("yop-taerigi", "high", "wysokie uderzenie boczne"),
        ("najunde-makgi", "low", "blok niski"),
        ("new-technique", "low", "niską technikę o nazwie new technique"),
    ],
)
def test_a_level_agrees_with_its_technique_and_is_not_said_twice(slug: str, level: str, said: str) -> None:
    tech = [{"key": slug, "tool": "sonkal", "side": "left", "level": level, "dir": "D"}]
    assert _punched(tech=tech) == f"Wykonaj {said} lewą ręką-nożem."


def test_an_unknown_stance_is_named_without_being_declined() -> None:
    assert _punched(stance={"key": "new-sogi", "side": "left"}) == "Zostań w lewej pozycji o nazwie new sogi."


def _punched(**changes: object) -> str:
    step = {"n": 1, "feet": [], "stance": None, "support": "both", "facing": "D", "tech": []}
    return describe(step_of(step | {"timing": {"mode": "normal"}} | changes), "pl", names())

"""The editors' desk: a save publishes, no raw JSON, students stay outside."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from handbook.accounts.models import Role, User
from handbook.catalogue.models import CatalogueItem, KeyPoint, Tag, Technique, Term, TheoryQuestion, Tombstone
from handbook.catalogue.revision import current_revision
from handbook.catalogue.selectors import changes_after
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = ("technique", "tul", "term", "theoryquestion", "tulstep", "tag", "tombstone")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_user("editor@example.org", role=Role.EDITOR))
    return client


def url(model: str, page: str, *args: Any) -> str:
    return reverse(f"admin:catalogue_{model}_{page}", args=args)


def form_of(client: Client, address: str) -> dict[str, Any]:
    """Return the fields of an admin form as a browser would send them back unchanged."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    for formset in context.get("inline_admin_formsets", []):
        forms += [formset.formset.management_form, *formset.formset.forms]
    sent: dict[str, Any] = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is True:
                sent[bound.html_name] = "on"
            elif value is not None and value is not False:
                widget = bound.field.widget
                parts = widget.decompress(value) if hasattr(widget, "decompress") else None
                if parts is None:
                    sent[bound.html_name] = value
                else:
                    sent |= {f"{bound.html_name}_{index}": part or "" for index, part in enumerate(parts)}
    return sent


def send(client: Client, address: str, **changes: Any) -> None:
    response = client.post(address, form_of(client, address) | changes)
    assert response.status_code == 302, re.findall(r"errorlist.*?</ul>", response.content.decode(), re.DOTALL)


def test_measures_are_edited_at_a_stance_alone(editor: Client, get: Get) -> None:
    stance = make.technique("gunnun-sogi", category="stance")
    make.geometry(stance)
    address = url("technique", "change", stance.pk)
    send(editor, address, **{"geometry-0-length_shoulder_widths": "1.75"})
    assert get("techniques/gunnun-sogi").json()["geometry"]["length_shoulder_widths"] == 1.75
    kick = editor.get(url("technique", "change", make.technique().pk)).content.decode()
    assert "geometry-0" in editor.get(address).content.decode()
    assert "geometry-" not in kick


def test_editing_a_name_changes_etag_delta_and_list(editor: Client, get: Get) -> None:
    item = make.technique(tags=["turning"])
    make.technique("other")
    before, cursor = get("techniques"), current_revision()
    address = url("technique", "change", item.pk)
    index = next(
        name.removesuffix("-lang")
        for name, value in form_of(editor, address).items()
        if name.startswith("translations") and name.endswith("-lang") and value == "pl"
    )
    send(editor, address, **{f"{index}-name": "kopnięcie obrotowe"})
    after = get("techniques", if_none_match=before.headers["ETag"])
    assert after.status_code == 200
    assert after.json()["results"][0]["name"]["pl"] == "kopnięcie obrotowe"
    changes = changes_after(cursor)
    assert changes.revision == cursor + 1
    assert [entry["slug"] for entry in changes.upserts["techniques"]] == ["dollyo-chagi"]
    assert item.history.count() == 2


def test_a_new_item_is_a_draft_until_it_is_published(editor: Client, get: Get) -> None:
    send(editor, url("technique", "add"), slug="new-kick", romanization="New Chagi", category="kick", min_belt="3")
    item = Technique.objects.get(slug="new-kick")
    assert item.is_draft
    assert get("techniques/new-kick").status_code == 404
    editor.post(url("technique", "changelist"), {"action": "publish_items", "_selected_action": [item.pk]})
    assert get("techniques/new-kick").status_code == 200
    editor.post(url("technique", "changelist"), {"action": "unpublish_items", "_selected_action": [item.pk]})
    assert get("techniques/new-kick").status_code == 410


def test_the_slug_is_set_once(editor: Client) -> None:
    item = make.technique()
    assert "slug" not in form_of(editor, url("technique", "change", item.pk))


def test_deleting_leaves_a_tombstone_whose_replacement_the_editor_names(editor: Client, get: Get) -> None:
    item = make.technique("old")
    make.technique("new")
    editor.post(url("technique", "delete", item.pk), {"post": "yes"})
    stone = Tombstone.objects.get(slug="old")
    address = url("tombstone", "change", stone.pk)
    wrong = editor.post(address, {"replaced_by": "nothing"})
    assert b"No other public technique has the slug nothing." in wrong.content
    send(editor, address, replaced_by="new")
    assert get("techniques/old").json()["replaced_by"] == "new"


def test_deleting_several_at_once_tells_every_device(editor: Client) -> None:
    items = [make.technique("a"), make.technique("b")]
    cursor = current_revision()
    editor.post(
        url("technique", "changelist"),
        {"action": "delete_selected", "_selected_action": [item.pk for item in items], "post": "yes"},
    )
    assert [entry["slug"] for entry in changes_after(cursor).deletes] == ["a", "b"]


def test_a_technique_that_a_tul_uses_is_not_deleted(editor: Client) -> None:
    stance = make.technique("stance", category="stance")
    make.tul(ready=stance)
    before = current_revision()
    editor.post(url("technique", "delete", stance.pk), {"post": "yes"})
    assert Technique.objects.filter(slug="stance").exists()
    assert current_revision() == before


def test_a_step_is_published_with_its_tul(editor: Client) -> None:
    stance = make.technique("stance", category="stance")
    tul = make.tul(ready=stance)
    step = make.step(tul, 1, technique=stance, stance=stance)
    cursor = current_revision()
    send(editor, url("tulstep", "change", step.pk), detail_en="Turn the wrist.")
    [changed] = changes_after(cursor).upserts["tuls"]
    assert changed["steps"][0]["detail"] == {"en": "Turn the wrist."}
    editor.post(url("tulstep", "delete", step.pk), {"post": "yes"})
    assert changes_after(cursor + 1).upserts["tuls"][0]["steps"] == []


def test_steps_deleted_from_the_list_change_their_tul(editor: Client) -> None:
    stance = make.technique("stance", category="stance")
    tul = make.tul(ready=stance)
    step = make.step(tul, 1, technique=stance, stance=stance)
    cursor = current_revision()
    editor.post(
        url("tulstep", "changelist"), {"action": "delete_selected", "_selected_action": [step.pk], "post": "yes"}
    )
    assert changes_after(cursor).upserts["tuls"][0]["steps"] == []


def test_renaming_or_removing_a_tag_changes_the_items_that_bear_it(editor: Client) -> None:
    make.technique(tags=["turning"])
    make.term()
    cursor = current_revision()
    tag = Tag.objects.get()
    send(editor, url("tag", "change", tag.pk), slug="spinning")
    assert changes_after(cursor).upserts["techniques"][0]["tags"] == ["spinning"]
    editor.post(url("tag", "changelist"), {"action": "delete_selected", "_selected_action": [tag.pk], "post": "yes"})
    assert changes_after(cursor + 1).upserts["techniques"][0]["tags"] == []


def test_publishing_what_is_public_says_that_nothing_changed(editor: Client) -> None:
    item = make.technique()
    response = editor.post(
        url("technique", "changelist"), {"action": "publish_items", "_selected_action": [item.pk]}, follow=True
    )
    assert b"The public sees no change." in response.content


def test_items_without_a_language_are_found(editor: Client) -> None:
    make.technique("whole")
    make.technique("half", names={"pl": "pół"})
    found = editor.get(url("technique", "changelist"), {"missing": "ko"})
    assert [item.slug for item in found.context["cl"].result_list] == ["half"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [({"q": "okrężne"}, ["kick"]), ({"q": "dolyo"}, ["kick"]), ({"category__exact": "block"}, ["block"])],
)
def test_the_list_searches_names_and_aliases_and_filters(
    editor: Client, query: dict[str, str], expected: list[str]
) -> None:
    make.technique("kick", aliases=["Dolyo Chagi"])
    make.technique("block", names={"pl": "blok"}, romanization="Makgi", category="block")
    found = editor.get(url("technique", "changelist"), query)
    assert [item.slug for item in found.context["cl"].result_list] == expected


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_form_opens_and_shows_no_json_field(editor: Client, model: str) -> None:
    stance = make.technique("stance", category="stance")
    tul = make.tul(ready=stance)
    make.step(tul, 1, technique=stance, stance=stance, tool=make.term())
    gone = make.term("gone")
    editor.post(url("term", "delete", gone.pk), {"post": "yes"})
    make.theory_question()
    make.technique("tagged", tags=["turning"])
    listing = editor.get(url(model, "changelist"))
    first = listing.context["cl"].result_list[0]
    page = editor.get(url(model, "change", first.pk))
    assert (listing.status_code, page.status_code) == (200, 200)
    assert "JSON" not in page.content.decode()


@pytest.mark.parametrize("model", ["technique", "tul", "term", "theoryquestion"])
def test_history_is_shown(editor: Client, model: str) -> None:
    stance = make.technique("stance", category="stance")
    made: dict[str, CatalogueItem] = {
        "technique": stance,
        "tul": make.tul(ready=stance),
        "term": make.term(),
        "theoryquestion": make.theory_question(),
    }
    assert editor.get(url(model, "history", made[model].pk)).status_code == 200


def versions_of(item: Any) -> list[int]:
    """Return the ids of an item's history, newest first."""
    return list(item.history.values_list("history_id", flat=True))


def rename(client: Client, item: Technique, name: str) -> None:
    """Change the romanization and the Polish name together, as an editor does in one save."""
    address = url("technique", "change", item.pk)
    sent = form_of(client, address)
    polish = next(key for key, value in sent.items() if key.startswith("translations") and value == "pl")
    send(client, address, **{"romanization": name, polish.replace("-lang", "-name"): name.lower()})


def test_reverting_restores_fields_and_texts_and_publishes_the_result(editor: Client, get: Get) -> None:
    item = make.technique(key_points={"en": ["knee up"]}, tags=["turning"])
    rename(editor, item, "Second")
    rename(editor, item, "Third")
    KeyPoint.objects.filter(technique=item).update(text="knee higher")
    before, cursor = get("techniques/dollyo-chagi"), current_revision()
    address = url("technique", "simple_history", item.pk, versions_of(item)[1])
    assert b"Reverting restores" in editor.get(address).content
    send(editor, address)
    after = get("techniques/dollyo-chagi", if_none_match=before.headers["ETag"]).json()
    assert (after["romanization"], after["name"]["pl"]) == ("Second", "second")
    assert (after["key_points"], after["tags"]) == ({"en": ["knee higher"]}, ["turning"])
    changes = changes_after(cursor)
    assert changes.revision == cursor + 1
    assert [entry["name"]["pl"] for entry in changes.upserts["techniques"]] == ["second"]


def test_reverting_brings_languages_back_and_takes_later_ones_away(editor: Client) -> None:
    item = make.technique(names={"pl": "kopnięcie", "en": "kick"})
    send(editor, url("technique", "change", item.pk))
    item.translations.get(lang="en").delete()
    item.translations.create(lang="ko", name="차기")
    send(editor, url("technique", "simple_history", item.pk, versions_of(item)[-1]))
    assert dict(item.translations.values_list("lang", "name")) == {"pl": "kopnięcie", "en": "kick"}


def test_reverting_to_a_draft_hides_the_item_from_every_device(editor: Client, get: Get) -> None:
    item = make.technique(is_draft=True)
    editor.post(url("technique", "changelist"), {"action": "publish_items", "_selected_action": [item.pk]})
    cursor = current_revision()
    send(editor, url("technique", "simple_history", item.pk, versions_of(item)[-1]))
    assert get("techniques/dollyo-chagi").status_code == 410
    assert [entry["slug"] for entry in changes_after(cursor).deletes] == ["dollyo-chagi"]


def test_a_version_with_mistakes_is_not_restored(editor: Client) -> None:
    item = make.technique()
    rename(editor, item, "Second")
    cursor, address = current_revision(), url("technique", "simple_history", item.pk, versions_of(item)[-1])
    response = editor.post(address, form_of(editor, address) | {"min_belt": "77"})
    assert response.status_code == 200
    item.refresh_from_db()
    assert (item.romanization, item.translations.get(lang="pl").name) == ("Second", "second")
    assert current_revision() == cursor


def test_where_reverting_is_disabled_a_version_is_only_shown(editor: Client, settings: Settings) -> None:
    item = make.technique()
    address = url("technique", "simple_history", item.pk, versions_of(item)[0])
    settings.SIMPLE_HISTORY_REVERT_DISABLED = True
    assert editor.get(address).status_code == 200
    assert editor.post(address, form_of(editor, address) | {"romanization": "Mine"}).status_code == 403
    item.refresh_from_db()
    assert item.romanization == "Dollyo Chagi"


@pytest.mark.parametrize("page", ["history/abc/", "history/99999999999999999999/"])
def test_a_version_that_does_not_exist_is_not_found(editor: Client, page: str) -> None:
    item = make.technique()
    assert editor.get(f"/admin/catalogue/technique/{item.pk}/{page}").status_code == 404
    assert editor.get("/admin/catalogue/technique/abc/history/").status_code == 404


def test_what_was_deleted_is_not_put_back_in_part(editor: Client) -> None:
    item = make.technique()
    address = url("technique", "simple_history", item.pk, versions_of(item)[0])
    editor.post(url("technique", "delete", item.pk), {"post": "yes"})
    assert editor.get(address).status_code == 404
    assert editor.post(address, {"romanization": "Back"}).status_code == 404
    assert not Technique.objects.exists()


def test_a_step_that_moves_changes_both_tuls(editor: Client) -> None:
    stance = make.technique("stance", category="stance")
    left, entered = make.tul("do-san", ready=stance, number=3), make.tul("dan-gun", ready=stance, number=2)
    step = make.step(left, 1, technique=stance, stance=stance)
    cursor = current_revision()
    send(editor, url("tulstep", "change", step.pk), tul=entered.pk)
    changed = {tul["slug"]: len(tul["steps"]) for tul in changes_after(cursor).upserts["tuls"]}
    assert changed == {"do-san": 0, "dan-gun": 1}
    assert current_revision() == cursor + 1


@pytest.mark.parametrize("role", [Role.STUDENT, Role.COACH])
def test_students_and_coaches_do_not_enter(client: Client, role: Role) -> None:
    client.force_login(User.objects.create_user("somebody@example.org", role=role))
    assert client.get(url("technique", "changelist")).status_code == 302
    assert Term.objects.count() == 0


def test_a_new_theory_question_is_written_published_and_tagged_in_rows(editor: Client) -> None:
    Tag.objects.create(slug="people")
    rows = {"translations-0-lang": "en", "translations-0-name": "Who was it?", "translations-0-answer": "A king."}
    totals = {"translations-TOTAL_FORMS": "1", "translations-INITIAL_FORMS": "0"}
    address = url("theoryquestion", "add")
    send(editor, address, slug="who-was-it", min_belt="3", tags=[Tag.objects.get().pk], **rows, **totals)
    made = TheoryQuestion.objects.get()
    cursor = current_revision()
    editor.post(url("theoryquestion", "changelist"), {"action": "publish_items", "_selected_action": [made.pk]})
    [shown] = changes_after(cursor).upserts["theory"]
    assert (shown["slug"], shown["min_belt"], shown["tags"]) == ("who-was-it", "8kup", ["people"])
    assert (shown["name"], shown["answer"]) == ({"en": "Who was it?"}, {"en": "A king."})
    cursor = current_revision()
    send(editor, url("tag", "change", Tag.objects.get().pk), slug="kings")
    assert changes_after(cursor).upserts["theory"][0]["tags"] == ["kings"]


def test_reverting_a_theory_question_restores_its_answer(editor: Client) -> None:
    question = make.theory_question()
    address = url("theoryquestion", "change", question.pk)
    fields = form_of(editor, address)
    english = next(name for name, value in fields.items() if name.startswith("translations") and value == "en")
    send(editor, address, **{"min_belt": "4", english.replace("-lang", "-answer"): "A bear."})
    cursor = current_revision()
    send(editor, url("theoryquestion", "simple_history", question.pk, versions_of(question)[-1]))
    [shown] = changes_after(cursor).upserts["theory"]
    assert (shown["min_belt"], shown["answer"]["en"]) == ("8kup", "The founder of Korea.")


@pytest.mark.parametrize("text", ["dan-gun", "Założycielem", "시조"])
def test_theory_questions_are_found_by_question_and_answer(editor: Client, text: str) -> None:
    make.theory_question()
    make.theory_question("how-to-bow", texts={"en": ("How to bow?", "Slowly.")})
    found = editor.get(url("theoryquestion", "changelist"), {"q": text})
    assert [item.slug for item in found.context["cl"].result_list] == ["who-was-dan-gun"]


def test_a_withdrawn_theory_question_names_another_one(editor: Client) -> None:
    old, new = make.theory_question("old"), make.theory_question("new")
    make.term("a-term")
    editor.post(url("theoryquestion", "delete", old.pk), {"post": "yes"})
    address = url("tombstone", "change", Tombstone.objects.get().pk)
    assert (
        b"No other public theory question has the slug a-term."
        in editor.post(address, {"replaced_by": "a-term"}).content
    )
    cursor = current_revision()
    send(editor, address, replaced_by=new.slug)
    assert changes_after(cursor).deletes == [{"type": "theory", "slug": "old", "replaced_by": "new"}]

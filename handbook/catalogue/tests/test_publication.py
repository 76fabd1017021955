"""Revisions, tombstones, scheduled validity: what the public sees, and when."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handbook.catalogue import services
from handbook.catalogue.models import Tag, Technique, TechniqueTranslation, TheoryQuestionTranslation, Tombstone, Tul
from handbook.catalogue.revision import current_revision, on_published
from handbook.catalogue.selectors import changes_after
from handbook.catalogue.tests import make
from handbook.catalogue.tests.conftest import Get

committed = pytest.mark.django_db(transaction=True)


@committed
def test_each_publication_takes_the_next_revision() -> None:
    first, second = make.technique("a"), make.technique("b")
    assert second.revision == first.revision + 1
    assert current_revision() == second.revision


@committed
def test_a_draft_takes_no_revision_and_is_nowhere(get: Get) -> None:
    public = make.technique("public")
    make.technique("secret-kick", is_draft=True, tags=["secret"])
    assert current_revision() == public.revision
    assert get("techniques").json()["count"] == 1
    assert get("techniques?tag=secret").json()["count"] == 0
    assert get("techniques/secret-kick").status_code == 404
    assert "secret-kick" not in get("sync/catalogue?since=0").content.decode()
    assert "secret-kick" not in get(f"sync/catalogue?since={public.revision}").content.decode()


@committed
def test_publishing_a_draft_shows_it_and_unpublishing_buries_it(get: Get) -> None:
    item = make.technique("a", is_draft=True)
    shown_at = services.publish([item])
    assert shown_at is not None
    assert get("techniques/a").json()["revision"] == shown_at
    hidden_at = services.unpublish([item])
    assert hidden_at == shown_at + 1
    assert get("techniques/a").status_code == 410
    assert changes_after(shown_at).deletes == [{"type": "technique", "slug": "a", "replaced_by": None}]
    services.publish([item])
    assert get("techniques/a").status_code == 200
    assert not Tombstone.objects.exists()


@committed
def test_publishing_what_is_public_changes_nothing() -> None:
    item = make.technique()
    before = current_revision()
    assert services.publish([item]) is None
    assert current_revision() == before


@committed
def test_a_change_that_is_rolled_back_took_no_revision() -> None:
    item = make.technique()
    before = current_revision()

    def change_and_fail() -> None:
        with transaction.atomic():
            services.record_change([item])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert current_revision() == before


@committed
def test_a_delta_holds_exactly_what_changed() -> None:
    first, _second = make.technique("a"), make.technique("b")
    cursor = current_revision()
    TechniqueTranslation.objects.filter(technique=first, lang="en").update(name="new name")
    services.record_change([first])
    changes = changes_after(cursor)
    assert changes.revision == cursor + 1
    assert [item["slug"] for item in changes.upserts["techniques"]] == ["a"]
    assert changes.upserts["techniques"][0]["name"]["en"] == "new name"
    assert changes.upserts["tuls"] == changes.upserts["terms"] == changes.upserts["theory"] == changes.deletes == []


@committed
def test_kinds_of_which_nothing_changed_cost_a_delta_no_query() -> None:
    technique, question = make.technique(tags=["turning"]), make.theory_question()
    make.tul(ready=technique)
    make.term()
    for changed, queries in ((technique, 5), (question, 4)):
        cursor = current_revision()
        services.record_change([changed])
        with CaptureQueriesContext(connection) as captured:
            changes = changes_after(cursor)
        assert sum(map(len, changes.upserts.values())) == 1
        assert len(captured) == queries, changed


@committed
def test_a_theory_question_is_published_as_a_whole_and_withdrawn(get: Get) -> None:
    make.theory_question("how-to-bow", belt="10kup", is_draft=True)
    question = make.theory_question(texts={"pl": ("Kim był?", "Królem."), "en": ("Who?", "A king.")}, tags=["people"])
    [shown] = get("sync/catalogue?since=0").json()["upserts"]["theory"]
    assert shown == {
        "slug": "who-was-dan-gun",
        "min_belt": "8kup",
        "romanization": "",
        "category": "theory",
        "name": {"pl": "Kim był?", "en": "Who?"},
        "answer": {"pl": "Królem.", "en": "A king."},
        "aliases": [],
        "tags": ["people"],
        "has_media": False,
        "confidence": "high",
        "revision": question.revision,
    }
    cursor = current_revision()
    make.theory_question("who-else", texts={})
    services.delete_item(question, replaced_by="who-else")
    [gone] = get(f"sync/catalogue?since={cursor}").json()["deletes"]
    assert gone == {"type": "theory", "slug": "who-was-dan-gun", "replaced_by": "who-else"}


@committed
def test_a_question_without_an_answer_is_refused_by_the_database() -> None:
    question = make.theory_question(texts={})
    for name, answer in (("Who?", ""), ("", "A king.")):
        with pytest.raises(IntegrityError), transaction.atomic():
            TheoryQuestionTranslation.objects.create(theory=question, lang="en", name=name, answer=answer)


@committed
def test_a_cursor_from_another_life_of_the_database_gets_everything() -> None:
    make.technique("a")
    changes = changes_after(10**6)
    assert [item["slug"] for item in changes.upserts["techniques"]] == ["a"]
    assert changes.revision < 10**6


@committed
def test_visibility_that_turns_touches_the_items_that_name_it() -> None:
    stance, kick = make.technique("stance", category="stance"), make.technique("kick")
    variant = make.technique("variant", base=kick)
    tul = make.tul(ready=stance)
    make.step(tul, 1, technique=kick, stance=stance)
    other = make.technique("other")
    cursor = current_revision()
    services.unpublish([kick])
    touched = changes_after(cursor).upserts
    assert [item["slug"] for item in touched["tuls"]] == ["chon-ji"]
    assert [item["slug"] for item in touched["techniques"]] == [variant.slug]
    assert touched["techniques"][0]["base"] is None
    assert Technique.objects.get(pk=other.pk).revision == other.revision


@committed
def test_a_scheduled_item_appears_and_goes_when_its_time_comes(get: Get) -> None:
    now = timezone.now()
    make.technique("always")
    before = current_revision()
    make.technique("season", valid_from=now + timedelta(hours=1), valid_to=now + timedelta(hours=3))
    assert current_revision() == before
    assert get("techniques/season").status_code == 404
    with time_machine.travel(now + timedelta(hours=1, minutes=1), tick=False):
        assert get("techniques/season").status_code == 200
        appeared = current_revision()
        assert appeared == before + 1
        assert [item["slug"] for item in changes_after(before).upserts["techniques"]] == ["season"]
    with time_machine.travel(now + timedelta(hours=3, minutes=1), tick=False):
        assert get("techniques").json()["count"] == 1
        assert get("techniques/season").status_code == 410
        assert changes_after(appeared).deletes == [{"type": "technique", "slug": "season", "replaced_by": None}]


@committed
def test_a_cached_list_turns_at_the_scheduled_moment(get: Get) -> None:
    now = timezone.now()
    make.technique("season", valid_from=now + timedelta(seconds=20))
    assert get("techniques").json()["count"] == 0
    assert get("techniques").json()["count"] == 0
    with time_machine.travel(now + timedelta(seconds=21), tick=False):
        assert get("techniques").json()["count"] == 1


@committed
def test_settling_twice_takes_one_revision() -> None:
    now = timezone.now()
    make.technique("season", valid_from=now + timedelta(hours=1))
    later = now + timedelta(hours=2)
    assert services.settle_validity(at=later) is not None
    assert services.settle_validity(at=later) is None


@committed
def test_a_deleted_item_names_its_replacement_to_every_device() -> None:
    old, new = make.technique("old"), make.technique("new")
    cursor = current_revision()
    services.delete_item(old, replaced_by="new")
    assert changes_after(cursor).deletes == [{"type": "technique", "slug": "old", "replaced_by": "new"}]
    stone = Tombstone.objects.get()
    services.name_replacement(stone, replaced_by="")
    assert changes_after(cursor + 1).deletes == [{"type": "technique", "slug": "old", "replaced_by": None}]
    assert new.slug == "new"


@committed
def test_a_replacement_must_be_public() -> None:
    old = make.technique("old")
    make.technique("draft", is_draft=True)
    make.technique("season", valid_from=timezone.now() + timedelta(hours=1))
    before = current_revision()
    for hidden in ("draft", "season"):
        with pytest.raises(services.ReplacementUnknown):
            services.delete_item(old, replaced_by=hidden)
    assert Technique.objects.filter(slug="old").exists()
    assert current_revision() == before


@committed
def test_a_replacement_that_is_withdrawn_is_named_no_more_and_devices_are_told(get: Get) -> None:
    old, new = make.technique("old"), make.technique("new")
    services.delete_item(old, replaced_by="new")
    assert get("techniques/old").json()["replaced_by"] == "new"
    cursor = current_revision()
    services.unpublish([new])
    gone = get("techniques/old").json()
    assert (gone["replaced_by"], "new" in gone["detail"]) == (None, False)
    told = {entry["slug"]: entry["replaced_by"] for entry in changes_after(cursor).deletes}
    assert told == {"old": None, "new": None}
    cursor = current_revision()
    services.publish([new])
    assert changes_after(cursor).deletes == [{"type": "technique", "slug": "old", "replaced_by": "new"}]
    cursor = current_revision()
    services.delete_item(new)
    told = {entry["slug"]: entry["replaced_by"] for entry in changes_after(cursor).deletes}
    assert told == {"old": None, "new": None}


@committed
def test_an_unknown_replacement_is_refused_and_nothing_is_deleted() -> None:
    old = make.technique("old")
    before = current_revision()
    with pytest.raises(services.ReplacementUnknown):
        services.delete_item(old, replaced_by="nothing")
    services.unpublish([old])
    with pytest.raises(services.ReplacementUnknown):
        services.name_replacement(Tombstone.objects.get(), replaced_by="old")
    assert Technique.objects.filter(slug="old").exists()
    assert current_revision() == before + 1


@committed
def test_a_draft_is_deleted_without_a_trace() -> None:
    draft = make.technique("draft", is_draft=True)
    assert services.delete_item(draft) is None
    assert not Tombstone.objects.exists()


@committed
def test_subscribers_learn_of_a_revision_after_its_commit() -> None:
    heard: list[int] = []
    on_published(heard.append)
    made = make.technique()
    assert heard == [made.revision]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"min_belt": 0},
        {"min_belt": 20},
        {"category": "song"},
        {"slug": ""},
        {"valid_from": timezone.now(), "valid_to": timezone.now() - timedelta(days=1)},
    ],
)
def test_the_database_itself_refuses_nonsense(wrong: dict[str, object]) -> None:
    fields = {"slug": "kick", "category": "kick", "min_belt": 1} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Technique.objects.create(**fields)


@pytest.mark.django_db
def test_a_language_stands_once_and_must_be_known() -> None:
    item = make.technique()
    for lang in ("pl", "de"):
        with pytest.raises(IntegrityError), transaction.atomic():
            TechniqueTranslation.objects.create(technique=item, lang=lang, name="again")


@committed
def test_a_second_save_by_another_editor_sees_the_first_ones_revision() -> None:
    first = make.technique("a", is_draft=True)
    stale = Technique.objects.get(pk=first.pk)
    services.publish([first])
    stale.is_draft = True
    stale.save(update_fields=["is_draft"])
    assert services.record_change([stale]) is not None
    assert Tombstone.objects.filter(slug="a").exists()
    assert Tag.objects.count() == 0
    assert Tul.objects.count() == 0

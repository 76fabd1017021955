"""What people type, against the real content: the first hit is what they meant."""

import random
import unicodedata
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from handbook.catalogue.models import TechniqueTranslation
from handbook.catalogue.revision import forget_cached_state
from handbook.search.engines.embedded import EmbeddedEngine

# Typed text and the slug that must come first. Several slugs: any of them is right.
MEANT: list[tuple[str, str]] = [
    # romanization, however it is spelt
    ("dollyo chagi", "dollyo-chagi"),
    ("dolyo chaggi", "dollyo-chagi"),
    ("dolryo chaki", "dollyo-chagi"),
    ("dollyochagi", "dollyo-chagi"),
    ("dollyo-chagi", "dollyo-chagi"),
    ("Dollyo Chagi", "dollyo-chagi"),
    ("ap chagi", "ap-chagi"),
    ("ap chaki", "ap-chagi"),
    ("yop chagi", "yop-chagi"),
    ("yeop chagi", "yop-chagi"),
    ("gunnun seogi", "gunnun-sogi"),
    ("gunun sogi", "gunnun-sogi"),
    ("niunja sogi", "niunja-sogi"),
    ("annun sogi", "annun-sogi"),
    ("najunde makgi", "najunde-makgi"),
    ("sonkal daebi makgi", "sonkal-daebi-makgi"),
    ("sonkal debi maki", "sonkal-daebi-makgi"),
    ("palmok daebi makgi", "palmok-daebi-makgi"),
    ("chookyo makgi", "chookyo-makgi"),
    ("chukyo makgi", "chookyo-makgi"),
    ("hechyo makgi", "hechyo-makgi"),
    ("san makgi", "san-makgi"),
    ("chon ji", "chon-ji"),
    ("chonji", "chon-ji"),
    ("cheon-ji", "chon-ji"),
    ("chon ji tul", "chon-ji"),
    ("chon-ji hyung", "chon-ji"),
    ("dan gun", "dan-gun"),
    ("tangun", "dan-gun"),
    ("toi gye", "toi-gye"),
    ("kwang gae", "kwang-gae"),
    ("choong moo", "choong-moo"),
    ("chung mu", "choong-moo"),
    # Polish, with its letters and without
    ("kopnięcie okrężne", "dollyo-chagi"),
    ("kopniecie okrezne", "dollyo-chagi"),
    ("KOPNIĘCIE OKRĘŻNE", "dollyo-chagi"),
    ("pozycja siedzaca", "annun-sogi"),
    ("pozycja wykroczna", "gunnun-sogi"),
    ("blok niski", "najunde-makgi"),
    ("blok wznoszacy", "chookyo-makgi"),
    ("zolty pas", "norang-ti"),
    ("żółty pas", "norang-ti"),
    # English
    ("turning kick", "dollyo-chagi"),
    ("walking stance", "gunnun-sogi"),
    ("sitting stance", "annun-sogi"),
    ("rising block", "chookyo-makgi"),
    ("guarding block", "daebi-makgi"),
    ("knife-hand guarding block", "sonkal-daebi-makgi"),
    ("yellow belt", "norang-ti"),
    # hangul, by syllables, with and without spaces, and by initial letters
    ("돌려 차기", "dollyo-chagi"),
    ("돌려차기", "dollyo-chagi"),
    ("걷는 서기", "gunnun-sogi"),
    ("걷는서기", "gunnun-sogi"),
    ("천지", "chon-ji"),
    ("단군", "dan-gun"),
    ("ㄷㄹㅊㄱ", "dollyo-chagi"),
    ("ㅇㅊㄱ", "ap-chagi"),
    # prefixes while typing
    ("dolly", "dollyo-chagi"),
    ("kopniecie okr", "dollyo-chagi"),
    ("turning k", "dollyo-chagi"),
    ("chon", "chon-ji"),
    ("돌려", "dollyo-chagi"),
    # one slip in short words, two in long
    ("dolylo chagi", "dollyo-chagi"),
    ("turnign kick", "dollyo-chagi"),
    ("kopniecie okreznr", "dollyo-chagi"),
    ("wakling stance", "gunnun-sogi"),
    ("guardign blcok", "daebi-makgi"),
    ("gunnun sgoi", "gunnun-sogi"),
]
SEED = 20_261_123
SLIPS = 150
FOUND_AT_LEAST = 0.95


@pytest.fixture(scope="module")
def real_engine(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[EmbeddedEngine]:
    """An index of the whole real content, read once for all tests of this file."""
    engine = EmbeddedEngine()
    with django_db_blocker.unblock():
        forget_cached_state()
        call_command("import_content", verbosity=0)
        engine.search("ap", item_type=None, limit=1)
        yield engine
        call_command("flush", interactive=False, verbosity=0)
        forget_cached_state()


def first(engine: EmbeddedEngine, text: str, *, of: int = 1) -> list[str]:
    return [hit.slug for hit in engine.search(text, item_type=None, limit=20)][:of]


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "slug"), MEANT)
def test_the_first_hit_is_what_was_meant(real_engine: EmbeddedEngine, text: str, slug: str) -> None:
    assert first(real_engine, text) == [slug]


@pytest.mark.django_db
def test_what_is_nothing_finds_nothing(real_engine: EmbeddedEngine) -> None:
    for text in ("xylophone", "wzxkv", "qwrtpl", "!!!", "ㅋㅋㅋㅋㅋㅋ"):
        assert first(real_engine, text) == []


def names_of(_engine: EmbeddedEngine) -> list[tuple[str, str]]:
    rows = TechniqueTranslation.objects.filter(lang__in=["pl", "en"]).order_by("pk")
    return [(name, slug) for name, slug in rows.values_list("name", "technique__slug") if len(name) > 8]


def slipped(text: str, dice: random.Random) -> str:
    """Swap, drop, double or change one letter inside the longest word."""
    word = max(text.split(), key=len)
    at = dice.randrange(1, len(word) - 1)
    wrong = {
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "drop": word[:at] + word[at + 1 :],
        "double": word[:at] + word[at] + word[at:],
        "change": word[:at] + dice.choice("aeioustnr") + word[at + 1 :],
    }[dice.choice(["swap", "drop", "double", "change"])]
    return text.replace(word, wrong)


@pytest.mark.django_db
def test_a_slip_in_a_name_is_forgiven(real_engine: EmbeddedEngine) -> None:
    dice = random.Random(SEED)  # noqa: S311 - reproducible on purpose
    print(f"seed {SEED}")
    asked = dice.choices(names_of(real_engine), k=SLIPS)
    missed = [
        (typed, slug) for name, slug in asked if slug not in first(real_engine, typed := slipped(name, dice), of=5)
    ]
    assert len(missed) <= SLIPS * (1 - FOUND_AT_LEAST), missed


@pytest.mark.django_db
def test_polish_without_its_letters_finds_the_same(real_engine: EmbeddedEngine) -> None:
    for name, slug in names_of(real_engine):
        bare = unicodedata.normalize("NFD", name.replace("ł", "l")).encode("ascii", "ignore").decode()
        assert slug in first(real_engine, bare, of=3), bare

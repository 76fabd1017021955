"""The query and the answer of search."""

from typing import Any

from rest_framework import serializers

from handbook.catalogue.schemas import Text
from handbook.common.query import LanguageField, Query
from handbook.search.engines.base import ITEM_TYPES, Hit
from tkd_rules.grading import BELT_CODES

LONGEST_QUERY = 200
MOST_HITS = 50


class SearchQuery(Query):
    q = serializers.RegexField(
        r"^[^\x00]*[^\s\x00][^\x00]*\Z",
        max_length=LONGEST_QUERY,
        trim_whitespace=False,
        error_messages={"invalid": "Give something to look for."},
        help_text="Words in any language or spelling.",
    )
    type = serializers.ChoiceField(choices=ITEM_TYPES, required=False)
    lang = LanguageField()
    limit = serializers.IntegerField(required=False, default=20, min_value=1, max_value=MOST_HITS)


class SearchHit(serializers.Serializer[Any]):
    type = serializers.ChoiceField(choices=ITEM_TYPES)
    slug = serializers.SlugField()
    name = Text()
    romanization = serializers.CharField(allow_blank=True)
    category = serializers.CharField()
    min_belt = serializers.ChoiceField(choices=BELT_CODES)
    matched_field = serializers.CharField(help_text="name.pl, romanization, alias, tag, key_points.en …")
    snippet = serializers.CharField(help_text="The text that matched, as HTML in which only <mark> is markup.")


class SearchAnswer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = SearchHit(many=True)


def hit_as_json(hit: Hit, lang: str | None) -> dict[str, Any]:
    name: Any = hit.names
    if lang:
        name = next((hit.names[code] for code in (lang, "pl", "en", "ko") if code in hit.names), hit.slug)
    return {
        "type": hit.type,
        "slug": hit.slug,
        "name": name,
        "romanization": hit.romanization,
        "category": hit.category,
        "min_belt": hit.min_belt,
        "matched_field": hit.matched_field,
        "snippet": hit.snippet,
    }

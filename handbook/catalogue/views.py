"""The public catalogue: lists, details, delta. Thin; nothing here depends on who asks."""

from http import HTTPStatus
from typing import Any, ClassVar

from csp.decorators import csp_update
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from handbook.catalogue import diagrams, queries, schemas, selectors
from handbook.catalogue.documents import Document
from handbook.catalogue.endpoints import PublicView
from handbook.catalogue.http import SVG, revision_response
from handbook.catalogue.selectors import ListedShelf, Wanted
from handbook.catalogue.snapshots import delta_response, snapshot_file_response
from handbook.common.endpoints import WhateverAccepted
from handbook.common.pagination import page_as_json
from handbook.common.problems import RuleBroken
from handbook.common.query import Query
from tkd_rules.tul.svg import STYLE_SOURCE


class ItemGone(RuleBroken):
    slug = "gone"
    status = HTTPStatus.GONE
    title = "This item was withdrawn"


class ItemUnknown(RuleBroken):
    slug = "not-found"
    status = HTTPStatus.NOT_FOUND
    title = "Not found"


class ItemListView(PublicView):
    shelf: ClassVar[ListedShelf]

    def get(self, request: Request) -> HttpResponse:
        wanted = Wanted(**self.asked)
        return revision_response(request, self.asked, lambda: self._page(request, wanted), on_miss=self.count)

    def _page(self, request: Request, wanted: Wanted) -> dict[str, Any]:
        page = selectors.page_of(self.shelf, wanted)
        return page_as_json(request, page.results, count=page.count, page=wanted.page, page_size=wanted.page_size)


class ItemDetailView(PublicView):
    query: ClassVar[type[Query]] = queries.LanguageQuery
    shelf: ClassVar[ListedShelf]

    def get(self, request: Request, slug: str) -> HttpResponse:
        lang = self.asked.get("lang")
        return revision_response(request, self.asked, lambda: self._document(slug, lang), on_miss=self.count)

    def _document(self, slug: str, lang: str | None) -> Document:
        document = selectors.detail_of(self.shelf, slug, lang=lang)
        if document is not None:
            return document
        if gone := selectors.withdrawn(self.shelf, slug):
            instead = f" See {gone.replaced_by}." if gone.replaced_by else ""
            raise ItemGone(f"{slug} was withdrawn.{instead}", replaced_by=gone.replaced_by)
        raise ItemUnknown(f"No {self.shelf.kind} has the slug {slug}.")


@extend_schema_view(
    get=extend_schema(
        operation_id="techniques_list",
        summary="Techniques and stances",
        parameters=[queries.TechniqueListQuery],
        responses=schemas.TECHNIQUE_PAGE,
        examples=schemas.TECHNIQUE_PAGE_EXAMPLES,
        tags=["catalogue"],
    )
)
class TechniqueListView(ItemListView):
    shelf = selectors.TECHNIQUES
    query = queries.TechniqueListQuery


@extend_schema_view(
    get=extend_schema(
        operation_id="techniques_retrieve",
        summary="A technique with its key points, mistakes, safety and the tuls that use it",
        parameters=[queries.LanguageQuery],
        responses=schemas.detail_responses(schemas.TechniqueDetail),
        tags=["catalogue"],
    )
)
class TechniqueDetailView(ItemDetailView):
    shelf = selectors.TECHNIQUES


@extend_schema_view(
    get=extend_schema(
        operation_id="tuls_list",
        summary="Tuls and fundamental exercises",
        parameters=[queries.TulListQuery],
        responses=schemas.TUL_PAGE,
        tags=["catalogue"],
    )
)
class TulListView(ItemListView):
    shelf = selectors.TULS
    query = queries.TulListQuery


@extend_schema_view(
    get=extend_schema(
        operation_id="tuls_retrieve",
        summary="A tul with its steps",
        parameters=[queries.LanguageQuery],
        responses=schemas.detail_responses(schemas.TulDetail),
        tags=["catalogue"],
    )
)
class TulDetailView(ItemDetailView):
    shelf = selectors.TULS


@extend_schema_view(
    get=extend_schema(
        operation_id="tuls_diagram",
        summary="A tul, or one movement of it, drawn from above",
        description="404 also where the movements of a tul are not written. It is light or dark as the reader likes.",
        parameters=[queries.DiagramQuery],
        responses=schemas.PICTURE,
        tags=["catalogue"],
    )
)
@method_decorator(csp_update({"style-src": [STYLE_SOURCE]}), name="dispatch")
class TulDiagramView(ItemDetailView):
    shelf = selectors.TULS
    query = queries.DiagramQuery
    content_negotiation_class = WhateverAccepted

    def get(self, request: Request, slug: str) -> HttpResponse:
        return revision_response(request, self.asked, lambda: self._picture(slug), on_miss=self.count, made_as=SVG)

    def _picture(self, slug: str) -> str:
        asked = {"step": None} | self.asked
        return diagrams.svg_of_tul(self._document(slug, None), **asked)


@extend_schema_view(
    get=extend_schema(
        operation_id="glossary_list",
        summary="The glossary",
        parameters=[queries.TermListQuery],
        responses=schemas.TERM_PAGE,
        tags=["catalogue"],
    )
)
class TermListView(ItemListView):
    shelf = selectors.TERMS
    query = queries.TermListQuery


@extend_schema_view(
    get=extend_schema(
        operation_id="glossary_retrieve",
        summary="A term of the glossary",
        parameters=[queries.LanguageQuery],
        responses=schemas.detail_responses(schemas.TermDetail),
        tags=["catalogue"],
    )
)
class TermDetailView(ItemDetailView):
    shelf = selectors.TERMS


@extend_schema_view(
    get=extend_schema(
        operation_id="sync_catalogue",
        summary="What changed after a cursor",
        description=(
            "`since=0` is the whole catalogue. Store `cursor` and `catalogue_id` in the transaction that stores the "
            "data, and give them as `since` and `catalogue_id` next time. `is_snapshot` says that the answer is "
            "everything: drop what you have."
        ),
        parameters=[queries.SyncQuery],
        responses=schemas.Delta,
        tags=["sync"],
    )
)
class SyncCatalogueView(PublicView):
    query = queries.SyncQuery

    def get(self, request: Request) -> HttpResponse:
        return delta_response(request, **self.asked, on_miss=self.count)


@extend_schema_view(
    get=extend_schema(
        operation_id="sync_catalogue_snapshot",
        summary="The whole catalogue of one revision as a gzip file",
        responses={(200, "application/gzip"): schemas.BINARY},
        tags=["sync"],
    )
)
class SnapshotFileView(PublicView):
    def get(self, request: Request, name: str) -> HttpResponse:
        return snapshot_file_response(name, on_miss=self.count)

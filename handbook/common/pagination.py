"""`{count, next, previous, results}` with `page` and `page_size`."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from handbook.common.problems import RuleBroken

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200


class NumberedPages(PageNumberPagination):
    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = MAX_PAGE_SIZE


class PageUnknown(RuleBroken):
    slug = "page-past-the-end"
    status = HTTPStatus.NOT_FOUND
    title = "No such page"


def page_as_json(request: Request, results: list[Any], *, count: int, page: int, page_size: int) -> dict[str, Any]:
    """Return a page of `count` rows with the paths of those beside it. Raises PageUnknown past the end."""
    last = max(1, -(-count // page_size))
    if page > last:
        raise PageUnknown(f"There are {last} pages.", errors={"page": [f"The last page is {last}."]})
    return {
        "count": count,
        "next": _page_path(request, page + 1) if page < last else None,
        "previous": _page_path(request, page - 1) if page > 1 else None,
        "results": results,
    }


def _page_path(request: Request, page: int) -> str:
    asked = {name: value for name, value in request.query_params.items() if name != "page"}
    return f"{request.path_info}?{urlencode({**asked, 'page': page})}"

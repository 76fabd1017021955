"""The base of endpoints whose answers are for one person."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from handbook.accounts.http import StrictJSONParser
from handbook.common.endpoints import HandbookView

# Comments, not docstrings: those would become the description of every operation.


class PrivateView(HandbookView):
    # No cache keeps what it answers.
    parser_classes = (StrictJSONParser,)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Cache-Control"] = "private, no-store"
        return final

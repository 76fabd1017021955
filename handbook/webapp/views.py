"""The page of the web app; its files are served by the middleware."""

import hashlib
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

NOT_BUILT = "The app has not been built on this server: make app\n"


@require_safe
def page(request: HttpRequest, screen: str = "") -> HttpResponse:
    """The same page for every screen; the app shows the one that the address names."""
    if "." in screen.rpartition("/")[2]:  # a file, and the middleware had none
        raise Http404(f"There is no file {request.path}.")
    try:
        body = (settings.APP_BUNDLE_DIR / "index.html").read_bytes()
    except FileNotFoundError:
        return HttpResponse(NOT_BUILT, status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain; charset=utf-8")
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    response = HttpResponse(body, headers={"ETag": etag, "Cache-Control": "no-cache"})
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response

"""The files of the web app beside the static files, each with how long it may be kept."""

import re
from typing import Any

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware

NAMED_BY_CONTENT = re.compile(r"/app/[a-z]+-[0-9a-f]{12}/")


class FilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise that also serves the bundle of `make app`: what is named by its content is kept for ever."""

    def __init__(self, get_response: Any = None) -> None:
        super().__init__(get_response)
        if settings.APP_BUNDLE_DIR.is_dir():
            self.add_files(str(settings.APP_BUNDLE_DIR), prefix="/app/")

    def immutable_file_test(self, path: str, url: str) -> bool:
        return bool(NAMED_BY_CONTENT.match(url)) or super().immutable_file_test(path, url)

"""`make run` on one machine: SQLite, files under DATA_DIR, readable logs, mail on the console."""

import secrets
from collections.abc import Callable

from handbook.notifications.channels.vapid import new_private_key
from handbook.settings.base import *  # noqa: F403
from handbook.settings.base import DATA_DIR, STATIC_ROOT, STORAGES, env
from handbook.settings.databases import sqlite_database


def stored_key(name: str, make: Callable[[], str]) -> str:
    """Return the key in DATA_DIR, made at the first start, so that sessions and subscriptions survive a restart."""
    path = DATA_DIR / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make())
        path.chmod(0o600)
    return path.read_text()


STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing
DEBUG = env.bool("DJANGO_DEBUG", default=False)
SECRET_KEY = env.str("DJANGO_SECRET_KEY", default="") or stored_key("secret-key", lambda: secrets.token_urlsafe(50))
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DATABASES = {"default": sqlite_database(DATA_DIR / "handbook.sqlite3")}
# Served from where they are installed: hashing and compressing them for one reader would cost the start 20 s.
WHITENOISE_USE_FINDERS = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEMO_ACCOUNTS_ALLOWED = True
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="") or stored_key("vapid-key", new_private_key)
VAPID_SUBJECT = env.str("VAPID_SUBJECT", default="") or "mailto:handbook@localhost"

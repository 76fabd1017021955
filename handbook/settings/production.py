"""Production. Every value of the release checklist comes from the environment; a missing one stops the start."""

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured

from handbook.notifications.channels.vapid import is_private_key
from handbook.observability.logging import logging_config
from handbook.settings.base import *  # noqa: F403
from handbook.settings.base import REST_FRAMEWORK, SENTRY_DSN, env
from handbook.settings.databases import postgresql_database

REQUIRED = (
    "DJANGO_SECRET_KEY",
    "DJANGO_ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "REDIS_URL",
    "DB_HOST",
    "DB_NAME",
    "DB_USER",
    "DB_PASSWORD",
    "S3_BUCKET",
    "S3_ENDPOINT_URL",
    "S3_ACCESS_KEY_ID",
    "S3_SECRET_ACCESS_KEY",
    "CDN_ORIGIN",
)
# To run without Meilisearch is a decision: the variables must be there, and may be empty.
MUST_BE_MENTIONED = ("MEILISEARCH_URL", "MEILISEARCH_API_KEY")
SHORTEST_SECRET_KEY = 50


def wrong_vapid(private_key: str, subject: str) -> list[str]:
    """Return what keeps web push from being sent; nothing when it is not wanted."""
    if not private_key:
        return []
    wrong = [] if is_private_key(private_key) else ["VAPID_PRIVATE_KEY is no key (manage.py vapid_keys makes one)"]
    if not subject.startswith(("mailto:", "https://")):
        wrong.append("VAPID_SUBJECT must be mailto: or https: with VAPID_PRIVATE_KEY")
    return wrong


def refuse_incomplete_environment() -> None:
    """Raise ImproperlyConfigured that names everything wrong at once."""
    wrong = [f"{name} is missing" for name in REQUIRED if not env.str(name, default="")]
    wrong += [f"{name} is missing (empty: no Meilisearch)" for name in MUST_BE_MENTIONED if name not in env.ENVIRON]
    if env.bool("DJANGO_DEBUG", default=False):
        wrong.append("DJANGO_DEBUG must be 0")
    if 0 < len(env.str("DJANGO_SECRET_KEY", default="")) < SHORTEST_SECRET_KEY:
        wrong.append(f"DJANGO_SECRET_KEY is shorter than {SHORTEST_SECRET_KEY} characters")
    if "*" in env.list("DJANGO_ALLOWED_HOSTS", default=[]):
        wrong.append("DJANGO_ALLOWED_HOSTS must name the hosts, not *")
    wrong += wrong_vapid(env.str("VAPID_PRIVATE_KEY", default=""), env.str("VAPID_SUBJECT", default=""))
    if wrong:
        raise ImproperlyConfigured("The environment is not ready for production: " + "; ".join(wrong) + ".")


refuse_incomplete_environment()

DEBUG = False
SECRET_KEY = env.str("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS")
DATABASES = {"default": postgresql_database(env)}
LOGGING = logging_config(env.str("LOG_FORMAT", default="json"), env.str("LOG_LEVEL", default="INFO"))

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT_URL"),
            "access_key": env.str("S3_ACCESS_KEY_ID"),
            "secret_key": env.str("S3_SECRET_ACCESS_KEY"),
            "region_name": env.str("S3_REGION", default="us-east-1"),
            "signature_version": "s3v4",
            "file_overwrite": True,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)  # nginx; 0 when strangers reach gunicorn itself
REST_FRAMEWORK = REST_FRAMEWORK | {"NUM_PROXIES": TRUSTED_PROXIES}
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10

if SENTRY_DSN:
    sentry_sdk.init(
        dsn=SENTRY_DSN, send_default_pii=False, environment=env.str("SENTRY_ENVIRONMENT", default="production")
    )

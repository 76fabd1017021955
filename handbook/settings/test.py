"""The test run. `tests.services` has started the services and says in the environment where they are."""

from handbook.settings.base import *  # noqa: F403
from handbook.settings.base import DATA_DIR, REST_FRAMEWORK, SIMPLE_JWT, STATIC_ROOT, env
from handbook.settings.databases import postgresql_database, sqlite_database

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing
DEBUG = False
SECRET_KEY = "only-for-tests-" + "x" * 40
SIMPLE_JWT = SIMPLE_JWT | {"SIGNING_KEY": SECRET_KEY}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {
    "default": postgresql_database(env)
    if env.str("TEST_DATABASE", default="sqlite") == "postgresql"
    else sqlite_database(DATA_DIR / "handbook.sqlite3")
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests that are about throttling set their own rates; the others must not stumble over them.
REST_FRAMEWORK = REST_FRAMEWORK | {
    "DEFAULT_THROTTLE_RATES": dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "100000/min")
}
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="a-TXiXPHiIctrwvsJPDqnkp2XVMxD4IC0GwUmV1H-ac")
VAPID_SUBJECT = "mailto:operator@example.org"
PUSH_ORIGINS_ALLOWED = env.list("PUSH_ORIGINS_ALLOWED", default=[])

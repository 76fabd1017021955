"""What every environment shares. Each value that an operator may change is read from the environment."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab

from handbook.observability.logging import logging_config
from handbook.settings.desk import desk
from handbook.settings.rates import rate_from
from handbook.settings.security import PAGE_POLICIES, content_security_policy

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
APP_BUNDLE_DIR = Path(env.str("APP_BUNDLE_DIR", default=str(BASE_DIR / "client" / "dist" / "app")))
CONTENT_DIR = Path(env.str("CONTENT_DIR", default=str(BASE_DIR / "content")))

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "corsheaders",
    "csp",
    "django_prometheus",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rest_framework_simplejwt",
    "simple_history",
    "handbook.observability",
    "handbook.accounts",
    "handbook.catalogue",
    "handbook.search",
    "handbook.sync",
    "handbook.notifications",
    "handbook.quizzes",
    "handbook.progress",
    "handbook.exams",
    "handbook.training",
]

MIDDLEWARE = [
    "handbook.observability.middleware.RequestContextMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "handbook.common.middleware.PolicyMiddleware",
    "handbook.common.middleware.AntiScrapingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "handbook.common.middleware.ProblemMiddleware",
    "handbook.webapp.middleware.FilesMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "handbook.common.middleware.TrailingSlashMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "handbook.urls"
WSGI_APPLICATION = "handbook.wsgi.application"
APPEND_SLASH = False
CSRF_FAILURE_VIEW = "handbook.common.problems.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "handbook",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}

CELERY_BROKER_URL = REDIS_URL
# A request that queues a task waits for a broker that is away no longer than for the cache, and asks it once.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_retries": 0}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    # What a night's worker leaves undone is queued anew by the next; it must not pile up.
    "fit-learners": {
        "task": "handbook.quizzes.tasks.fit_learners",
        "schedule": crontab(hour="2", minute="30"),
        "options": {"expires": 12 * 3600},
    },
    # A turn that comes too late is left out: the next one finds all that is due.
    "plan-notifications": {
        "task": "handbook.notifications.tasks.plan_notifications",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
    "send-notifications": {
        "task": "handbook.notifications.tasks.send_notifications",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
}

UNFOLD = desk()

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("pl", "Polski"), ("en", "English"), ("ko", "한국어")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "handbook.accounts.backends.EditorPermissions",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["handbook.accounts.authentication.FamilyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["handbook.common.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "handbook.common.pagination.NumberedPages",
    "DEFAULT_THROTTLE_CLASSES": [
        "handbook.common.throttling.AnonymousRate",
        "handbook.common.throttling.UserRate",
        "handbook.common.throttling.AreaRate",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": rate_from(env, "DRF_THROTTLE_ANON", default="60/min"),
        "user": rate_from(env, "DRF_THROTTLE_USER", default="600/min"),
        "media": rate_from(env, "DRF_THROTTLE_MEDIA", default="10/min"),
        "search": rate_from(env, "DRF_THROTTLE_SEARCH", default="30/min"),
        "quizzes": rate_from(env, "DRF_THROTTLE_QUIZZES", default="30/min"),
        "progress": rate_from(env, "DRF_THROTTLE_PROGRESS", default="60/min"),
        "training": rate_from(env, "DRF_THROTTLE_TRAINING", default="60/min"),
        "billing": rate_from(env, "DRF_THROTTLE_BILLING", default="30/min"),
        "notifications": rate_from(env, "DRF_THROTTLE_NOTIFICATIONS", default="30/min"),
        "ads": rate_from(env, "DRF_THROTTLE_ADS", default="30/min"),
    },
    "DEFAULT_SCHEMA_CLASS": "handbook.common.schema.ProblemAwareSchema",
    "URL_FORMAT_OVERRIDE": None,  # `format` is a parameter like any other: unknown, unless a query names it
    "EXCEPTION_HANDLER": "handbook.common.problems.exception_handler",
    "NUM_PROXIES": env.int("TRUSTED_PROXIES", default=0),
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=30),
    "CHECK_REVOKE_TOKEN": True,
    "USER_ID_FIELD": "id",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "ITF Taekwon-Do Handbook",
    "VERSION": "1.0.0",
    "DESCRIPTION": "Techniques, tuls and glossary of ITF Taekwon-Do in Polish, English and Korean.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/(v1/)?",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "OAS_VERSION": "3.1.1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "handbook.common.schema.close_request_bodies",
    ],
    "ENUM_NAME_OVERRIDES": {
        "BeltColourEnum": "handbook.catalogue.models.BeltColour.values",
        "BeltEnum": "tkd_rules.grading.BELT_CODES",
        "CardKindEnum": "handbook.catalogue.schemas.SYLLABUS_TARGETS",
        "ConfidenceEnum": "handbook.catalogue.models.Confidence",
        "FootMoveEnum": "handbook.catalogue.models.FootMove",
        "ItemKindEnum": "handbook.catalogue.models.ItemKind",
        "LanguageEnum": "handbook.common.query.LANGUAGES",
        "ChannelEnum": "handbook.notifications.kinds.Channel",
        "LevelEnum": "handbook.catalogue.models.Level",
        "ProgressStatusEnum": "tkd_rules.merge.STATUSES",
        "QuestionKindEnum": "tkd_rules.quiz.question.KINDS",
        "ReadinessSectionEnum": "handbook.exams.serializers.SECTION_NAMES",
        "SideEnum": "handbook.catalogue.models.Side",
        "SupportEnum": "handbook.catalogue.models.Support",
        "SyllabusCategoryEnum": "handbook.catalogue.schemas.SYLLABUS_CATEGORIES",
        "TechniqueCategoryEnum": "handbook.catalogue.models.TechniqueCategory",
        "TermCategoryEnum": "handbook.catalogue.models.TermCategory",
        "TulKindEnum": "handbook.catalogue.models.TulKind.values",
    },
}

CONTENT_SECURITY_POLICY = content_security_policy(
    cdn_origin=env.str("CDN_ORIGIN", default=""),
    connect_origins=env.list("CSP_CONNECT_ORIGINS", default=[]),
    allow_inline_scripts=env.bool("CSP_ALLOW_INLINE_SCRIPTS", default=False),
)
CONTENT_SECURITY_POLICY_OF_PAGES = PAGE_POLICIES
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_EXPOSE_HEADERS = ["ETag", "X-Request-ID", "X-Search-Engine", "Retry-After"]

MEILISEARCH_URL = env.str("MEILISEARCH_URL", default="")
MEILISEARCH_API_KEY = env.str("MEILISEARCH_API_KEY", default="")
MEILISEARCH_TIMEOUT_MS = env.int("MEILISEARCH_TIMEOUT_MS", default=300)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
LOGGING = logging_config(env.str("LOG_FORMAT", default="console"), env.str("LOG_LEVEL", default="INFO"))

# --- accounts ---
# Rotation, reuse and revocation of refresh tokens: handbook/accounts/services/sign_ins.py.
EDITOR_APPS = ["catalogue", "media", "quizzes", "exams", "training"]
DEMO_ACCOUNTS_ALLOWED = False
APP_URL = env.str("APP_URL", default="http://localhost:8000/app/")  # links in mails begin with it
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="handbook@localhost")
PASSWORD_RESET_TIMEOUT = 2 * 3600
ACCOUNT_MAILS_PER_HOUR = env.int("ACCOUNT_MAILS_PER_HOUR", default=5)  # to one address, caused by strangers
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_HMAC = False  # keys are rows, so that a second sign-up can void them
AXES_FAILURE_LIMIT = env.int("AXES_FAILURE_LIMIT", default=5)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("AXES_COOLOFF_MIN", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # it would open a session for every sign-in through the API
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "handbook.accounts.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "handbook.accounts.lockout.client_ip"
AXES_LOCKOUT_CALLABLE = "handbook.accounts.lockout.locked_out_response"
# --- end of accounts ---

# --- notifications ---
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")  # manage.py vapid_keys makes one; without it no web push
VAPID_SUBJECT = env.str("VAPID_SUBJECT", default="")  # mailto: or https:, where push services reach the operator
FCM_SERVICE_ACCOUNT_FILE = env.str("FCM_SERVICE_ACCOUNT_FILE", default="")  # JSON of a service account; else no FCM
FCM_URL = env.str("FCM_URL", default="https://fcm.googleapis.com")
PUSH_ORIGINS_ALLOWED: list[str] = []  # tests post to themselves; everybody else to public https addresses only
# --- end of notifications ---

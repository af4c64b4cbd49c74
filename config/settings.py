"""Settings, read from the environment; the two commands set it, see `config/setup`."""

import os
from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str, purpose: str) -> str:
    """Return an environment variable; a missing one stops with what it is for."""
    try:
        return os.environ[name]
    except KeyError:
        raise ImproperlyConfigured(f"{name} n'est pas défini : {purpose} « make run » le fait pour vous.") from None


def secret_key() -> str:
    """Return the key kept in a private file outside the repository."""
    path = Path(required("BASSINS_SECRET_KEY_FILE", "c'est le fichier qui porte la clé secrète."))
    return path.read_text(encoding="utf-8").strip()


def bundled_library(package: str, pattern: str) -> str:
    """Return the native library that the wheel of a package carries beside it."""
    origin = find_spec(package).origin
    return str(next((Path(origin).parent.parent / f"{package}.libs").glob(pattern)))


# Loopback mode serves plain HTTP to this machine only; anything else is production behind HTTPS.
LOOPBACK = os.environ.get("BASSINS_LOOPBACK") == "1"
SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "[::1]"]
    if LOOPBACK
    else [h for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h]
)

# What one address may ask of the interface in a minute, in units (see api/rate_limit.py); 0 sets no limit. On this
# machine there is nobody to protect from: the limit only stops a loop gone wild.
API_UNITS_PER_MINUTE = int(os.environ.get("BASSINS_API_UNITS_PER_MINUTE", "30000" if LOOPBACK else "6000"))
# How many proxies of ours stand in front: the address of the client is the one that the first of them saw.
TRUSTED_PROXIES = int(os.environ.get("BASSINS_TRUSTED_PROXIES", "0"))

INSTALLED_APPS = [
    "django.contrib.gis",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "sources.apps.SourcesConfig",
    "basins.apps.BasinsConfig",
    "economy.apps.EconomyConfig",
    "skills.apps.SkillsConfig",
    "infrastructure.apps.InfrastructureConfig",
    "scoring.apps.ScoringConfig",
    "explorer.apps.ExplorerConfig",
    "api.apps.ApiConfig",
    "reports.apps.ReportsConfig",
]

MIDDLEWARE = [
    "config.middleware.SecurityHeadersMiddleware",
    "config.middleware.BodilessHeadMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "config.middleware.VaryOnHtmxMiddleware",
    "api.middleware.InterfaceMiddleware",
    "config.middleware.LanguageMiddleware",
    "config.middleware.RequestBoundsMiddleware",
    "config.middleware.ForeseenFailuresMiddleware",
    "config.older_links.OlderLinkMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "explorer.context.page_context",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **dj_database_url.parse(
            required("DATABASE_URL", "c'est l'adresse postgis:// de la base."),
            engine="django.contrib.gis.db.backends.postgis",
            conn_health_checks=True,
        ),
        "TEST": {"TEMPLATE": os.environ.get("BASSINS_TEST_TEMPLATE")},
    }
}
# The default wait of 30 s for a connection would turn an outage into a hang, and the default 5 min of ever slower
# attempts would outlast it. Few stay idle: a restart of the database leaves each of them dead, and the pool takes a
# second to bury the third. Not max_waiting: who gave up is counted for ever, and the pool never comes back.
DATABASES["default"].setdefault("OPTIONS", {}).update(
    pool={"min_size": 1, "max_size": 4, "timeout": 2, "reconnect_timeout": 2, "max_idle": 30},
    connect_timeout=2,
    options="-c statement_timeout=20000",
)

# The system's GDAL may be older than 3.9, which cannot be kept from reading files and the network when it parses a
# spatial reference; these two are recent and the same on every machine.
GDAL_LIBRARY_PATH = bundled_library("pyogrio", "libgdal*")
GEOS_LIBRARY_PATH = bundled_library("shapely", "libgeos_c*")

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = not LOOPBACK
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("BASSINS_STATE_DIR", BASE_DIR / ".state")) / "static"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / ".vendor" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Files made by workers (`reports`): how long they are kept, how many may wait, of one address and in all.
EXPORT_DAYS = int(os.environ.get("EXPORT_DAYS", "7"))
EXPORTS_WAITING_PER_CLIENT = int(os.environ.get("EXPORTS_WAITING_PER_CLIENT", "3"))
EXPORTS_WAITING = int(os.environ.get("EXPORTS_WAITING", "50"))
# A worker signs a register four times in this span; one that has not for so long is dead, or cut off.
EXPORT_STALLED_S = float(os.environ.get("EXPORT_STALLED_S", "20"))

BUILT_IN_EDITION = BASE_DIR / "fixtures" / "edition"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Sites that may show the pages under /embed/ in a frame: * for all, or origins separated by spaces.
FRAME_ANCESTORS = os.environ.get("BASSINS_FRAME_ANCESTORS", "*")
CSRF_FAILURE_VIEW = "config.errors.stale_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT = not LOOPBACK
if not LOOPBACK:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}

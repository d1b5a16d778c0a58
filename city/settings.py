"""Django's settings, made from the city's configuration; with none given, the defaults, so that tools can import it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from city.config import Config, from_environment
from city.errors import FileUnusable

CITY: Config = from_environment()
_HERE = Path(__file__).parent


def _session_key(config: Config) -> str:
    """Return the key of the staff's sessions; without its file one that lasts until the next start."""
    try:
        return config.path(config.keys.session).read_text("ascii").strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(48)
    except (OSError, ValueError):
        raise FileUnusable(config.path(config.keys.session), "a session key (ASCII text)") from None


def _sqlite(config: Config) -> dict[str, Any]:
    # WAL lets staff read while an application is written; FULL: a receipt is a promise that survives a power cut.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(config.path(config.database.name)),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def _postgresql(config: Config) -> dict[str, Any]:
    database = config.database
    password = config.path(database.password_file).read_text().strip() if database.password_file else ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "PASSWORD": password,
        "HOST": database.host,
        "PORT": database.port or "",
    }


def _database(config: Config) -> dict[str, Any]:
    chosen = _postgresql(config) if config.database.engine == "postgresql" else _sqlite(config)
    return chosen | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


SECRET_KEY = _session_key(CITY)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *CITY.kiosk_door.names, *CITY.staff_door.names]
ROOT_URLCONF = "city.urls"
INSTALLED_APPS = [
    "city.staff.apps.StaffSite",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "city.intake.apps.Intake",
    "city.staff.apps.Staff",
]
MIDDLEWARE = [
    "city.doors.route_by_door",
    "django.middleware.security.SecurityMiddleware",
    "city.staff.headers.tell_browsers",
    "city.assets.serve_assets",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "staff" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": _database(CITY)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
STATIC_URL = "/static/"

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
# Over plain HTTP, which stays on loopback, a browser would not send back cookies marked secure.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(CITY.staff_door.certificate)
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = CITY.limits.sealed

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"journal": {"()": "city.journal.JournalFormatter"}},
    "handlers": {
        "journal": {"class": "logging.StreamHandler", "formatter": "journal"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "city": {"handlers": ["journal"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["journal"], "level": "ERROR", "propagate": False},
        "pyhanko": {"handlers": ["nowhere"], "propagate": False},
        "pyhanko_certvalidator": {"handlers": ["nowhere"], "propagate": False},
    },
}

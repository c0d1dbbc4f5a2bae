"""Django's settings. Everything that differs between installations comes from the environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from antenne.accounts.outgoing import MAIL_TIMEOUT_S, outgoing_of
from antenne.config.database import database_url_of
from antenne.config.oidc import providers_of
from antenne.config.policy import content_security_policy
from antenne.kernel.environment import environment

ENV = environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret
DEBUG = ENV.debug
ALLOWED_HOSTS = ["*"]  # antenne.web.middleware.hosts_check looks, by ANTENNE_PUBLIC_URL
ROOT_URLCONF = "antenne.config.urls"
WSGI_APPLICATION = "antenne.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_vite",
    "antenne.kernel",
    "antenne.custody",
    "antenne.accounts",
    "antenne.catalog",
    "antenne.pipeline",
    "antenne.audience",
    "antenne.community",
    "antenne.syndication",
    "antenne.moderation",
    "antenne.web",
]

MIDDLEWARE = [
    "antenne.web.middleware.request_context",
    "antenne.web.strangers.strangers_answer",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages that carry a token are padded by a random length (BREACH); the token is masked as well.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "antenne.web.locale.SiteLocale",
    "antenne.web.middleware.hosts_check",
    "django.middleware.common.CommonMiddleware",
    "antenne.web.bodies.BodyBound",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "antenne.web.middleware.forms_lead_back",
    "antenne.web.middleware.sessions_note",
    "antenne.web.locale.time_zone_use",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "antenne.web.errors.NothingThere",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "antenne.web.context.site",
            ],
        },
    },
]

_database = urlsplit(database_url_of(ENV))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.path.lstrip("/"),
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname or "",
        "PORT": str(_database.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": "antenne",
            # A process of PostgreSQL stands behind each: one stays for whoever comes next, and
            # every five seconds one goes that nobody needed.
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10, "max_idle": 5},
        },
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "antenne.web.account.forms.SignUpForm",
    "login": "antenne.web.account.forms.SignInForm",
    "reset_password": "antenne.web.account.forms.RecoveryForm",
}
ACCOUNT_ADAPTER = "antenne.web.account.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "antenne.web.account.mfa.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "antenne.web.account.oidc.OidcAdapter"
SOCIALACCOUNT_PROVIDERS = providers_of(ENV.oidc)
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# Where no mail server is set on the desk (antenne.custody.mail), the environment says.
_outgoing = outgoing_of(ENV)
EMAIL_BACKEND = _outgoing.backend
EMAIL_HOST = _outgoing.host
EMAIL_PORT = _outgoing.port
EMAIL_HOST_USER = _outgoing.user
EMAIL_HOST_PASSWORD = _outgoing.password
EMAIL_USE_TLS = _outgoing.starttls
EMAIL_USE_SSL = _outgoing.tls
EMAIL_TIMEOUT = MAIL_TIMEOUT_S
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _outgoing.sender

LANGUAGE_CODE = ENV.language
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt-br", "Português (Brasil)"),
    ("ja", "日本語"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in [PACKAGE / "web" / "static"] if path.is_dir()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9a-zA-Z_-]{8,12}\..+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": PACKAGE / "web" / "static" / "dist" / "manifest.json",
        "static_url_prefix": "dist",
    }
}

SESSION_ENGINE = "antenne.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENV.secure
CSRF_FAILURE_VIEW = "antenne.web.errors.csrf_failed"
CSRF_COOKIE_SECURE = ENV.secure
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ENV.public_url] if ENV.public_url else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.secure else None
SECURE_HSTS_SECONDS = 31_536_000 if ENV.secure else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy(ENV)

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        # What allauth counts is kept there: of 300 entries, Django's own bound, somebody who fails
        # under many names would push out how often they have failed.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# What the desk shows of the state of this installation: `antenne doctor`.
DESK_FINDINGS = "antenne.cli.doctor.findings_collect"

PROCRASTINATE_IMPORT_PATHS = ["antenne.flow"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{levelname} {name} [{request_id}] {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{request_id}{message}",
            "style": "{",
        },
    },
    "filters": {"context": {"()": "antenne.kernel.logs.ContextFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": ENV.log,
            "filters": ["context"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
    },
}

"""Django's settings; docs/reference/settings.md says what each environment variable means."""

import mimetypes
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from answerable.config import environment

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PACKAGE = REPOSITORY / "answerable"
DATA_FOLDER = Path(environment.text("ANSWERABLE_DATA_DIR", str(REPOSITORY / "var"))).resolve()
DATA_FOLDER.mkdir(parents=True, exist_ok=True)

DEBUG = environment.flag("ANSWERABLE_DEBUG", default=False)
SECRET_KEY = environment.text("ANSWERABLE_SECRET_KEY") or environment.kept_secret(DATA_FOLDER / "secret-key")
SITE_ADDRESS = environment.text("ANSWERABLE_SITE_ADDRESS") or environment.kept_address(DATA_FOLDER / "address")
SITE_ADDRESS = SITE_ADDRESS.rstrip("/")
ALLOWED_HOSTS = environment.text("ANSWERABLE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
IS_HTTPS = SITE_ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if IS_HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "ninja",
    "django_tasks",
    "django_tasks_db",
    "answerable.reference",
    "answerable.ledger",
    "answerable.people",
    "answerable.notices",
    "answerable.consultations",
    "answerable.synthesis",
    "answerable.publish",
    "answerable.web",
    "answerable.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "answerable.web.middleware.PersonPreferences",
    "answerable.web.middleware.PermissionsPolicy",
    "answerable.web.middleware.WrongMethods",
]

ROOT_URLCONF = "answerable.config.urls"
WSGI_APPLICATION = "answerable.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "answerable.web.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "answerable.web.templatetags.answerable",
            ],
        },
    },
]

DATABASES = {"default": environment.database(environment.text("DATABASE_URL"), DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["answerable.web.account.backend.SignedIn"]
LOGIN_URL = "/account/sign-in/"
LOGIN_REDIRECT_URL = "/account/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "answerable.web.account.adapter.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False

SESSION_ENGINE = "answerable.web.account.browser_sessions"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_FAILURE_VIEW = "answerable.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.flag("ANSWERABLE_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
MEDIA_ROOT = DATA_FOLDER / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "answerable.web.static_files.HashedStaticFiles"},
}
mimetypes.add_type("text/javascript", ".js")

TASKS = {"default": {"BACKEND": environment.text("ANSWERABLE_TASKS_BACKEND", "django_tasks_db.DatabaseBackend")}}

EMAIL_BACKEND = environment.text("ANSWERABLE_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(DATA_FOLDER / "mail")
EMAIL_HOST = environment.text("ANSWERABLE_SMTP_HOST", "localhost")
EMAIL_PORT = environment.number("ANSWERABLE_SMTP_PORT", 25)
EMAIL_HOST_USER = environment.text("ANSWERABLE_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("ANSWERABLE_SMTP_PASSWORD")
EMAIL_USE_TLS = environment.flag("ANSWERABLE_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = environment.text("ANSWERABLE_MAIL_FROM", "Answerable <no-reply@localhost>")

LEDGER_ORIGIN = environment.text("ANSWERABLE_LEDGER_ORIGIN", SITE_ADDRESS.split("://", 1)[1])
LEDGER_KEY_FILE = Path(environment.text("ANSWERABLE_LEDGER_KEY", str(DATA_FOLDER / "ledger-key")))
LEDGER_CHECKPOINT_FILE = Path(environment.text("ANSWERABLE_LEDGER_CHECKPOINTS", str(DATA_FOLDER / "checkpoints.txt")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": environment.text("ANSWERABLE_LOG_LEVEL", "WARNING")},
}

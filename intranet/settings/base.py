"""Settings that every profile shares; what differs between machines comes from the environment (or `.env`)."""

from pathlib import Path

import environ
from csp.constants import NONCE
from django.utils.translation import gettext_lazy as _

from intranet.settings.database import database_from_url

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# Everything the running site writes lives under one folder: database, media, index, mail, logs.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    # ours, roof first, so that our templates win over those of packages
    "intranet.demonstration",
    "intranet.dashboards",
    "intranet.auditors",
    "pages.home",
    "pages.sections",
    "pages.news",
    "pages.districts",
    "pages.threads",
    "pages.members",
    "pages.bylaws",
    "pages.meetings",
    "pages.conduct",
    "pages.following",
    "pages.memoranda",
    "search",
    "workflows",
    "documents",
    "organizations",
    "intranet.access",
    "intranet.accounts",
    "intranet.notifications",
    "intranet.outbox",
    "intranet.audit",
    "intranet.ui",
    # Wagtail
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "intranet.accounts.wagtail_users.UsersConfig",  # wagtail.users with our own screens of accounts
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "guardian",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "intranet.ui.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intranet.throttle.Throttle",
    "intranet.accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "intranet.accounts.middleware.SecondFactorRequired",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pages.admin_door.AdminDoor",
    "pages.redirects.ReadersRedirectMiddleware",
]

ROOT_URLCONF = "intranet.urls"
DOORS = "intranet.doors"  # by which rule each address opens: checked at the start
WSGI_APPLICATION = "intranet.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "pages.context.languages",
                "pages.context.site_menu",
                "organizations.acting.acting",
            ],
            "builtins": ["intranet.ui.templatetags.persian", "intranet.ui.templatetags.design"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": database_from_url(
        env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'intranet.sqlite3'}")
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "intranet.accounts.backends.NameOrEmailBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: nobody is signed in as "anonymous"
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "intranet.accounts.validators.LongEnoughValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "intranet.accounts.validators.CommonPasswordInAnyLettersValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# A second factor is offered to everybody; the production profile makes it compulsory for staff.
SECOND_FACTOR_REQUIRED = False
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
MEETINGS_CORRECTION_DAYS = env.int("MEETINGS_CORRECTION_DAYS", default=7)  # before minutes are approved
RESOLUTION_OBJECTION_DAYS = env.int("RESOLUTION_OBJECTION_DAYS", default=14)  # after notification
SECOND_FACTOR_NAME = env.str("SECOND_FACTOR_NAME", default="شبکه ستاد سمن‌ها")  # as apps and passkeys show it
# Signing in by an OpenID Connect provider as well; an identity there is linked by its holder, never by his e-mail.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_LABEL = env.str("OIDC_LABEL", default="")  # as the button names it
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "fa"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["intranet.ui.formats"]
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tehran"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"  # never served: files are reached through checked views only
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="intranet@localhost")

# The one address at which people reach the site: e-mails and PDFs link to it.
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env.str('PORT', default='8000')}")

WAGTAIL_SITE_NAME = "شبکه داخلی ستاد سمن‌ها"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "accounts:login"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one city: nobody is asked for his time zone
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_PASSWORD_RESET_ENABLED = False  # the site's own
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # the site's own: it ends the other sessions and is recorded
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # addresses are kept by the administrators
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "workflows.publication.publish_approved"
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILEMBEDS_FINDERS: list[str] = []  # a pasted link to a video asks nobody
WAGTAILDOCS_DOCUMENT_MODEL = "documents.Document"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "documents.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_IMAGE_MODEL = "documents.Image"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # a small file may unpack to far more
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin_backend"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation goes through its own workflow

# Search: an embedded index in a folder, or a server by SEARCH_URL=http://…:9200
SEARCH_URL = env.str("SEARCH_URL", default="")
SEARCH_INDEX_DIR = DATA_DIR / "index"
SEARCH_TIMEOUT = env.float("SEARCH_TIMEOUT", default=5.0)  # seconds in which a server must answer a reader
SEARCH_SHARDS = env.int("SEARCH_SHARDS", default=1)
SEARCH_REPLICAS = env.int("SEARCH_REPLICAS", default=0)
SEARCH_CA_FILE = env.str("SEARCH_CA_FILE", default="")
SEARCH_SPOOL_DIR = DATA_DIR / "spool"  # what was not found, on its way to the editors' report

# Requests a minute that the API answers: to one address, and to one person by session or token. An office's own proxy
# says whose address it is: CLIENT_ADDRESS_HEADER=HTTP_X_FORWARDED_FOR.
API_RATE_ANONYMOUS = env.int("API_RATE_ANONYMOUS", default=60)
API_RATE_SIGNED_IN = env.int("API_RATE_SIGNED_IN", default=300)
SEARCH_RATE_ANONYMOUS = env.int("SEARCH_RATE_ANONYMOUS", default=120)  # searches and suggestions a minute
SEARCH_RATE_SIGNED_IN = env.int("SEARCH_RATE_SIGNED_IN", default=300)
COMMENT_RATE = env.int(
    "COMMENT_RATE", default=60
)  # remarks and messages that one person sends in ten minutes
UPLOAD_RATE = env.int("UPLOAD_RATE", default=200)  # files that one person sends in ten minutes
# Official PDFs a minute; a page that waits for one asks every other second.
PDF_RATE_ANONYMOUS = env.int("PDF_RATE_ANONYMOUS", default=120)
PDF_RATE_SIGNED_IN = env.int("PDF_RATE_SIGNED_IN", default=240)
VERIFY_RATE = env.int("VERIFY_RATE", default=60)  # copies that one asks about in ten minutes
CLIENT_ADDRESS_HEADER = env.str("CLIENT_ADDRESS_HEADER", default="")

# Official copies: the certificate by which the institution signs them (PKCS#12), and the password of that file.
OFFICIAL_CERTIFICATE = env.str("OFFICIAL_CERTIFICATE", default="")
OFFICIAL_CERTIFICATE_PASSWORD = env.str("OFFICIAL_CERTIFICATE_PASSWORD", default="")

# The audit log: its heads are signed with a key that is not in the database (32 bytes, base64; else one is made in
# DATA_DIR/audit/key), kept in a file and sent to an address of the office. Its lines of JSON go to a file, or with
# AUDIT_LOG=- to standard error.
AUDIT_KEY = env.str("AUDIT_KEY", default="")
AUDIT_HEADS_FILE = env.str("AUDIT_HEADS_FILE", default=str(DATA_DIR / "audit" / "heads.jsonl"))
AUDIT_HEADS_MAIL = env.str("AUDIT_HEADS_MAIL", default="")
AUDIT_LOG = env.str("AUDIT_LOG", default=str(DATA_DIR / "audit" / "events.jsonl"))

# Demonstration accounts and content may be made; the production profile turns this off.
DEMONSTRATION_ALLOWED = True

SESSION_ENGINE = "intranet.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail's preview answers with SAMEORIGIN by itself

# The editing desk's own API knows people by their session alone: a name and password with each request would go past
# the second factor, the limits of sign-in and the CSRF token.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", NONCE],  # a nonce is in the header of a page whose template asks for it
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "frame-src": ["'self'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "bare": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "audit": {"class": "intranet.audit.log.LineHandler", "path": AUDIT_LOG, "formatter": "bare"},
    },
    "loggers": {"intranet.audit.events": {"handlers": ["audit"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://?max_entries=5000"),
    # Pages of results, some fifty kilobytes each: a few of each process (`search.keeping`).
    "search_results": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "search_results",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

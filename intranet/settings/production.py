"""The profile of the office: everything that matters must be said in the environment, or the start fails."""

from intranet.settings.base import *  # noqa: F403
from intranet.settings.base import env
from intranet.settings.database import database_from_url

SECRET_KEY = env.str("SECRET_KEY")
DATABASES = {"default": database_from_url(env.str("DATABASE_URL"))}
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = WAGTAILADMIN_BASE_URL = env.str("SITE_URL")
DEMONSTRATION_ALLOWED = False
SECOND_FACTOR_REQUIRED = True

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
CLIENT_ADDRESS_HEADER = env.str("CLIENT_ADDRESS_HEADER", default="HTTP_X_FORWARDED_FOR")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

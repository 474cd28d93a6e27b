"""The profile of the test suite: quick hashes, mail in memory, data in a folder of its own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="intranet-test-"))

from intranet.settings.base import *  # noqa: F403
from intranet.settings.base import DATA_DIR, env
from intranet.settings.database import database_from_url

SECRET_KEY = "only-for-the-test-suite-and-never-anywhere-else"  # noqa: S105
DATABASES = {
    "default": database_from_url(env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'test.sqlite3'}"))
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
Path(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)

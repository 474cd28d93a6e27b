"""The profile of the test suite: quick hashes, mail in memory, and a folder of its own for each process."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# The processes of one run (pytest-xdist, subprocesses) share a folder that goes when the first of them ends.
if "TEST_DATA_DIR" not in os.environ:
    os.environ["TEST_DATA_DIR"] = tempfile.mkdtemp(prefix="intranet-test-")
    atexit.register(shutil.rmtree, os.environ["TEST_DATA_DIR"], ignore_errors=True)
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["DATA_DIR"] = str(Path(os.environ["TEST_DATA_DIR"]) / _worker)

from intranet.settings.base import *  # noqa: F403
from intranet.settings.base import DATA_DIR, STORAGES, env
from intranet.settings.database import database_from_url

SECRET_KEY = "only-for-the-test-suite-and-never-anywhere-else"  # noqa: S105
DATABASES = {
    "default": database_from_url(env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'test.sqlite3'}"))
}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # the live server's threads come and go
if "init_command" in DATABASES["default"].get("OPTIONS", {}):
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if EMAIL_FILE_PATH := env.str("TEST_MAIL_DIR", default=""):  # so that a test can read what its processes sent
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)

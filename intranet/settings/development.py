"""The default profile: one machine, SQLite, embedded search, demonstration content."""

from intranet.settings.base import *  # noqa: F403
from intranet.settings.base import DATA_DIR, env
from intranet.settings.keys import key_from_file

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or key_from_file(DATA_DIR / "secret_key")

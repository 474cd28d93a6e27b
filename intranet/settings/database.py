"""How a database URL becomes Django's configuration: SQLite in WAL mode, or PostgreSQL."""

from typing import Any

import environ

_SQLITE_OPTIONS = {
    # Writers wait for each other instead of failing; a write transaction takes its lock when it begins.
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
}


def database_from_url(url: str) -> dict[str, Any]:
    """Return the `DATABASES` entry for `url` (`sqlite:///path` or `postgres://user@host/name`)."""
    config: dict[str, Any] = environ.Env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = dict(_SQLITE_OPTIONS)
    else:
        config["CONN_HEALTH_CHECKS"] = True
    # A connection costs more than a page's queries: SQLite reads the whole schema anew, and the last to close
    # folds the write-ahead log back into the file.
    config["CONN_MAX_AGE"] = 60
    return config

import os
import subprocess
import sys

import pytest

from intranet.settings.database import database_from_url

OFFICE = {
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz-_ABCDEFG",
    "DATABASE_URL": "postgres://intranet@localhost/intranet",
    "ALLOWED_HOSTS": "intranet.example",
    "SITE_URL": "https://intranet.example",
}


def manage(tmp_path, settings, *arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": f"intranet.settings.{settings}",
            "DATA_DIR": str(tmp_path),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_production_passes_the_deployment_check_without_a_warning(tmp_path):
    done = manage(tmp_path, "production", "check", "--deploy", "--fail-level", "WARNING", **OFFICE)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize("missing", OFFICE)
def test_production_without_a_setting_does_not_start(tmp_path, missing):
    given = {name: value for name, value in OFFICE.items() if name != missing}
    done = manage(tmp_path, "production", "check", **given)
    assert done.returncode != 0
    assert missing in done.stderr


def test_production_has_no_demonstration(tmp_path):
    code = "from django.conf import settings; print(settings.DEMONSTRATION_ALLOWED, settings.DEBUG)"
    done = manage(tmp_path, "production", "shell", "--no-imports", "-c", code, **OFFICE)
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_development_makes_its_key_beside_the_data(tmp_path):
    assert manage(tmp_path, "development", "check").returncode == 0
    assert len((tmp_path / "secret_key").read_text()) >= 50


def test_database_sqlite_in_wal_mode_with_writers_that_wait():
    entry = database_from_url("sqlite:////tmp/x.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in entry["OPTIONS"]["init_command"]


def test_database_postgresql_keeps_its_connections():
    entry = database_from_url("postgres://u:p@db.example:5433/n")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", 5433, "n")
    assert entry["CONN_MAX_AGE"] == 60
    assert entry["CONN_HEALTH_CHECKS"]

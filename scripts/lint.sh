#!/usr/bin/env bash
# Everything that is checked without running the site: style, types, import contracts, migrations, translations.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=.venv/bin
step() { printf '\n— %s\n' "$1"; }

step "style (ruff)"
$bin/python -m ruff check .
$bin/python -m ruff format --check .
step "types (mypy)"
$bin/python -m mypy .
step "which room may import which (import-linter)"
$bin/lint-imports --no-logo
step "migrations"
DJANGO_SETTINGS_MODULE=intranet.settings.test $bin/python manage.py makemigrations --check --dry-run
step "translations"
find intranet organizations documents workflows pages search locale -name '*.po' -print0 |
    while IFS= read -r -d '' catalogue; do msgfmt --check --output-file=/dev/null "$catalogue"; done
step "secrets in files"
$bin/python scripts/find_secrets.py
step "known weaknesses of the dependencies"
scripts/audit_dependencies.sh
step "settings for production"
SECRET_KEY=$($bin/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
    DATABASE_URL=postgres://intranet@localhost/intranet ALLOWED_HOSTS=intranet.example SITE_URL=https://intranet.example \
    DJANGO_SETTINGS_MODULE=intranet.settings.production $bin/python manage.py check --deploy --fail-level WARNING

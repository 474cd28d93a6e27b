#!/usr/bin/env bash
# Known weaknesses of the locked dependencies, by pip-audit, which asks its service about each: once a day, and when the
# lock has changed. Where the service does not answer or does not know them, this says so and passes.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! .venv/bin/python -c 'import pip_audit' 2>/dev/null; then
    echo "not audited: pip-audit is not installed"
    exit 0
fi
report=var/pip-audit/$(date +%F)-$(sha256sum <requirements.txt | cut -c1-16)
if [ ! -s "$report" ]; then
    mkdir -p var/pip-audit && rm -f var/pip-audit/*
    timeout 120 .venv/bin/python -m pip_audit --disable-pip --require-hashes --progress-spinner off --timeout 10 \
        -r requirements.txt >"$report" 2>&1
fi
locked=$(grep -cE '^[a-z0-9._-]+==' requirements.txt)
unknown=$(grep -c 'could not be audited' "$report")
if grep -qE '^Found [0-9]+ known' "$report"; then
    cat "$report"
    exit 1
elif ! grep -q 'No known vulnerabilities found' "$report"; then
    rm -f "$report" # asked again the next time
    echo "not audited: the service of pip-audit does not answer"
else
    echo "no known weakness in $((locked - unknown)) of $locked dependencies; of $unknown the service knows nothing"
fi

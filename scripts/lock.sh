#!/usr/bin/env bash
# Choose versions for requirements*.in and write them, with the hashes of every file, to requirements*.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ -x .bootstrap/bin/uv ] && PATH="$PWD/.bootstrap/bin:$PATH"
compile() { uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 --upgrade "$@"; }
compile requirements.in -o requirements.txt
compile requirements-dev.in -o requirements-dev.txt
echo 'uv>=0.9' | compile - -o scripts/uv.txt

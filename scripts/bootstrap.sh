#!/usr/bin/env bash
# Make the machine and `.venv` ready: `scripts/bootstrap.sh` for running, with `dev` for tests, with `bench` to measure.
# Safe to run again and to stop at any point: a step counts as done only once it has ended well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

purpose=${1:-run}
export PATH="${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}"
export HOME="${HOME:-$PWD/var/home}"
say() { printf '  • %s\n' "$*"; }
fail() { printf '\n  ✗ %s\n' "$@" >&2; exit 1; }

# --- what Debian must give -----------------------------------------------------------------------------------

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.11 python3 /usr/bin/python3.11 /usr/bin/python3 python3.13 python3.12; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

works() { "$@" >/dev/null 2>&1; }
# one start of Python for all: it costs more than what it looks for
look_for='
import ctypes, importlib.util
if not all(importlib.util.find_spec(name) for name in ("ensurepip", "venv")):
    print("python3-venv")
for library, package in (
    ("libpango-1.0.so.0", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
'

list_missing() {
    missing=()
    python=$(find_python)
    if [ -z "$python" ]; then
        missing+=(python3 python3-venv)
    else
        mapfile -t missing < <("$python" -c "$look_for" || echo python3-venv)
    fi
    if [ "$purpose" = dev ]; then
        works msgfmt --version || missing+=(gettext)
        command -v chromium >/dev/null || missing+=(chromium)
    elif [ "$purpose" = bench ]; then
        command -v wrk >/dev/null || missing+=(wrk)
    fi
}

install_packages() {
    local line="apt-get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        fail "These Debian packages are missing. Install them, then run the same command again:" \
            "  sudo $line"
    fi
    say "installing Debian packages: ${missing[*]}"
    local log=var/apt.log
    export DEBIAN_FRONTEND=noninteractive
    if ! $line >"$log" 2>&1; then
        apt-get update >>"$log" 2>&1 || true
        $line >>"$log" 2>&1 || { tail -n 5 "$log" >&2; fail "apt-get could not install them; the whole story is in $log"; }
    fi
}

mkdir -p var
list_missing
if [ ${#missing[@]} -gt 0 ]; then
    install_packages
    list_missing
    [ ${#missing[@]} -eq 0 ] || fail "still missing after the installation: ${missing[*]}"
fi

# --- the Python environment ----------------------------------------------------------------------------------

locks=(requirements.txt)
[ "$purpose" = dev ] && locks+=(requirements-dev.txt)
kind=run
[ "$purpose" = dev ] && kind=dev
stamp=.venv/.synced-$kind
wanted=$({ cat "${locks[@]}"; "$python" --version; pwd; } | sha256sum | cut -d' ' -f1)
# an environment for tests also serves to run the site
if [ "$purpose" != dev ] && [ -x .venv/bin/python ] && [ -f .venv/.synced-dev ]; then
    dev_wanted=$({ cat requirements.txt requirements-dev.txt; "$python" --version; pwd; } | sha256sum | cut -d' ' -f1)
    [ "$(cat .venv/.synced-dev)" = "$dev_wanted" ] && exit 0
fi
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

# uv does not read pip's configuration; a machine that has one for pip means it for uv too.
like_pip() { # option, variable of pip, variable of uv
    local value=${!2:-}
    [ -z "${!3:-}" ] || return 0
    [ -n "$value" ] || value=$(sed -nE "s/^(global|install)\.$1='(.*)'\$/\2/p" <<<"$pip_configuration" | tail -n 1)
    value=${value//'\n'/ }
    [ -z "$value" ] || export "$3=${value# }"
}

pip_python=$python
if ! works uv --version; then
    if ! works .bootstrap/bin/uv --version; then
        say "installing uv, which installs the rest"
        rm -rf .bootstrap
        "$python" -m venv .bootstrap
        .bootstrap/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes --only-binary :all: -r scripts/uv.txt
    fi
    pip_python=.bootstrap/bin/python
    export PATH="$PWD/.bootstrap/bin:$PATH"
fi
works "$pip_python" -m pip --version || pip_python=/usr/bin/python3
pip_configuration=$("$pip_python" -m pip config list 2>/dev/null) || pip_configuration=
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
like_pip index-url PIP_INDEX_URL UV_DEFAULT_INDEX
like_pip extra-index-url PIP_EXTRA_INDEX_URL UV_INDEX
like_pip cert PIP_CERT SSL_CERT_FILE
like_pip find-links PIP_FIND_LINKS UV_FIND_LINKS
# pip passes over a folder that is not there; uv would stop
[[ ${UV_FIND_LINKS:-} == *://* || -d ${UV_FIND_LINKS:-/} ]] || unset UV_FIND_LINKS
like_pip timeout PIP_DEFAULT_TIMEOUT UV_HTTP_TIMEOUT

say "installing Python packages into .venv"
rm -f .venv/.synced-*
works .venv/bin/python --version || uv venv --quiet --clear --python "$python" .venv
uv pip sync --quiet --python .venv/bin/python --require-hashes "${locks[@]}"
echo "$wanted" >"$stamp"

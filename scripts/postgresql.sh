#!/usr/bin/env bash
# Run a command with DATABASE_URL naming a PostgreSQL of its own: scripts/postgresql.sh COMMAND ARGUMENTS…
# The cluster lives in a temporary folder, listens on a free port of this machine only, and ends with the command.
set -euo pipefail

find_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
bin=$(find_bin)
if [ -z "$bin" ]; then
    line="apt-get install -y --no-install-recommends postgresql"
    if [ "$(id -u)" -ne 0 ]; then
        echo "PostgreSQL is missing. Install it, then run the same command again:  sudo $line" >&2
        exit 1
    fi
    # the package would start a server of its own, which nobody asked for
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    echo "  • installing Debian's postgresql"
    DEBIAN_FRONTEND=noninteractive $line >/dev/null 2>&1 ||
        { apt-get update >/dev/null && DEBIAN_FRONTEND=noninteractive $line >/dev/null; }
    bin=$(find_bin)
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/intranet-postgresql.XXXXXX")
as_owner=()
if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root
    chown postgres "$folder"
    as_owner=(setpriv --reuid postgres --regid postgres --init-groups)
fi
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
"${as_owner[@]}" "$bin/initdb" --pgdata="$folder/data" --username=intranet --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 >"$folder/initdb.log"
"${as_owner[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories="$folder" -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
    >"$folder/server.log" 2>&1 &
server=$!
cd - >/dev/null

end_server() {
    kill -INT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap end_server EXIT
trap 'exit 130' INT TERM

for _ in $(seq 100); do
    "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break
    kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; exit 1; }
    sleep 0.2
done
export DATABASE_URL="postgres://intranet@127.0.0.1:$port/postgres"
"$@"

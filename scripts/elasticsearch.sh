#!/usr/bin/env bash
# Run a command with SEARCH_URL naming an Elasticsearch of its own: scripts/elasticsearch.sh COMMAND ARGUMENTS…
# The server is the core distribution that Elastic publishes on Maven Central; it listens on a free port of this
# machine only, keeps its data in a temporary folder, and ends with the command.
set -euo pipefail

version=8.19.0
artifact="org.elasticsearch.distribution.integ-test-zip:elasticsearch:$version:zip"
zip="$HOME/.m2/repository/org/elasticsearch/distribution/integ-test-zip/elasticsearch/$version/elasticsearch-$version.zip"

# shellcheck source=scripts/java.sh
source "$(dirname "${BASH_SOURCE[0]}")/java.sh"
[ -e "$zip" ] || mvn -q dependency:get "-Dartifact=$artifact" -Dtransitive=false

folder=$(mktemp -d "${TMPDIR:-/tmp}/intranet-elasticsearch.XXXXXX")
python3 -m zipfile -e "$zip" "$folder"
home="$folder/elasticsearch-$version"
[ -d "$home" ] || home=$(dirname "$(find "$folder" -type d -name bin | head -n 1)")
chmod +x "$home"/bin/* "$home"/lib/tools/*/* 2>/dev/null || true
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >"$home/config/elasticsearch.yml" <<CONFIG
cluster.name: intranet-tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: $port
path.data: $folder/data
path.logs: $folder/logs
xpack.security.enabled: false
xpack.ml.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
# soon full, so that tests meet 429; two batches at once still pass
indexing_pressure.memory.limit: 12mb
CONFIG
as_owner=()
if [ "$(id -u)" -eq 0 ]; then # Elasticsearch refuses to run as root
    chown -R nobody "$folder"
    as_owner=(setpriv --reuid nobody --regid nogroup --clear-groups)
fi
ES_JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")") ES_JAVA_OPTS="-Xms1g -Xmx1g" \
    HOME="$folder" "${as_owner[@]}" "$home/bin/elasticsearch" >"$folder/server.log" 2>&1 &
server=$!

end_server() {
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap end_server EXIT
trap 'exit 130' INT TERM

for _ in $(seq 240); do
    python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/_cluster/health', timeout=5)" 2>/dev/null &&
        break
    kill -0 "$server" 2>/dev/null || { tail -n 40 "$folder/server.log" >&2; exit 1; }
    sleep 0.5
done
export SEARCH_URL="http://127.0.0.1:$port"
"$@"

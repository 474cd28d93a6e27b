# Sourced by the scripts that run a program of Java's: makes sure that there are Java 17 and Maven.
if ! command -v java >/dev/null || ! command -v mvn >/dev/null; then
    line="apt-get install -y --no-install-recommends openjdk-17-jre-headless maven"
    if [ "$(id -u)" -ne 0 ]; then
        echo "Java 17 and Maven are missing. Install them, then run the same command again:  sudo $line" >&2
        exit 1
    fi
    echo "  • installing Debian's openjdk-17-jre-headless and maven"
    DEBIAN_FRONTEND=noninteractive $line >/dev/null 2>&1 ||
        { apt-get update >/dev/null && DEBIAN_FRONTEND=noninteractive $line >/dev/null; }
fi

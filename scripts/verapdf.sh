#!/usr/bin/env bash
# Run a command with VERAPDF naming the folder of veraPDF's jars: scripts/verapdf.sh COMMAND ARGUMENTS…
# It is the validator of PDF/A and PDF/UA that the PDF Association keeps, from Maven Central.
# By hand: scripts/verapdf.sh sh -c 'java -cp "$VERAPDF/*" org.verapdf.apps.GreenfieldCliWrapper -f 3a FILE.pdf'
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/java.sh
source "$here/java.sh"

version=1.28.2
export VERAPDF="$HOME/.m2/verapdf-$version"
if [ ! -e "$VERAPDF/complete" ]; then
    mkdir -p "$VERAPDF"
    cat >"$VERAPDF/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>verapdf</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>$version</version>
  </dependency></dependencies>
</project>
POM
    mvn -q -B -f "$VERAPDF/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$VERAPDF"
    touch "$VERAPDF/complete"
fi
"$@"

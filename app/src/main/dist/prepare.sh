#!/bin/sh
# Trains a cache of loaded classes (JDK 25), from which later commands start in half the time, and an ingest sooner.
#
#   JAVA=/path/to/java prepare.sh
#
# Run it after every build. A cache that does not fit is left unused by the JVM.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

rm -f "$here/birdie.aot" "$here/birdie.aot.next"
"${JAVA:-java}" "@$here/birdie.options" -XX:AOTCacheOutput="$here/birdie.aot.next" \
  "-Dbirdie.root=$home" -jar "$here/birdie-app.jar" rehearse "$home" >/dev/null
mv "$here/birdie.aot.next" "$here/birdie.aot"

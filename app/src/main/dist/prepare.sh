#!/usr/bin/env bash
# prepare.sh JAVA: trains a cache of loaded classes, so that later starts take half the time. Run it
# after every build; the JVM ignores a cache that does not fit.
set -euo pipefail
dist=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
rm -f "$dist/birdie.aot"
"$1" -XX:AOTCacheOutput="$dist/birdie.aot" "@$dist/short.options" "-Dbirdie.root=$home" \
  -jar "$dist/birdie-app.jar" rehearse "$home"
test -s "$dist/birdie.aot"

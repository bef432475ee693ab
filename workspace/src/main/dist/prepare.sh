#!/bin/sh
# Trains an ahead-of-time cache of classes (JDK 25), so that the workspace starts in about half the time.
#
#   JAVA=/path/to/java prepare.sh
#
# writes workspace.aot beside this script. It serves as long as the java, jvm.options, and the jars stay what they
# are, and is used by starting with exactly this class path, whose one jar names all others:
#
#   java @jvm.options -XX:AOTCache=workspace.aot -cp birdie-workspace.jar ai.birdie.workspace.Main
#
# A cache that does not fit is left unused by the JVM; nothing but time is lost.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA:-java}

rm -f "$here/workspace.aot" "$here/workspace.aot.next"
"$java" "@$here/jvm.options" -XX:AOTCacheOutput="$here/workspace.aot.next" \
  -cp "$here/birdie-workspace.jar" ai.birdie.workspace.Main --train --rows 300 >/dev/null
mv "$here/workspace.aot.next" "$here/workspace.aot"

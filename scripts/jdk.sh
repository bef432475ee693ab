# Finds a JDK that is new enough, by its release file: starting each java to ask it would take
# longer than most commands of birdie. Sets JDK, or prints what is missing and exits with 69.

JDK_WANTED=25

jdk_version() { # DIR: prints the major version of the JDK there, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  local line
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=\"}
        printf '%s' "${line%%[!0-9]*}"
        return 0
        ;;
    esac
  done <"$1/release"
}

jdk_suits() { # DIR
  local version
  version=$(jdk_version "$1")
  [ -n "$version" ] && [ "$version" -ge "$JDK_WANTED" ]
}

no_jdk() { # WHAT
  echo "birdie needs a JDK $JDK_WANTED or newer; $1." >&2
  echo "Try: install one (for example Temurin $JDK_WANTED), or set BIRDIE_JDK to where it is." >&2
  exit 69
}

find_jdk() { # CACHE: a file that remembers the answer
  local cache=$1 home version seen="" on_path=""
  if [ -n "${BIRDIE_JDK:-}" ]; then
    jdk_suits "$BIRDIE_JDK" || no_jdk "BIRDIE_JDK names $BIRDIE_JDK, where there is none"
    JDK=$BIRDIE_JDK
    return 0
  fi
  if [ -r "$cache" ]; then
    IFS= read -r JDK <"$cache" || true
    if jdk_suits "$JDK"; then return 0; fi
  fi
  if command -v javac >/dev/null 2>&1; then
    on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] || continue
    if jdk_suits "$home"; then
      JDK=$home
      # a tree that cannot be written is no reason to fail: it is only searched again next time
      { mkdir -p "$(dirname "$cache")" && printf '%s\n' "$JDK" >"$cache"; } 2>/dev/null || true
      return 0
    fi
    version=$(jdk_version "$home")
    case " $seen " in *" $version "*) ;; *) seen="$seen $version" ;; esac
  done
  if [ -n "$seen" ]; then no_jdk "found only:$seen"; else no_jdk "found none"; fi
}

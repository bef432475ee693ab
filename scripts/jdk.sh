# Finds a JDK that is new enough, by its release file: starting each java to ask it would take
# longer than most commands of birdie. Sets JDK, or prints what is missing and exits with 69.

JDK_WANTED=25

jdk_version() { # DIR: prints the major version, or nothing
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

find_jdk() { # CACHE: a file that remembers the answer
  local cache=$1 home version seen=""
  if [ -z "${BIRDIE_JDK:-}" ] && [ -r "$cache" ]; then
    IFS= read -r JDK <"$cache" || true
    if [ -x "$JDK/bin/java" ]; then return 0; fi
  fi
  local on_path=""
  if command -v javac >/dev/null 2>&1; then
    on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  for home in "${BIRDIE_JDK:-}" "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] || continue
    version=$(jdk_version "$home")
    [ -n "$version" ] || continue
    if [ "$version" -ge "$JDK_WANTED" ]; then
      JDK=$home
      mkdir -p "$(dirname "$cache")"
      printf '%s\n' "$JDK" >"$cache"
      return 0
    fi
    case " $seen " in *" $version "*) ;; *) seen="$seen $version" ;; esac
  done
  {
    echo "birdie needs a JDK $JDK_WANTED or newer; $([ -n "$seen" ] && echo "found only:$seen" || echo "found none")."
    echo "Try: install one (for example Temurin $JDK_WANTED), or set BIRDIE_JDK to where it is."
  } >&2
  exit 69
}

#!/bin/sh
# Installs Skep's connector and command line for the user who runs this; nothing needs root.
#   curl -fsSL @QUEEN@/connector/install.sh | sh
# SKEP_HOME says where to (default ~/.skep). SKEP_QUEEN_CERT=FILE trusts that certificate (PEM) for the download.
set -eu

queen='@QUEEN@'
version='@VERSION@'
wire='@WIRE@'
sha256='@SHA256@'
size='@SIZE@'
signature='@SIGNATURE@'
key='@PUBLIC_KEY@'
fingerprint='@FINGERPRINT@'

die() {
  printf 'install: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '  next: %s\n' "$2" >&2
  exit 1
}

say() { printf '%s\n' "$*" >&2; }

has() { command -v "$1" >/dev/null 2>&1; }

check_java() {
  has java || die 'Java 17 or newer is missing' 'Debian, Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17'
  major=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${major:-0}" -ge 17 ] || die "Java 17 or newer is needed, this one is ${major:-unknown}" 'install Java 17 and put it first on the PATH'
}

# What is there already of the file is kept, so a second run goes on where the first one stopped.
download() {
  url=$queen/api/connector/download
  if has curl; then
    set -- -fL --retry 3 --connect-timeout 20 -C - -o "$part"
    [ -t 2 ] && set -- "$@" --progress-bar || set -- "$@" -sS
    [ -z "${SKEP_QUEEN_CERT:-}" ] || set -- "$@" --cacert "$SKEP_QUEEN_CERT"
    curl "$@" "$url"
  elif has wget; then
    wget -q -c -O "$part" "$url"
  else
    die 'neither curl nor wget is there' 'install one of them'
  fi
}

fetch() {
  if [ -f "$jar" ] && [ "$(sum_of "$jar")" = "$sha256" ]; then
    say "Skep $version is here already; checksum ok"
    return 0
  fi
  say "downloading Skep $version ($size bytes) from $queen"
  [ "$(bytes_of "$part")" -le "$size" ] || rm -f "$part"
  [ "$(bytes_of "$part")" -eq "$size" ] || download || die 'the download broke off' 'run this again: it goes on where it stopped'
  [ "$(sum_of "$part")" = "$sha256" ] || { rm -f "$part"; die 'the checksum does not hold; the file is removed' 'run this again; if it stays so, tell the operator of the queen'; }
  say 'checksum ok'
  mv "$part" "$jar"
}

bytes_of() { if [ -f "$1" ]; then wc -c <"$1" | tr -d ' '; else echo 0; fi; }

sum_of() {
  if has sha256sum; then sha256sum <"$1" | cut -d' ' -f1
  elif has shasum; then shasum -a 256 <"$1" | cut -d' ' -f1
  else openssl dgst -sha256 <"$1" | sed 's/.* //'; fi
}

check_signature() {
  if ! has openssl || ! openssl pkeyutl -help 2>&1 | grep -q -e -rawin; then
    say 'signature not checked: openssl 3 is not there (the checksum was)'
    return 0
  fi
  printf 'skep-connector 1\nversion %s\nwire %s\nsha256 %s\nsize %s\n' "$version" "$wire" "$sha256" "$size" >"$work/manifest"
  printf -- '-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n' "$key" >"$work/key"
  printf '%s' "$signature" | openssl base64 -d -A >"$work/signature"
  openssl pkeyutl -verify -pubin -inkey "$work/key" -rawin -in "$work/manifest" -sigfile "$work/signature" >/dev/null 2>&1 ||
    die 'the signature does not hold; nothing was installed' 'tell the operator of the queen'
  say "signature ok, release key $fingerprint"
}

# The key of the first install from a queen is the only one that later versions may be signed with.
pin_key() {
  pins=$home/release-keys
  known=$(awk -v queen="$queen" '$1 == queen { print $2; exit }' "$pins" 2>/dev/null || true)
  [ -n "$known" ] || printf '%s %s\n' "$queen" "$key" >>"$pins"
  [ "${known:-$key}" = "$key" ] || die "the queen's release key is not the one of the first install" "ask her operator; if the new key is right, remove her line from $pins"
}

place() {
  ln -sf "$(basename "$jar")" "$home/lib/skep.jar"
  launcher >"$home/bin/skep.new"
  chmod 755 "$home/bin/skep.new"
  mv "$home/bin/skep.new" "$home/bin/skep"
  ln -sf skep "$home/bin/script"
  keep_queen
}

# Whoever has a queen already keeps her as the default.
keep_queen() {
  default=$(sed -n 's/^queen=//p' "$home/config.properties" 2>/dev/null | head -n 1)
  if [ -z "$default" ]; then
    printf 'queen=%s\n' "$queen" >>"$home/config.properties"
  elif [ "$default" != "$queen" ]; then
    say "the default queen stays $default ($home/config.properties); for this one: --queen $queen"
  fi
}

launcher() {
  printf '#!/bin/sh\n# Runs the version of Skep that lib/skep.jar leads to.\nhome=%s\n' "$(quoted "$home")"
  cat <<'END'
jar=$home/lib/$(readlink "$home/lib/skep.jar") || { echo "skep: $home/lib/skep.jar is gone; install again" >&2; exit 5; }
SKEP_HOME=${SKEP_HOME:-$home}
export SKEP_HOME
exec java -Xms8m -Xmx160m -Xss512k -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -XX:CICompilerCount=1 -XX:-UsePerfData -Xshare:auto -Xlog:disable -Xlog:all=warning:stderr \
  -Dskep.install="$home" -jar "$jar" "$@"
END
}

quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }

tell() {
  say "installed: $("$home/bin/skep" --version)"
  case ":$PATH:" in
    *":$home/bin:"*) say 'next: skep evaluate' ;;
    *) say "next: export PATH=\"$home/bin:\$PATH\" && skep evaluate" ;;
  esac
}

main() {
  check_java
  umask 077
  home=${SKEP_HOME:-$HOME/.skep}
  mkdir -p "$home/bin" "$home/lib"
  home=$(cd "$home" && pwd -P)
  part=$home/lib/skep-$sha256.part
  jar=$home/lib/skep-$(printf %.12s "$sha256").jar
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  fetch
  check_signature
  pin_key
  place
  tell
}

# All in one function, called on the last line: a script that was cut off on its way does nothing.
main

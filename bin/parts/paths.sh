# Sourced by the commands in bin/: where the repository, the unpacked server and the tools of the contracts lie.
# shellcheck shell=bash
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

say() {
  printf '%s\n' "$*" >&2
}

# The root POM is the only place that names versions.
version_of() {
  sed -n "s:.*<$1.version>\(.*\)</$1.version>.*:\1:p" "$repository/pom.xml"
}

# Root keeps the server where the database's own user may read it, which is not under /root.
cache_root() {
  if [[ -n ${SKEP_CACHE:-} ]]; then
    echo "$SKEP_CACHE"
  elif [[ $EUID -eq 0 ]]; then
    echo /var/cache/skep
  else
    echo "${XDG_CACHE_HOME:-$HOME/.cache}/skep"
  fi
}

# shellcheck disable=SC2034 # for the commands that source this
cache="$(cache_root)/payara-$(version_of payara)-postgresql-$(version_of postgres-binaries)-driver-$(version_of postgresql)"
# PostgreSQL refuses to run as root, so root runs it as this user.
database_user() { echo skep-db; }

cpu() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64 | arm64) echo arm64 ;;
    *) die "no PostgreSQL and anvil binaries are known for the processor $(uname -m); use Linux on amd64 or arm64" ;;
  esac
}

# foundry NAME: anvil or forge, from the environment (ANVIL_BIN, FORGE_BIN), from contracts/ or from the PATH.
foundry() {
  local chosen=${1^^}_BIN
  local packaged
  packaged=$repository/contracts/node_modules/@foundry-rs/$1-linux-$(cpu)/bin/$1
  if [[ -n ${!chosen:-} ]]; then
    echo "${!chosen}"
  elif [[ -x $packaged ]]; then
    echo "$packaged"
  else
    command -v "$1" || true
  fi
}

# Sourced by the benches: options, a server of their own, a pool with its connector, and the load of the machine.
# shellcheck shell=bash
# shellcheck source=../bin/parts/paths.sh
. "$(dirname "${BASH_SOURCE[0]}")/../bin/parts/paths.sh"
cd "$repository" || exit

work=$repository/target/bench
home=${SKEP_BENCH_HOME:-$HOME/.skep/bench}
json=false
connector='' portal='' pool=''

# read_options ARGUMENT...: --json, and --NAME VALUE for each name that the bench gave a default in options.
read_options() {
  while [[ $# -gt 0 ]]; do
    if [[ $1 == --json ]]; then
      json=true
    else
      [[ $1 == --* && -n ${options[${1#--}]:-} && $# -gt 1 ]] || die "unknown option $1"
      options[${1#--}]=$2
      shift
    fi
    shift
  done
}

as() {
  local person=$1
  shift
  MNEMONIC="" SKEP_HOME=$work/$person SKEP_QUEEN=$portal bin/script "$@"
}

# start PERSON ARGUMENT...: the same in the background, as process $started and no other.
start() {
  (
    export MNEMONIC="" SKEP_HOME=$work/$1 SKEP_QUEEN=$portal
    exec bin/script "${@:2}"
  ) &
  started=$!
}

clean_up() {
  local status=$?
  [[ -z $connector ]] || { kill "$connector" 2>/dev/null && wait "$connector" 2>/dev/null || true; }
  [[ -z $portal ]] || bin/queen stop --home "$home" >&2 || true
  exit "$status"
}

# A server without a past at $portal and, by TLS, at $secure_portal.
start_queen() {
  trap clean_up EXIT
  bin/setup >&2
  mvn -q -B -DskipTests package >&2
  bin/image python >/dev/null
  [[ ! -d $home/run ]] || bin/queen stop --home "$home" >&2
  rm -rf "$home" "$work"
  mkdir -p "$work"
  local base_port=${options["base-port"]}
  portal=http://localhost:$((base_port + 80))
  # shellcheck disable=SC2034 # for the benches
  secure_portal=https://localhost:$((base_port + 81))
  bin/queen start --home "$home" --base-port "$base_port" >&2
}

# open_pool JOB CONFIG SLOTS [OPTION]...: a pool at $pool whose slots are all warm in the connector $connector.
open_pool() {
  local job=$1 config=$2 slots=$3 deadline
  shift 3
  pool=$(as owner pool new --config "$config" --job "$job" --limit "$slots" --json | jq -re .id)
  start provider pool join "$pool" -n "$slots" "$@" >"$work/provider.log" 2>&1
  connector=$started
  deadline=$((SECONDS + 240))
  until as owner pool show "$pool" --json | jq -e "[.slots[] | select(.state == \"WARM\")] | length == $slots" >/dev/null; do
    [[ $SECONDS -lt $deadline ]] || die "no $slots warm slots after 240 s: see $work/provider.log"
    sleep 1
  done
}

# The load generators share the cores with what they measure, so they compile once and have one collector.
lean_java() { java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"; }

load() { echo "load of the machine $1: $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) cores" >&2; }

# table RESULT FILTER: what people read, on stderr; the result itself, with --json, on stdout.
table() {
  jq -r "$2" <<<"$1" >&2
  if $json; then jq -c . <<<"$1"; fi
}

# resident PID: its memory in MiB.
resident() { awk '/^VmRSS/ {printf "%d", $2 / 1024}' "/proc/$1/status"; }

# paid_jobs: how many jobs the pool paid, by its price per job.
paid_jobs() {
  local shown
  shown=$(as owner pool show "$pool" --json)
  echo $(($(jq -re .spent <<<"$shown") / $(jq -re .price.perJob <<<"$shown")))
}

# connector_bench CLASS LINE [PROPERTY]...: runs a bench of the connector alone and gives the line it prints.
connector_bench() {
  local class=$1 line=$2 log=$work/$1.log
  shift 2
  mkdir -p "$work"
  bin/image python >/dev/null
  load before
  mvn -B -ntp -Pit -pl provider-connector -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false "-Dit.test=$class" \
    -Dfailsafe.failIfNoSpecifiedTests=false "$@" >"$log" 2>&1 || { tail -20 "$log" >&2; die "$class failed: see $log"; }
  load after
  grep -h "^$line" "$log" || die "$class printed no line \"$line\": see $log"
}

# figures LINE NAME...: the numbers of a line as JSON, under these names.
figures() {
  local line=$1
  shift
  grep -oP '(?<![a-z0-9.])[0-9]+(\.[0-9]+)?' <<<"$line" | jq -sc --args '[$ARGS.positional, .] | transpose | map({(.[0]): .[1]}) | add' "$@"
}

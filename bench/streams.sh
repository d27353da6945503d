#!/usr/bin/env bash
# Streamed calls through client, queen and connector on one plane, with the fake runtime, so that the way is measured and not the
# jobs: first --streams calls held open at once that tell the time every second, then 1 MB a call, --at-once of them at a time.
set -euo pipefail
# shellcheck source=parts.sh
. "$(dirname "${BASH_SOURCE[0]}")/parts.sh"
declare -A options=([streams]=2000 [calls]=1500 [at-once]=16 [base-port]=18000)
read_options "$@"
start_queen
token=$(as owner wallet token --json | jq -re .token)
server=$(head -1 "$home/run/payara.pid")

# seconds_of PID: the processor time it has used.
seconds_of() { awk '{print ($14 + $15) / 100}' "/proc/$1/stat"; }

# measure JOB CALLS AT_ONCE: the client's figures, and what queen and connector used meanwhile.
measure() {
  local queen_before connector_before figures
  open_pool "bench/streams/$1" bench/streams/pool.yml "$3" --runtime fake
  load "before $1"
  queen_before=$(seconds_of "$server") connector_before=$(seconds_of "$connector")
  figures=$(lean_java bench/streams/StreamsBench.java "$portal/pools/$pool" "$token" "$2" "$3")
  load "after $1"
  jq -c --argjson a "$queen_before" --argjson b "$(seconds_of "$server")" --argjson c "$connector_before" \
    --argjson d "$(seconds_of "$connector")" '. + {cpuSeconds: {queen: ($b - $a), connector: ($d - $c), client: .clientCpuSeconds}} |
    del(.clientCpuSeconds)' <<<"$figures" >"$work/$1.json"
  kill "$connector" && wait "$connector" || true
  connector=''
}

measure many.py "${options[streams]}" "${options[streams]}"
measure bulk.py 300 "${options[at-once]}" # a fresh server compiles itself meanwhile
measure bulk.py "${options[calls]}" "${options[at-once]}"
result=$(jq -c --slurpfile many "$work/many.py.json" --slurpfile bulk "$work/bulk.py.json" -n '{many: $many[0], bulk: $bulk[0]}')
table "$result" '
  "\(.many.streamsAtOnce) streams at once   failed \(.many.failed)   a part on its way p50 \(.many.partMillis.p50) ms   p99 \(.many.partMillis.p99) ms",
  "\(.bulk.megabytesPerSecond) MB/s (\(.bulk.jobs) calls of 1 MB)   failed \(.bulk.failed)   processor seconds: queen \(.bulk.cpuSeconds.queen), connector \(.bulk.cpuSeconds.connector), client \(.bulk.cpuSeconds.client)"'
jq -e --argjson streams "${options[streams]}" '.many.streamsAtOnce == $streams and .many.failed == 0 and .bulk.failed == 0' \
  <<<"$result" >/dev/null || die "not every stream was held or told to its end: $result"

#!/usr/bin/env bash
# One POST per job over TLS, JMS over TLS, hardened containers, a price above zero, 1 KB echo. The load generator is a process of
# its own. Prints latency of one job after the other, the rate with N in flight, and whether receipts and answers agree.
set -euo pipefail
# shellcheck source=parts.sh
. "$(dirname "${BASH_SOURCE[0]}")/parts.sh"
declare -A options=([slots]=4 [in-flight]=32 [seconds]=30 [warm-up]=100 [base-port]=18000)
read_options "$@"
start_queen
open_pool bench/echo/job.py bench/echo/pool.yml "${options[slots]}"

token=$(as owner wallet token --json | jq -re .token)
load before
result=$(lean_java bench/JobsBench.java "$secure_portal/pools/$pool" "$token" "$home/tls/queen.crt" \
  300 "${options[in-flight]}" "${options[seconds]}" "${options[warm-up]}")
load after
result=$(jq -c --argjson receipts "$(paid_jobs)" '. + {receipts: $receipts}' <<<"$result")
table "$result" '
  "one after the other   p50 \(.sequential.p50Ms) ms   p99 \(.sequential.p99Ms) ms",
  "\(.inFlight) in flight          \(.jobsPerSecond) jobs/s   p50 \(.inFlightP50Ms) ms   p99 \(.inFlightP99Ms) ms",
  "answers 2xx           \(.answered)   receipts \(.receipts)"'
jq -e '.receipts == .answered' <<<"$result" >/dev/null || die "answers and receipts differ"

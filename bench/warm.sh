#!/usr/bin/env bash
# Warm Python calls of 1 KB over the Unix socket inside the connector, in the real sandbox; fails when their median is above --most us.
set -euo pipefail
# shellcheck source=parts.sh
. "$(dirname "${BASH_SOURCE[0]}")/parts.sh"
declare -A options=([most]=60)
read_options "$@"
line=$(connector_bench WarmCallBenchIT "warm call of 1024 bytes" "-Dskep.bench.warmMicros=${options[most]}")
result=$(figures "$line" bytes p50Micros p99Micros firstStartMs)
table "$result" '"warm call of \(.bytes) bytes   p50 \(.p50Micros) us   p99 \(.p99Micros) us   (first start \(.firstStartMs) ms)"'

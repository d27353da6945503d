#!/usr/bin/env bash
# From nothing to the first answer against "docker run --rm" of the same image, in turns; fails when the ratio of medians is above 1.5.
set -euo pipefail
# shellcheck source=parts.sh
. "$(dirname "${BASH_SOURCE[0]}")/parts.sh"
declare -A options=([rounds]=15)
read_options "$@"
line=$(connector_bench ColdStartBenchIT "cold start to first answer" "-Dskep.bench.rounds=${options[rounds]}")
result=$(figures "$line" coldMs dockerMs ratio)
table "$result" '"cold start to first answer   \(.coldMs) ms   docker run --rm   \(.dockerMs) ms   ratio \(.ratio)"'

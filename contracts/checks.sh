#!/bin/bash
# What `forge test` alone does not hold: each invariant handler mostly succeeds, gas is what the snapshot says, and
# the tests reach 95 % of the lines. checks.sh [--long]: the campaign of 128,000 calls.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

forge=(node_modules/@foundry-rs/forge-*/bin/forge)
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
least=95
[[ "${1:-}" != --long ]] || export FOUNDRY_PROFILE=long

# A remembered failure would be replayed instead of running the whole campaign.
rm -rf cache/invariant
"${forge[0]}" test --match-contract Invariant --json > "$work/campaign.json"
node campaign.js "$work/campaign.json"

FORGE_SNAPSHOT_CHECK=true "${forge[0]}" test --match-contract Gas

"${forge[0]}" coverage --report lcov --report-file "$work/lcov" --no-match-contract 'Invariant|Gas' > "$work/log" 2>&1 \
  || { cat "$work/log" >&2; exit 1; }
awk -F: -v least="$least" '
  /^SF:/ { file = $2 } /^LF:/ { if (file ~ /^src/) found += $2 } /^LH:/ { if (file ~ /^src/) hit += $2 }
  END { printf "%.1f %% of %d lines covered\n", 100 * hit / found, found; exit hit < least * found / 100 }' "$work/lcov"

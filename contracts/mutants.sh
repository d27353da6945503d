#!/bin/bash
# Takes each guard out of KingLedger, one at a time, in a copy: a copy whose tests still pass is a
# guard that no test holds. Prints one line per guard; fails when one survives. Takes minutes.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
cp -r src test foundry.toml solc-wrap.sh solc-wrap.js "$copy"
ln -s "$PWD/node_modules" "$copy/node_modules"
forge=("$PWD"/node_modules/@foundry-rs/forge-*/bin/forge)

survivors=0
mapfile -t guards < <(grep -o 'revert [A-Za-z]*' src/KingLedger.sol | cut -d' ' -f2 | sort -u)
for guard in "${guards[@]}"; do
  sed "/revert $guard(/d" src/KingLedger.sol > "$copy/src/KingLedger.sol"
  rm -rf "$copy"/cache/invariant "$copy"/cache/fuzz
  log="$copy/$guard.log"
  if (cd "$copy" && "${forge[0]}" test > "$log" 2>&1); then
    echo "SURVIVED $guard"
    survivors=$((survivors + 1))
  elif grep -q 'Compiler run failed' "$log"; then
    echo "DID NOT COMPILE $guard"
    survivors=$((survivors + 1))
  else
    echo "killed $guard"
  fi
done
exit "$((survivors > 0))"

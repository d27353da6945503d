#!/bin/bash
# Takes each guard out of the ledger, one at a time, in a copy: a guard whose absence no test notices is one
# that no test holds. All of them are compiled once. Prints one line per guard; fails when one survives.
# mutants.sh [STEP]: only every STEP-th guard.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
cp -r src test foundry.toml solc-wrap.sh solc-wrap.js "$copy"
ln -s "$PWD/node_modules" "$copy/node_modules"
# Gas changes with the switches, and invariants would take minutes; unit tests must hold every guard.
rm "$copy"/test/Gas.t.sol "$copy"/test/*invariant* "$copy"/test/Handler.sol
forge=("$PWD"/node_modules/@foundry-rs/forge-*/bin/forge)
mapfile -t guards < <(node mutants.js src "$copy/src")
cd "$copy"

# Fuzzing and sheer numbers find nothing here that the examples do not.
suite=("${forge[0]}" test --no-match-test 'testFuzz|aThousand' --no-match-contract SkepToken)
"${suite[@]}" > all.log 2>&1 || { cat all.log; echo "mutants.sh: the tests fail with all guards in place"; exit 1; } >&2

survivors=0
step="${1:-1}"
for ((i = 0; i < ${#guards[@]}; i += step)); do
  coinbase=$(printf '0x%040x' "$((i + 1))")
  if FOUNDRY_BLOCK_COINBASE=$coinbase "${suite[@]}" --fail-fast > "$i.log" 2>&1; then
    echo "SURVIVED ${guards[i]}"
    survivors=$((survivors + 1))
  else
    grep -q 'FAIL' "$i.log" || { cat "$i.log" >&2; exit 1; }
    echo "killed $(sed -n 's/.*FAIL.*\] \(test[A-Za-z_]*\)().*/\1/p' "$i.log" | head -1): ${guards[i]}"
  fi
done
echo "${#guards[@]} guards, every $step. of them tried, $survivors held by no test"
exit "$((survivors > 0))"

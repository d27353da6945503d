#!/bin/bash
# Compiles and tests the contracts and writes what Java needs of them, the layout of the ledger's storage and what
# calls cost. With --check nothing is written: the committed files are compared with a fresh compile.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

mode="${1:-write}"
artifacts=../chain/src/main/resources/dev/skep/chain/contracts

[[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --ignore-scripts --no-audit --no-fund >&2

forge=(node_modules/@foundry-rs/forge-*/bin/forge)
[[ -x "${forge[0]}" ]] || { echo "build.sh: npm has no forge for this platform" >&2; exit 1; }

if [[ "$mode" == --check ]]; then
  # A compile of its own, so that a stale cache cannot pass.
  fresh="$(mktemp -d)"
  trap 'rm -rf "$fresh"' EXIT
  "${forge[0]}" build --force --skip test --out "$fresh/out" --cache-path "$fresh/cache" >&2
  node artifacts.js "$fresh/out" "$fresh/artifacts" "$fresh/layout.json"
  { diff -r "$fresh/artifacts" "$artifacts" && diff "$fresh/layout.json" layout.json; } >&2 || { echo "build.sh: run contracts/build.sh and commit" >&2; exit 1; }
else
  # A remembered failure would be replayed instead of running the whole campaign.
  rm -rf cache/invariant cache/fuzz
  "${forge[0]}" test
  node artifacts.js out "$artifacts" layout.json
fi

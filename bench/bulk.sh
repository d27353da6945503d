#!/usr/bin/env bash
# 100,000 inputs of 1 KB through "skep pool run" and real containers: lines a second, memory of client, queen and connector at a
# quarter, half, three quarters and the end of the output, and whether every line was answered and paid once.
set -euo pipefail
# shellcheck source=parts.sh
. "$(dirname "${BASH_SOURCE[0]}")/parts.sh"
declare -A options=([lines]=100000 [slots]=4 [base-port]=18000)
read_options "$@"
lines=${options[lines]}
start_queen
open_pool bench/echo/job.py bench/echo/pool.yml "${options[slots]}"

inputs=$work/in.jsonl output=$work/out.jsonl
awk -v lines="$lines" 'BEGIN {
  pad = sprintf("%1000s", ""); gsub(/ /, "x", pad)
  for (n = 1; n <= lines; n++) printf "{\"n\":%d,\"pad\":\"%s\"}\n", n, pad
}' >"$inputs"
size=$(stat -c %s "$inputs")
server=$(head -1 "$home/run/payara.pid")
rows=$work/memory.tsv

load before
begin=$EPOCHREALTIME
start client pool run "$pool" --inputs "$inputs" --output "$output" >"$work/client.log" 2>&1
client=$started
# The answers are the inputs, so the size of the output tells how far the run is.
for share in 25 50 75 98; do
  until [[ $(stat -c %s "$output.part" 2>/dev/null || echo 0) -ge $((size * share / 100)) || -f $output ]]; do
    kill -0 "$client" 2>/dev/null || break
    sleep 0.2
  done
  printf '%d\t%d\t%d\t%d\n' "$share" "$(resident "$client")" "$(resident "$server")" "$(resident "$connector")" >>"$rows" || true
done
wait "$client" || die "the run failed: see $work/client.log"
seconds=$(awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.1f", b - a}')
load after
cmp "$inputs" "$output" || die "the answers are not the inputs"

result=$(jq -Rsc --argjson lines "$lines" --argjson seconds "$seconds" --argjson paid "$(paid_jobs)" '
  {lines: $lines, seconds: $seconds, linesPerSecond: ($lines / $seconds | floor), paid: $paid,
   memoryMiB: (rtrimstr("\n") | split("\n") | map(split("\t") | map(tonumber) |
     {percent: .[0], client: .[1], queen: .[2], connector: .[3]}))}' "$rows")
table "$result" '
  "\(.lines) lines   \(.seconds) s   \(.linesPerSecond) lines/s   paid \(.paid)",
  "done   client   queen   connector (MiB resident)",
  (.memoryMiB[] | "\(.percent) %   \(.client)   \(.queen)   \(.connector)")'
[[ $(paid_jobs) -eq $lines ]] || die "$lines lines but $(paid_jobs) paid"

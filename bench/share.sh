#!/usr/bin/env bash
# Ten slots of one pool on one machine: what docker inspect says of their images and model mounts, and what they cost in memory and
# disk. Fails when they do not share one image and one read-only model.
set -euo pipefail
# shellcheck source=parts.sh
. "$(dirname "${BASH_SOURCE[0]}")/parts.sh"
declare -A options=([slots]=10 [megabytes]=256 [base-port]=18000)
read_options "$@"
slots=${options[slots]}
start_queen
model=$work/provider/models/bench--weights
mkdir -p "$model"
head -c "${options[megabytes]}M" /dev/urandom >"$model/weights.bin"
chmod -R o+rX "$work/provider/models"

available() { awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo; }
load before
before=$(available)
open_pool bench/share/job.py bench/share/pool.yml "$slots"
load after
after=$(available)

mapfile -t slots_of_pool < <(as owner pool show "$pool" --json | jq -re '.slots[].containerId')
containers=$(docker inspect --size "${slots_of_pool[@]}" | jq -c '[.[] | {
  image: .Image, writtenBytes: .SizeRw,
  model: [.Mounts[] | select(.Destination | test("snapshots")) | {source: .Source, writable: .RW}]}]')
image=$(jq -re '.[0].image' <<<"$containers")
memory=$(docker stats --no-stream --format '{{.MemUsage}}' "${slots_of_pool[@]}" | awk '
  {n = $1; sub(/[KMG]?i?B$/, "", n); sum += $1 ~ /Gi/ ? n * 1024 : $1 ~ /Mi/ ? n : n / 1024} END {printf "%.0f", sum}')
result=$(jq -c --argjson image "$(docker image inspect -f '{{.Size}}' "$image")" --argjson memory "$memory" \
  --argjson machine "$((before - after))" --argjson model "${options[megabytes]}" '
  {slots: length, images: (map(.image) | unique), models: (map(.model[]) | unique), imageMB: ($image / 1e6 | floor), modelMiB: $model,
   writtenBytes: (map(.writtenBytes) | add), containersMiB: $memory, machineMiB: $machine}' <<<"$containers")
table "$result" '
  "\(.slots) slots   \(.images | length) image of \(.imageMB) MB   \(.models | length) model of \(.modelMiB) MiB, writable: \(.models | map(.writable))",
  "on disk besides: \(.writtenBytes) bytes written in all containers",
  "in memory: \(.containersMiB) MiB in all containers, \(.machineMiB) MiB less available on the machine (connector included)"'
jq -e '(.images | length) == 1 and (.models | map(.source) | length) == 1 and (.models | all(.writable | not))' <<<"$result" >/dev/null ||
  die "the slots do not share: $result"

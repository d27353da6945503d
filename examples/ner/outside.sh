#!/bin/bash
# outside.sh: what the program answers without Skep: the same image, model and program in a plain container.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
revision=$(printf '0%.0s' {1..40})
name=hub/models--dslim--bert-base-NER

cache=$(mktemp -d)
trap 'rm -rf "$cache"' EXIT
mkdir -p "$cache/$name/refs" "$cache/$name/snapshots/$revision"
printf %s "$revision" >"$cache/$name/refs/main"
chmod -R go+rX "$cache"
mount() { echo "--mount type=bind,source=$1,target=$2,readonly"; }
# shellcheck disable=SC2046 # each mount is two words
docker run --rm --network none --tmpfs /tmp --env HF_HOME=/models --env HF_HUB_OFFLINE=1 --env PYTHONPATH=/sdk \
  $(mount "$cache" /models) $(mount "$here/model" "/models/$name/snapshots/$revision") \
  $(mount "$here/job.py" /job.py) $(mount "$here/../../sdk/python" /sdk) \
  --entrypoint python3 skep/ner /job.py --input '{}'

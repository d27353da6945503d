#!/bin/bash
# train.sh: trains the small stand-in for the model into ./model, in a container without network; does nothing when it is there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
model=$here/model

[[ ! -f $model/config.json ]] || exit 0
fresh=$(mktemp -d "$here/.model-XXXXXX")
trap 'rm -rf "$fresh"' EXIT
chmod 777 "$fresh"
docker run --rm --network none --cap-drop ALL --memory 2g --tmpfs /tmp --user "$(id -u):$(id -g)" \
  --mount "type=bind,source=$here/train.py,target=/train.py,readonly" --mount "type=bind,source=$fresh,target=/out" \
  --entrypoint python3 skep/ner /train.py /out
chmod -R u=rwX,go=rX "$fresh"
rm -rf "$model"
mv "$fresh" "$model"

#!/bin/bash
# test.sh: builds the image, trains the model if it is not there, and runs the job in the real sandbox.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd "$here/../.." && pwd)
model=$here/model

"$home/bin/image" "$here/image/ner" > /dev/null
if [ ! -f "$model/config.json" ]; then
  echo "ner: training the model" >&2
  fresh=$(mktemp -d "$here/.model-XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  chmod 777 "$fresh"
  docker run --rm --network none --cap-drop ALL --memory 2g --tmpfs /tmp --user "$(id -u):$(id -g)" \
    --mount "type=bind,source=$here/train.py,target=/train.py,readonly" --mount "type=bind,source=$fresh,target=/out" \
    --entrypoint python3 skep/ner /train.py /out
  chmod -R u=rwX,go=rX "$fresh"
  rm -rf "$model"
  mv "$fresh" "$model"
fi
cd "$home"
exec mvn -q -B -Pit -pl provider-connector -am verify -Dtest=NoTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test=NerExample -Dfailsafe.failIfNoSpecifiedTests=false -Dskep.examples="$home/examples"

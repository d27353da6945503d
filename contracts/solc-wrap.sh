#!/bin/sh
# forge wants a solc binary; this one is the pinned npm package. See solc-wrap.js.
exec node "$(dirname "$(readlink -f "$0")")/solc-wrap.js" "$@"

#!/bin/sh
# Compile the device's Python modules: the root is read-only, so nothing can do it later, and a start would take longer.
#
#     bytecode.sh CACHE TREE
#
# Bytecode belongs to a minor version, not to a machine: the pinned Python for the building machine does it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$1 tree=$2
sh "$here/build_tools.sh" "$cache" python3.13 -m compileall -q \
    --invalidation-mode unchecked-hash -s "$tree" -p / -x 'lib2to3|/tests?/' \
    "$tree/usr/lib/python3.13" "$tree/usr/lib/python3/dist-packages" "$tree/usr/lib/madoguchi/lib/python3.13/site-packages"

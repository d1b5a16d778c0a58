#!/bin/sh
# Compile the device's Python modules: the root is read-only, so nothing can do it later, and a start would take longer.
#
#     bytecode.sh CACHE TREE
#
# Bytecode belongs to a minor version, not to a machine: Debian's Python of the same suite for this machine does it.
set -eu
cache=$1 tree=$2
home=$cache/python3.13
mirror=${MIRROR:-http://deb.debian.org/debian}
if [ ! -d "$home" ]; then
    TMPDIR=${TMPDIR:-/var/tmp} mmdebstrap --quiet --mode=root --variant=extract --format=directory \
        --include=python3.13-minimal,libpython3.13-stdlib trixie "$home.new" "deb $mirror trixie main" >&2
    mv "$home.new" "$home"
fi
loader=$(ls "$home"/usr/lib64/ld-linux-*.so.* "$home"/usr/lib/ld-linux-*.so.* 2>/dev/null | head -1)
PYTHONHOME=$home/usr "$loader" --library-path "$(echo "$home"/usr/lib/*-linux-gnu)" "$home/usr/bin/python3.13" -m compileall -q \
    --invalidation-mode unchecked-hash -s "$tree" -p / -x 'lib2to3|/tests?/' \
    "$tree/usr/lib/python3.13" "$tree/usr/lib/python3/dist-packages" "$tree/usr/lib/madoguchi/lib/python3.13/site-packages"

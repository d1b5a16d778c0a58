#!/bin/sh
# Make the device's root tree of the pinned Debian packages, once for a lock: prints the archive's path.
#
#     root_tree.sh CACHE
#
# The packages are unpacked and none of their scripts runs, so no program of the device has to run on this machine: a
# minute instead of twenty. The archive is kept under the digest of the lock and of what unpacks.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
debs() { "$here/../.venv/bin/python" "$here/debs.py" "$@"; }
lock=$(debs digest root)
key=$(cat "$here/debs.py" "$0" | sha256sum | cut -c1-8)
archive=$cache/root-$lock-$key.tar
mkdir -p "$cache"
if [ ! -f "$archive" ]; then
    tree=$(mktemp -d "${TMPDIR:-/var/tmp}/root.XXXXXX")
    trap 'rm -rf "$tree"' EXIT
    debs fetch "$cache/debs" root >&2
    debs unpack "$cache/debs" root "$tree" >&2
    chmod 755 "$tree"
    tar --sort=name --numeric-owner -cf "$archive.new" -C "$tree" .
    mv "$archive.new" "$archive"
fi
echo "$archive"

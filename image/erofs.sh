#!/bin/sh
# Make the read-only root of a tree: `erofs.sh CACHE TREE FILE`. The same tree gives the same bytes on every machine.
#
# zstd in pieces of 64 KiB: a quarter smaller than lz4, which it needs to be for a download; what it costs at the start
# is in docs/decisions/0021-image-contents.md. Pieces that occur twice are kept once, and the ends of files lie beside
# their inodes: another fourteenth less. The kernel's erofs module has all of it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
sh "$here/build_tools.sh" "$1" mkfs.erofs --quiet -z"${EROFS_COMPRESSION:-zstd,level=9}" -C65536 -Eztailpacking,dedupe \
    -T"${SOURCE_DATE_EPOCH:-1767225600}" -U 6d61646f-6775-4368-8000-000000000001 "$3" "$2" >/dev/null

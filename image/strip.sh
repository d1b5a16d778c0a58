#!/bin/sh
# Take the tables of symbols out of libraries that came with them: `strip.sh CACHE TREE`. Nothing reads them on a device.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$1 tree=$2
find "$tree/usr/lib/madoguchi" -type f -name '*.so*' | LC_ALL=C sort | while read -r library; do
    ! readelf -SW "$library" | grep -q ' \.symtab ' || sh "$here/build_tools.sh" "$cache" aarch64-linux-gnu-strip --strip-unneeded "$library"
done

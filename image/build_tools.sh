#!/bin/sh
# Run a program of Debian trixie on this machine, whatever Debian it has: `build_tools.sh CACHE PROGRAM [ARGUMENTS]`.
#
# What is made must not depend on the building machine's own versions. The programs are pinned in the lock's section
# `build`, unpacked once, and started by their own loader with their own libraries.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$1 program=$2
shift 2
[ "$(dpkg --print-architecture)" = amd64 ] || { echo "build_tools: the pinned tools are for amd64" >&2; exit 1; }
debs() { "$here/../.venv/bin/python" "$here/debs.py" "$@"; }
home=$cache/build-$(debs digest build)
if [ ! -d "$home" ]; then
    debs fetch "$cache/debs" build >&2
    rm -rf "$home.new"
    debs unpack "$cache/debs" build "$home.new" >&2
    mv "$home.new" "$home"
fi
PYTHONHOME=$home/usr exec "$home/usr/lib64/ld-linux-x86-64.so.2" --library-path "$home/usr/lib/x86_64-linux-gnu" "$home/usr/bin/$program" "$@"

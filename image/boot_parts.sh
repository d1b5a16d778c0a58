#!/bin/sh
# Unpack what boots: kernel, firmware, and the tools of the initrd, in the pinned versions. Nothing of it runs here.
#
#     boot_parts.sh CACHE
#
# Leaves CACHE/boot/tree, and under the names kernel, firmware, tools and u-boot what is looked for in it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$(mkdir -p "$1" && cd "$1" && pwd)
debs() { "$here/../.venv/bin/python" "$here/debs.py" "$@"; }
key=$(debs digest boot)$(cat "$here/debs.py" "$0" | sha256sum | cut -c1-8)
boot=$cache/boot
[ "$(cat "$boot/.complete" 2>/dev/null || true)" != "$key" ] || exit 0

rm -rf "$boot"
mkdir -p "$boot"
debs fetch "$cache/debs" boot
debs unpack "$cache/debs" boot "$boot/tree"
for part in kernel firmware tools; do ln -s tree "$boot/$part"; done
ln -s tree/usr/lib/u-boot "$boot/u-boot"
depmod -b "$boot/tree/usr" "$(ls "$boot/tree/usr/lib/modules")"
echo "$key" >"$boot/.complete"

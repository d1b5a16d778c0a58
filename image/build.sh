#!/bin/sh
# Build the device's image: `build.sh [OUT]`, build/image without an argument. Needs root and image/host-packages.txt.
# IMAGE_QUICK=1 leaves out what takes long and what booting does not need: spoken sentences, smaller faces, strong
# compression, the signed manifest.
#
# Everything but the caches is made anew; the caches are keyed by the package lists. No program of the device runs.
set -eu
cd "$(dirname "$0")/.."
out=$(mkdir -p "${1:-build/image}" && cd "${1:-build/image}" && pwd)
cache=${IMAGE_CACHE:-$out/cache}
cache=$(mkdir -p "$cache" && cd "$cache" && pwd)
quick=${IMAGE_QUICK:-}
if [ -n "$quick" ]; then export EROFS_COMPRESSION=lz4; fi
work=${MADOGUCHI_IMAGE_WORK:-/var/tmp/madoguchi-image}
mkdir -p "$work"
TMPDIR=$work
export TMPDIR
umask 022

lacking=""
for package in $(sed -e 's/#.*//' image/host-packages.txt); do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || lacking="$lacking $package"
done
[ -z "$lacking" ] || { echo "Please run: sudo apt-get install --no-install-recommends$lacking" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "The tree has owners other than you: run this as root." >&2; exit 1; }

began=$(date +%s)
say() { echo "image: $1 ($(($(date +%s) - began)) s)"; }

archive=$(sh image/root_tree.sh "$cache")
say "root tree of Debian packages"
sh image/boot_parts.sh "$cache"
.venv/bin/python image/wheels.py "$cache/wheels"
say "kernel, firmware and wheels"
tree=$work/tree
rm -rf "$tree"
mkdir -p "$tree"
tar -xf "$archive" --exclude='./dev' -C "$tree"
sh image/settle.sh "$tree"
.venv/bin/python image/modules.py "$cache/boot/kernel" "$tree"
sh image/install.sh "$cache/wheels" "$tree"
[ -n "$quick" ] || sh image/voice.sh "$cache" "$tree"
sh image/bytecode.sh "$cache" "$tree"
sh image/strip.sh "$cache" "$tree"
(cd "$tree" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) >"$out/files.txt"
say "tree"
.venv/bin/python image/initrd.py "$cache/boot/kernel" "$cache/boot/tools" "$out/initrd"
sh image/version.sh >"$out/version"
sh image/slot.sh "$cache/boot" "$out/initrd" "$tree" "$out"
cp "$tree/usr/share/madoguchi/config/kiosk.toml" "$out/kiosk.toml"
sh image/disk.sh "$cache/boot" "$out"
say "slot and disk"
.venv/bin/python image/audit.py "$tree" "$out/boot/cmdline.txt" ${quick:+--quick}
say "audit"
[ -z "$quick" ] || exit 0
version=$(sh image/version.sh) commit=$(git rev-parse HEAD)
.venv/bin/python image/sbom.py "$cache" "$tree" "$out" "$version" "$commit"
zstd -q -f -T0 -12 --long=27 "$out/madoguchi.img" -o "$out/madoguchi.img.zst"
# shellcheck disable=SC2086  # two words
.venv/bin/python image/manifest.py sign "$out" "$version" "$commit" ${SIGNING_KEY:+--key "$SIGNING_KEY"}
say "compressed and signed"
most() { # FILE BYTES
    [ "$(stat -c %s "$1")" -le "$2" ] || { echo "image: $1 is larger than $2 bytes" >&2; exit 1; }
}
most "$out/madoguchi.img" 700000000
most "$out/madoguchi.img.zst" 350000000
ls -l "$out/madoguchi.img" "$out/madoguchi.img.zst" "$out/slot.img" "$out/initrd"

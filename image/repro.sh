#!/bin/sh
# Build the commit a second time, in another folder, and compare with build/image: `repro.sh`.
#
# The second build has the caches of what was fetched, and nothing else of the first. 0 when every file is the same.
set -eu
cd "$(dirname "$0")/.."
first=$PWD/build/image
again=$(mktemp -d "${MADOGUCHI_IMAGE_WORK:-/var/tmp}/madoguchi-again.XXXXXX")
trap 'rm -rf "$again"' EXIT
[ -f "$first/manifest.json" ] || { echo "repro: run make image first" >&2; exit 1; }

git clone -q --no-hardlinks . "$again/another name"
ln -s "$PWD/.venv" "$again/another name/.venv"
mkdir -p "$again/image"
cp -a "$first/cache" "$again/image/cache"
(cd "$again/another name" && MADOGUCHI_IMAGE_WORK="$again/work" sh image/build.sh "$again/image")

different=0
for name in root.hash initrd system.erofs slot.img madoguchi.img sbom.cdx.json; do
    [ -f "$first/$name" ] || continue
    if cmp -s "$first/$name" "$again/image/$name"; then echo "same       $name"; else echo "DIFFERENT  $name"; different=1; fi
done
diff "$first/files.txt" "$again/image/files.txt" | head -40 || true
diff -r "$first/boot" "$again/image/boot" || different=1
exit $different

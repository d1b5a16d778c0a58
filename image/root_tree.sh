#!/bin/sh
# Make the device's root tree of Debian packages, once for a list: prints the archive's path.
#
#     root_tree.sh CACHE
#
# The packages are unpacked and none of their scripts runs, so no program of the device has to run on this machine: a
# minute instead of twenty. The archive is kept under the digest of the list and of this script.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
mirror=${MIRROR:-http://deb.debian.org/debian}
security=${SECURITY_MIRROR:-http://deb.debian.org/debian-security}

names=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/packages.txt" | paste -sd, -)
key=$(cat "$here/packages.txt" "$0" | sha256sum | cut -c1-16)
archive=$cache/root-$key.tar
mkdir -p "$cache"
if [ ! -f "$archive" ]; then
    TMPDIR=${TMPDIR:-/var/tmp} mmdebstrap --quiet --mode=root --arch=arm64 --variant=extract --include="$names" \
        --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' --skip=check/qemu \
        --customize-hook="ls \"\$1\"/var/cache/apt/archives >$archive.packages" \
        trixie "$archive.new.tar" "deb $mirror trixie main" "deb $mirror trixie-updates main" \
        "deb $security trixie-security main" >&2
    mv "$archive.new.tar" "$archive"
fi
echo "$archive"

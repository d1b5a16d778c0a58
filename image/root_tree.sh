#!/bin/sh
# Make the device's root tree of Debian packages, once for a list: prints the archive's path.
#
#     root_tree.sh CACHE
#
# About 11 minutes of one core: dpkg and the packages' scripts run emulated. The archive is kept under the digest of
# the list and of this script; only a change of those makes a new one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
mirror=${MIRROR:-http://deb.debian.org/debian}
suite=trixie

names=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/packages.txt" | paste -sd, -)
key=$(cat "$here/packages.txt" "$0" | sha256sum | cut -c1-16)
archive=$cache/root-$key.tar
mkdir -p "$cache"
if [ ! -f "$archive" ]; then
    TMPDIR=${TMPDIR:-/var/tmp} mmdebstrap --quiet --mode=root --arch=arm64 --variant=minbase --include="$names" \
        --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        "$suite" "$archive.new.tar" "deb $mirror $suite main" "deb $mirror $suite-updates main" \
        "deb ${SECURITY_MIRROR:-http://deb.debian.org/debian-security} $suite-security main" >&2
    mv "$archive.new.tar" "$archive"
fi
echo "$archive"

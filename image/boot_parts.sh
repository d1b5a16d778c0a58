#!/bin/sh
# Fetch and unpack what boots: kernel, firmware, and the tools of the initrd. Nothing of it runs here.
#
#     boot_parts.sh CACHE
#
# Leaves CACHE/boot/kernel (vmlinuz, modules), CACHE/boot/firmware, CACHE/boot/u-boot and CACHE/boot/tools. A private apt with an empty
# status resolves names for arm64; this machine's own apt is not touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$(mkdir -p "$1" && cd "$1" && pwd)
mirror=${MIRROR:-http://deb.debian.org/debian}
keys=/usr/share/keyrings/debian-archive-keyring.gpg
key=$(cat "$here/boot-packages.txt" "$0" | sha256sum | cut -c1-16)
[ "$(cat "$cache/boot/.complete" 2>/dev/null || true)" != "$key" ] || exit 0

rm -rf "$cache/boot"
apt=$cache/boot/apt
mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/etc"
for suite in trixie trixie-updates; do
    echo "deb [signed-by=$keys] $mirror $suite main non-free-firmware"
done >"$apt/etc/sources.list"
echo "deb [signed-by=$keys] ${SECURITY_MIRROR:-http://deb.debian.org/debian-security} trixie-security main" >>"$apt/etc/sources.list"
: >"$apt/status"

apt_get() {
    apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o Dir::State="$apt" -o Dir::State::lists="$apt/lists" \
        -o Dir::State::status="$apt/status" -o Dir::Cache="$apt" -o Dir::Cache::archives="$apt/archives" \
        -o Dir::Etc::sourcelist="$apt/etc/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::main=/dev/null \
        -o Dir::Etc::parts=/dev/null -o Acquire::Languages=none -o APT::Sandbox::User=root "$@"
}

unpack() {
    into=$1
    shift
    mkdir -p "$into"
    for archive in "$@"; do dpkg-deb -x "$archive" "$into"; done
}

apt_get update
names=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/boot-packages.txt")
# shellcheck disable=SC2086  # one word a package
apt_get install --download-only --yes --no-install-recommends $names
boot=$cache/boot
unpack "$boot/kernel" "$apt"/archives/linux-image-[0-9]*_arm64.deb
unpack "$boot/firmware" "$apt"/archives/raspi-firmware_*.deb
for board in rpi_arm64:u-boot-rpi qemu_arm64:u-boot-qemu; do
    unpack "$boot/u-boot.all" "$apt"/archives/"${board#*:}"_*.deb
    install -D -m 644 "$boot/u-boot.all/usr/lib/u-boot/${board%:*}/u-boot.bin" "$boot/u-boot/${board%:*}/u-boot.bin"
done
rm -rf "$boot/u-boot.all"
rm -f "$apt"/archives/linux-* "$apt"/archives/raspi-firmware_* "$apt"/archives/u-boot-*
unpack "$boot/tools" "$apt"/archives/*.deb
ls "$apt/archives" >"$boot/packages"
rm -rf "$apt/archives"
depmod -b "$boot/kernel/usr" "$(ls "$boot/kernel/usr/lib/modules")" 2>/dev/null || depmod -b "$boot/kernel" "$(ls "$boot/kernel/lib/modules")"
echo "$key" >"$boot/.complete"

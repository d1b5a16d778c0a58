#!/bin/sh
# Make a slot of a tree: what an update replaces, all in one file.
#
#     slot.sh BOOT INITRD TREE OUT
#
# Leaves OUT/boot/ (kernel, initrd, device trees, slot.env, cmdline.txt), OUT/root.hash and OUT/slot.img: a FAT of
# 32 MiB with OUT/boot, behind it the root (erofs) and the tree of its hashes.
set -eu
boot=$1 initrd=$2 tree=$3 out=$4
here=$(cd "$(dirname "$0")" && pwd)
fat_mib=32
MIB=1048576
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1767225600}"
mkdir -p "$out"

up_to_mib() { echo $((($(stat -c %s "$1") + MIB - 1) / MIB)); }

# 1. The root, and behind it the tree of its hashes: salt and name are fixed, so the same root has the same hash.
system=$out/system.erofs
rm -f "$system"
sh "$here/erofs.sh" "$(dirname "$boot")" "$tree" "$system"
truncate -s "$(up_to_mib "$system")M" "$system"
offset=$(stat -c %s "$system")
veritysetup format --hash-offset="$offset" --salt=6d61646f6775636869 --uuid=6d61646f-6775-4368-8000-000000000002 \
    "$system" "$system" | sed -n 's/^Root hash:[[:space:]]*//p' >"$out/root.hash"
truncate -s "$(up_to_mib "$system")M" "$system"

# 2. What starts it, and which root is the right one.
rm -rf "$out/boot"
mkdir -p "$out/boot"
version=$(ls "$boot/kernel/usr/lib/modules")
for model in bcm2837-rpi-3-a-plus bcm2837-rpi-3-b bcm2837-rpi-3-b-plus bcm2837-rpi-zero-2-w bcm2711-rpi-4-b bcm2711-rpi-400; do
    cp "$boot/kernel/usr/lib/linux-image-$version/broadcom/$model.dtb" "$out/boot/"
done
gzip -9nc "$boot/kernel/boot/vmlinuz-$version" >"$out/boot/vmlinuz.gz"
cp "$initrd" "$out/boot/initrd"
cmdline="console=tty0 quiet loglevel=3 panic=10 net.ifnames=0 systemd.show_status=no vt.global_cursor_default=0 ${EXTRA_CMDLINE:-}"
cmdline="$cmdline madoguchi.start=$fat_mib madoguchi.offset=$offset madoguchi.hash=$(cat "$out/root.hash")"
echo "cmdline=$cmdline" >"$out/boot/slot.env"

fat=$out/slot.img
rm -f "$fat"
truncate -s "${fat_mib}M" "$fat"
mkfs.vfat --invariant -F 16 -n MADOGUCHI-S -i 6d616468 "$fat" >/dev/null
find "$out/boot" -type f -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
mcopy -m -s -i "$fat" "$out"/boot/* ::
cat "$system" >>"$fat"
rm "$system"
# For those who start the kernel without U-Boot: what it would have said.
echo "$cmdline madoguchi.root=2 rauc.slot=A" >"$out/boot/cmdline.txt"

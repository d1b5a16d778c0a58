#!/bin/sh
# Make the disk of a tree: boot partition, root with its hashes, data.
#
#     disk.sh BOOT INITRD TREE OUT
#
# Leaves OUT/system.erofs (hashes appended), OUT/root.hash, OUT/boot/ (what the FAT holds), OUT/kiosk.toml (what a machine begins with) and OUT/madoguchi.img:
# 1 FAT32 MADOGUCHI-BT 96 MiB, 2 root, 3 ext4 MADOGUCHI (data).
set -eu
boot=$1 initrd=$2 tree=$3 out=$4
here=$(cd "$(dirname "$0")" && pwd)
data_size=${DATA_MIB:-64}
MIB=1048576
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1767225600}"
mkdir -p "$out"

up_to_mib() { echo $((($(stat -c %s "$1") + MIB - 1) / MIB)); }

# 1. The root, and behind it the tree of its hashes: salt and name are fixed, so the same root has the same hash.
system=$out/system.erofs
rm -f "$system"
mkfs.erofs --quiet -zlz4hc -T"$SOURCE_DATE_EPOCH" -U 6d61646f-6775-4368-8000-000000000001 "$system" "$tree" >/dev/null
truncate -s "$(up_to_mib "$system")M" "$system"
offset=$(stat -c %s "$system")
veritysetup format --hash-offset="$offset" --salt=6d61646f6775636869 --uuid=6d61646f-6775-4368-8000-000000000002 \
    "$system" "$system" | sed -n 's/^Root hash:[[:space:]]*//p' >"$out/root.hash"
truncate -s "$(up_to_mib "$system")M" "$system"

# 2. The boot partition: firmware, device trees, kernel, initrd, and which root is the right one.
rm -rf "$out/boot"
mkdir -p "$out/boot"
version=$(ls "$boot/kernel/usr/lib/modules")
cp "$boot"/firmware/usr/lib/raspi-firmware/bootcode.bin "$boot"/firmware/usr/lib/raspi-firmware/start.elf \
    "$boot"/firmware/usr/lib/raspi-firmware/fixup.dat "$boot"/firmware/usr/lib/raspi-firmware/start4.elf \
    "$boot"/firmware/usr/lib/raspi-firmware/fixup4.dat "$here/config.txt" "$out/boot/"
for model in bcm2837-rpi-3-a-plus bcm2837-rpi-3-b bcm2837-rpi-3-b-plus bcm2837-rpi-zero-2-w bcm2711-rpi-4-b bcm2711-rpi-400; do
    cp "$boot/kernel/usr/lib/linux-image-$version/broadcom/$model.dtb" "$out/boot/"
done
cp "$boot/kernel/boot/vmlinuz-$version" "$out/boot/vmlinuz"
cp "$initrd" "$out/boot/initrd"
echo "console=tty0 quiet loglevel=3 panic=10 net.ifnames=0 systemd.show_status=no vt.global_cursor_default=0" \
    "madoguchi.root=2 madoguchi.offset=$offset madoguchi.hash=$(cat "$out/root.hash")" >"$out/boot/cmdline.txt"
fat=$out/boot.fat
rm -f "$fat"
truncate -s 96M "$fat"
mkfs.vfat --invariant -F 32 -n MADOGUCHI-B -i 6d616467 "$fat" >/dev/null
find "$out/boot" -type f -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
mcopy -m -s -i "$fat" "$out"/boot/* ::

# 3. Data: empty but for its folders.
data=$out/data.ext4
rm -rf "$data" "$out/data"
mkdir -p "$out/data/spool" "$out/data/etc"
cp "$tree/etc/madoguchi/kiosk.toml" "$out/data/etc/"
cp "$tree/etc/madoguchi/kiosk.toml" "$out/kiosk.toml"
: >"$data"
find "$out/data" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
E2FSPROGS_FAKE_TIME=$SOURCE_DATE_EPOCH mke2fs -q -t ext4 -L MADOGUCHI -U 6d61646f-6775-4368-8000-000000000003 \
    -E root_owner=0:0,hash_seed=6d61646f-6775-4368-8000-000000000004 -d "$out/data" "$data" "${data_size}M"

# 4. All of it on one disk.
root_size=$(up_to_mib "$system")
image=$out/madoguchi.img
rm -f "$image"
truncate -s $((1 + 96 + root_size + data_size + 1))M "$image"
printf 'label: dos\nlabel-id: 0x6d616467\n start=1MiB, size=96MiB, type=c, bootable\n start=97MiB, size=%sMiB, type=83\n start=%sMiB, size=%sMiB, type=83\n' \
    "$root_size" $((97 + root_size)) "$data_size" | sfdisk -q "$image"
dd if="$fat" of="$image" bs=1M seek=1 conv=notrunc,sparse status=none
dd if="$system" of="$image" bs=1M seek=97 conv=notrunc,sparse status=none
dd if="$data" of="$image" bs=1M seek=$((97 + root_size)) conv=notrunc,sparse status=none
rm -rf "$fat" "$data" "$out/data"

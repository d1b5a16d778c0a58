#!/bin/sh
# Put a slot on a disk: firmware and U-Boot, slot A, nothing yet of slot B and of the data.
#
#     disk.sh BOOT OUT
#
# Takes OUT/slot.img; leaves OUT/firmware/ (what the first partition holds) and OUT/madoguchi.img. Its table of
# partitions is the whole card's (4 GB and more), the file ends with what slot A needs: B is filled by the first update,
# the data partition is made at the first boot (image/units/make-data.service).
set -eu
boot=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
firmware_mib=48 slot_mib=${SLOT_MIB:-768} data_mib=1024
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1767225600}"

slot_bytes=$(stat -c %s "$out/slot.img")
[ "$slot_bytes" -le $((slot_mib * 1048576)) ] || { echo "disk: the slot has $slot_bytes bytes, a partition $slot_mib MiB" >&2; exit 1; }

# 1. Firmware and U-Boot: what no update touches.
rm -rf "$out/firmware"
mkdir -p "$out/firmware"
version=$(ls "$boot/kernel/usr/lib/modules")
for name in bootcode.bin start.elf fixup.dat start4.elf fixup4.dat; do
    cp "$boot/firmware/usr/lib/raspi-firmware/$name" "$out/firmware/$name"
done
for model in bcm2837-rpi-3-a-plus bcm2837-rpi-3-b bcm2837-rpi-3-b-plus bcm2837-rpi-zero-2-w bcm2711-rpi-4-b bcm2711-rpi-400; do
    cp "$boot/kernel/usr/lib/linux-image-$version/broadcom/$model.dtb" "$out/firmware/"
done
cp "$here/config.txt" "$out/firmware/config.txt"
cp "$boot/u-boot/rpi_arm64/u-boot.bin" "$out/firmware/u-boot.bin"
mkimage -A arm64 -O linux -T script -C none -n madoguchi -d "$here/boot.cmd" "$out/firmware/boot.scr" >/dev/null
mkenvimage -s 0x4000 -o "$out/firmware/uboot.env" "$here/boot.env"
fat=$out/firmware.fat
rm -f "$fat"
truncate -s "${firmware_mib}M" "$fat"
mkfs.vfat --invariant -F 32 -n MADOGUCHI-B -i 6d616467 "$fat" >/dev/null
find "$out/firmware" -type f -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
mcopy -m -s -i "$fat" "$out"/firmware/* ::

# 2. What U-Boot and RAUC remember: A is there, B is not, the data partition is still to be made.
printf 'BOOT_ORDER=A B\nBOOT_A_LEFT=3\nBOOT_B_LEFT=0\nDATA=new\n' | mkenvimage -r -s 0x200 -o "$out/remembered" -

# 3. All of it on one disk.
image=$out/madoguchi.img
rm -f "$image"
truncate -s $(((1 + firmware_mib) * 1048576 + slot_bytes))  "$image"
a=$((1 + firmware_mib)) b=$((1 + firmware_mib + slot_mib)) data=$((1 + firmware_mib + 2 * slot_mib))
printf 'label: dos\nlabel-id: 0x6d616467\n start=1MiB, size=%sMiB, type=c, bootable\n start=%sMiB, size=%sMiB, type=83\n start=%sMiB, size=%sMiB, type=83\n start=%sMiB, size=%sMiB, type=83\n' \
    $firmware_mib $a $slot_mib $b $slot_mib $data $data_mib >"$out/table"
truncate -s $((1 + data + data_mib))M "$image"
sfdisk -q "$image" <"$out/table"
truncate -s $((a * 1048576 + slot_bytes)) "$image"
dd if="$fat" of="$image" bs=1M seek=1 conv=notrunc,sparse status=none
dd if="$out/slot.img" of="$image" bs=1M seek=$a conv=notrunc,sparse status=none
for sector in 1024 1152; do dd if="$out/remembered" of="$image" bs=512 seek=$sector conv=notrunc status=none; done
rm -f "$fat" "$out/remembered" "$out/table"

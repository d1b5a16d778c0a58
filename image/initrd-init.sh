#!/bin/busybox sh
# The first program: check the root against the hash on the command line, lay memory over it, hand over to systemd.
#
# From the command line: madoguchi.root=PARTITION NUMBER madoguchi.start=WHERE ITS ROOT BEGINS (MIB)
# madoguchi.hash=ROOT HASH madoguchi.offset=WHERE THE HASHES BEGIN (BYTES OF THE ROOT)
/bin/busybox mkdir -p /bin /sbin /proc /sys /dev /run /tmp /lower /memory /root
/bin/busybox --install -s /bin
export PATH=/bin:/usr/sbin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev

give_up() {
    echo "madoguchi: $*" >/dev/console
    sleep 3
    reboot -f
}

for word in $(cat /proc/cmdline); do
    case $word in
    madoguchi.root=*) number=${word#*=} ;;
    madoguchi.start=*) start=${word#*=} ;;
    madoguchi.hash=*) hash=${word#*=} ;;
    madoguchi.offset=*) offset=${word#*=} ;;
    esac
done
[ -n "$number" ] && [ -n "$start" ] && [ -n "$hash" ] && [ -n "$offset" ] || give_up "the command line does not say which root"

while read -r module; do modprobe "$module" 2>/dev/null; done </modules

disk=""
for second in $(seq 30); do
    for disk in "/dev/mmcblk0p$number" "/dev/mmcblk1p$number" "/dev/vda$number" none; do
        [ ! -b "$disk" ] || break
    done
    [ "$disk" = none ] || break
    sleep 1
done
[ "$disk" != none ] || give_up "no root after $second seconds"

size=$(($(cat "/sys/class/block/${disk#/dev/}/size") - start * 2048))
dmsetup create slot --noudevrules --noudevsync --readonly --table "0 $size linear $disk $((start * 2048))" || give_up "the slot cannot be opened"
veritysetup open /dev/dm-0 root /dev/dm-0 "$hash" --hash-offset="$offset" --panic-on-corruption || give_up "the root is not the one that was signed"
mount -t erofs -o ro /dev/mapper/root /lower || give_up "the root cannot be read"
mount -t tmpfs -o size=25%,mode=755,nosuid,nodev memory /memory
mkdir /memory/upper /memory/work
mount -t overlay -o lowerdir=/lower,upperdir=/memory/upper,workdir=/memory/work root /root || give_up "no overlay"
mount --move /dev /root/dev
echo "madoguchi: root verified on $disk"
umount /proc /sys
exec switch_root /root /sbin/init

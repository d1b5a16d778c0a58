#!/bin/sh
# The first program of the proofs that pull the plug: no systemd, but the image's kernel, initrd, verified root, D-Bus and
# RAUC; one update after the other, for as long as the power lasts.
set -u
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs run /run
mkdir -p /run/dbus /run/lock /run/rauc/mnt /dev/madoguchi
exec >/dev/console 2>&1
slot=$(sed -n 's/.*rauc\.slot=\(.\).*/\1/p' /proc/cmdline)
echo "AGAIN up $slot"
ln -s ../vda /dev/madoguchi/disk
ln -s ../vda2 /dev/madoguchi/slot-a
ln -s ../vda3 /dev/madoguchi/slot-b
for module in ext4 loop squashfs dm-verity; do modprobe "$module"; done
mount -t ext4 -o noatime,nosuid,nodev,noexec,data=journal /dev/vda4 /data
mount --bind /data/etc /etc/madoguchi
echo 0123456789abcdef0123456789abcdef >/etc/machine-id
dbus-daemon --system --fork
rauc --mount=/run/rauc/mnt service &
until rauc status >/dev/null 2>&1; do sleep 0.2; done
rauc status mark-good && echo "AGAIN good $slot"
echo "AGAIN installs $slot"
rauc install /data/update/again.raucb && echo "AGAIN installed $slot"
sync
echo b >/proc/sysrq-trigger
sleep 1000

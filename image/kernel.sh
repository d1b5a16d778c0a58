#!/bin/sh
# Put the kernel's modules and the radio's firmware into the tree, without what no Raspberry Pi kiosk can have.
#
#     kernel.sh BOOT TREE
set -eu
boot=$1 tree=$2
version=$(ls "$boot/kernel/usr/lib/modules")
cp -a "$boot/kernel/usr/lib/modules" "$tree/usr/lib/"
mkdir -p "$tree/usr/lib/firmware"
cp -a "$boot/firmware/usr/lib/firmware/." "$tree/usr/lib/firmware/"
cd "$tree/usr/lib/modules/$version/kernel"
rm -rf sound drivers/infiniband drivers/isdn drivers/nvme drivers/ata drivers/crypto drivers/accel drivers/iio drivers/vfio \
    drivers/target drivers/mtd drivers/edac drivers/fpga drivers/staging drivers/nfc drivers/comedi drivers/ntb drivers/soundwire \
    drivers/net/can drivers/net/wan drivers/net/fddi drivers/net/wwan drivers/net/hamradio drivers/platform drivers/hwtracing \
    fs/xfs fs/btrfs fs/nfs fs/nfsd fs/smb fs/gfs2 fs/ocfs2 fs/ceph fs/f2fs fs/jfs fs/ubifs fs/reiserfs fs/bcachefs fs/orangefs \
    fs/afs fs/dlm fs/lockd net/sctp net/rds net/tipc net/openvswitch net/batman-adv net/bluetooth net/nfc net/ceph net/sunrpc
for folder in drivers/net/ethernet/* drivers/net/wireless/* drivers/gpu/drm/* drivers/media/*; do
    case ${folder##*/} in
    broadcom | vc4 | v3d | virtio | panel | bridge | display | scheduler | usb | common | v4l2-core | mc) ;;
    *.ko.xz) ;;
    *) rm -rf "$folder" ;;
    esac
done
depmod -b "$tree" "$version" 2>/dev/null

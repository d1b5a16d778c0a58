#!/bin/sh
# Make a small tree of a whole one, for proofs that start it a hundred times: same units, RAUC, updater; no screen.
#
#     small_tree.sh TREE OUT VERSION [INIT]
#
# INIT takes the place of systemd.
set -eu
tree=$1 out=$2 version=$3 init=${4:-}
rm -rf "$out"
cp -al "$tree" "$out"
libraries=$out/usr/lib/aarch64-linux-gnu
site=$out/usr/lib/madoguchi/lib/python3.13/site-packages
rm -rf "$out/usr/share/fonts" "$libraries"/libLLVM* "$libraries"/libgallium* "$libraries"/libz3* "$libraries/dri" "$out/usr/lib/mozc" \
    "$out/usr/lib/firmware" "$out/usr/share/madoguchi/config/forms" "$site"/pygame* "$site"/typst* "$site"/fontTools* "$site"/numpy* \
    "$site/build" "$site"/pypdfium2* "$site"/budoux* "$site"/nfc* "$site"/setuptools* "$site"/gpiozero* "$site"/PIL* "$site"/pillow* \
    "$libraries"/libgtk* "$out/usr/share/X11" "$out/usr/share/i18n" "$out/usr/share/madoguchi/config/postcodes.zip"
version_=$(ls "$out/usr/lib/modules")
modules=$out/usr/lib/modules/$version_
kept='ext4|jbd2|mbcache|crc.*|libcrc.*|loop|squashfs|dm-.*|fat|vfat|nls_.*|scsi_.*|sd_mod|usb-storage|usb-common|usbcore|xhci.*|virtio.*|i6300esb|overlay|erofs|t10-pi|sha2.*'
find "$modules/kernel" -name '*.ko.xz' | grep -Ev "/($kept)\.ko\.xz\$" | tr '\n' '\0' | xargs -0 rm -f
rm "$modules"/modules.dep* # depmod writes through links
depmod -b "$out" "$version_" 2>/dev/null
for unit in madoguchi-provision@.service madoguchi-kiosk.service madoguchi-out-of-service.service madoguchi-courier.service madoguchi-mozc.service pcscd.socket \
    madoguchi-machine.service systemd-networkd.service systemd-timesyncd.service nftables.service madoguchi-firewall.service systemd-udev-settle.service; do
    rm -f "$out/etc/systemd/system/$unit"
    ln -s /dev/null "$out/etc/systemd/system/$unit"
done
sed "s/^IMAGE_VERSION=.*/IMAGE_VERSION=$version/" "$tree/usr/lib/os-release" >"$out/usr/lib/os-release.new"
mv "$out/usr/lib/os-release.new" "$out/usr/lib/os-release"
if [ -n "$init" ]; then
    rm -f "$out/usr/sbin/init"
    install -m 755 "$init" "$out/usr/sbin/init"
fi

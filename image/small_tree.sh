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
    "$site/build" "$site"/pypdfium2* "$site"/budoux* "$site"/nfc*
for unit in madoguchi-kiosk.service madoguchi-out-of-service.service madoguchi-courier.service madoguchi-mozc.service pcscd.socket \
    madoguchi-machine.service systemd-networkd.service systemd-timesyncd.service nftables.service systemd-udev-settle.service; do
    rm -f "$out/etc/systemd/system/$unit"
    ln -s /dev/null "$out/etc/systemd/system/$unit"
done
sed "s/^IMAGE_VERSION=.*/IMAGE_VERSION=$version/" "$tree/usr/lib/os-release" >"$out/usr/lib/os-release.new"
mv "$out/usr/lib/os-release.new" "$out/usr/lib/os-release"
if [ -n "$init" ]; then
    rm -f "$out/usr/sbin/init"
    install -m 755 "$init" "$out/usr/sbin/init"
fi

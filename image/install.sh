#!/bin/sh
# Install our programs, configuration and units into the tree.
#
#     install.sh WHEELS TREE        IMAGE_QUICK=1: with whole faces
#
# /usr/lib/madoguchi is a virtual environment over Debian's Python: pyscard is Debian's, all else are wheels.
set -eu
cd "$(dirname "$0")/.."
wheels=$1 tree=$2
python=$PWD/.venv/bin/python
home=$tree/usr/lib/madoguchi
site=$home/lib/python3.13/site-packages
work=$(mktemp -d "${TMPDIR:-/var/tmp}/wheel.XXXXXX")
trap 'rm -rf "$work"' EXIT

mkdir -p "$home/bin" "$site"
ln -sf /usr/bin/python3 "$home/bin/python"
printf 'home = /usr/bin\ninclude-system-site-packages = true\nversion = 3.13\n' >"$home/pyvenv.cfg"
for wheel in "$wheels"/*.whl; do unzip -qo "$wheel" -d "$site"; done
git archive HEAD kiosk drivers city pyproject.toml README.md LICENSE | tar -x -C "$work"
(cd "$work" && "$python" -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation --no-index -w out . && unzip -qo out/madoguchi-*.whl -d "$site")
rm -rf "$site/city" "$site"/pygame/docs "$site"/pygame/examples "$site"/pygame/tests "$site"/*.data
rm -rf "$site"/setuptools "$site"/setuptools-* "$site"/pkg_resources "$site"/_distutils_hack "$site"/distutils-precedence.pth # builds wheels
find "$site" -type f \( -name '*.pyi' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.c' -o -name '*.h' \) -delete
PYTHONPATH=. "$python" image/faces.py "$tree" "$site/build/fonts" "$(dirname "$wheels")/faces" ${IMAGE_QUICK:+--whole}

share=$tree/usr/share/madoguchi
mkdir -p "$share" "$tree/etc/madoguchi" "$tree/usr/share/doc/madoguchi"
git archive HEAD config | tar -x -C "$share"
git archive HEAD docs/runbook.md | tar -xO >"$tree/usr/share/doc/madoguchi/runbook.md"
rm -rf "$share/config/personas" "$share/config/city.toml"
cp "$share/config/kiosk.toml" "$tree/etc/madoguchi/kiosk.toml"
[ ! -f image/provision.pub ] || install -m 644 image/provision.pub "$share/provision.pub" # who may provision this machine

put() { install -D -m 644 "$1" "$tree/$2"; }
for unit in systemd/madoguchi-*.service systemd/madoguchi-*.path image/units/*.mount image/units/*.service; do put "$unit" "usr/lib/systemd/system/${unit##*/}"; done
for part in pcscd.service.d pcscd.socket.d; do
    for file in "systemd/$part"/*; do put "$file" "etc/systemd/system/$part/${file##*/}"; done
done
put image/units/ids.conf usr/lib/sysusers.d/00-madoguchi-ids.conf
put systemd/madoguchi.sysusers.conf usr/lib/sysusers.d/madoguchi.conf
put systemd/madoguchi.tmpfiles.conf usr/lib/tmpfiles.d/madoguchi.conf
for rules in systemd/*.rules; do case $rules in *polkit*) ;; *) put "$rules" "usr/lib/udev/rules.d/${rules##*/}" ;; esac; done
put systemd/firewall.nft usr/share/madoguchi/firewall.nft
put image/units/nftables.conf etc/nftables.conf
put image/units/61-madoguchi-usb.rules usr/lib/udev/rules.d/61-madoguchi-usb.rules
put image/units/modprobe.conf usr/lib/modprobe.d/madoguchi.conf
put image/units/sysctl.conf usr/lib/sysctl.d/90-madoguchi.conf
put image/units/resolved.conf etc/systemd/resolved.conf.d/madoguchi.conf
put image/units/courier-network.conf etc/systemd/system/madoguchi-courier.service.d/network.conf
put image/units/update-network.conf etc/systemd/system/madoguchi-update.service.d/network.conf
put drivers/usb_guard.py usr/lib/madoguchi/usb_guard.py
put image/lock_console.py usr/lib/madoguchi/lock_console.py
put image/units/20-wired.network etc/systemd/network/20-wired.network
put image/units/system.conf etc/systemd/system.conf.d/madoguchi.conf
put image/units/journald.conf etc/systemd/journald.conf.d/madoguchi.conf
for unit in kiosk courier update; do put image/units/data.conf "etc/systemd/system/madoguchi-$unit.service.d/data.conf"; done
put image/units/late.conf etc/systemd/system/madoguchi-courier.service.d/late.conf
put image/units/61-madoguchi-disk.rules usr/lib/udev/rules.d/61-madoguchi-disk.rules
put image/units/rauc.conf etc/rauc/system.conf
put image/units/rauc-service.conf etc/systemd/system/rauc.service.d/madoguchi.conf
put image/units/rauc-bus.conf usr/share/dbus-1/system.d/de.pengutronix.rauc.conf
put image/units/data-folders.conf usr/lib/tmpfiles.d/madoguchi-data.conf
put image/fw_env.config etc/fw_env.config
install -D -m 755 image/make-data.sh "$tree/usr/lib/madoguchi/make-data"
mkdir -p "$share/data/spool" "$share/data/etc" "$share/data/rauc" "$share/data/update"
printf 'IMAGE_ID=madoguchi\nIMAGE_VERSION=%s\n' "$(sh image/version.sh)" >>"$tree/usr/lib/os-release"
put systemd/debian13/madoguchi-kiosk.conf etc/systemd/system/madoguchi-kiosk.service.d/device.conf
put systemd/debian13/pcscd.conf etc/systemd/system/pcscd.service.d/zz-device.conf
systemd-sysusers --root="$tree" 2>&1 | grep -v -e '^Creating' -e 'Conflict with earlier' || true
for unit in "$tree"/usr/lib/systemd/system/madoguchi-* image/units/*.mount image/units/*.service; do
    ! grep -q '^\[Install\]' "$unit" || systemctl --root="$tree" --quiet enable "${unit##*/}"
done

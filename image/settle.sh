#!/bin/sh
# Do for an unpacked tree what the packages' scripts would have done, and drop what a kiosk has no use for.
#
#     settle.sh TREE
set -eu
tree=$1

# Users, and files that machines have of their own
cp "$tree/usr/share/base-passwd/passwd.master" "$tree/etc/passwd"
cp "$tree/usr/share/base-passwd/group.master" "$tree/etc/group"
: >"$tree/etc/machine-id"
: >"$tree/etc/fstab"
echo madoguchi >"$tree/etc/hostname"
ln -sf /run/systemd/resolve/resolv.conf "$tree/etc/resolv.conf"
ln -sf /usr/share/zoneinfo/Asia/Tokyo "$tree/etc/localtime"
echo LANG=C.UTF-8 >"$tree/etc/default/locale"
sed -i 's/^u!/u/' "$tree"/usr/lib/sysusers.d/*.conf # a mark that older systemd-sysusers do not know
systemd-sysusers --root="$tree" 2>&1 | grep -v '^Creating' || true
ln -sf dash "$tree/usr/bin/sh"
find "$tree/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$tree/etc/ssl/certs/ca-certificates.crt"

# No package manager, no documentation but the licences, no desktop
find "$tree/usr/share/doc" -type f ! -name copyright -delete
find "$tree/usr/share/doc" -type d -empty -delete
for name in man info locale icons mime gtk-2.0 gtk-3.0 gtk-4.0 bug lintian linda X11/locale themes vulkan doc-base perl5 menu; do
    rm -rf "$tree/usr/share/$name"
done
rm -rf "$tree/var/lib/dpkg" "$tree/var/cache/apt" "$tree/var/lib/apt" "$tree/etc/apt" "$tree/etc/cron.d" "$tree/etc/cron.daily" \
    "$tree"/etc/rc?.d "$tree/etc/init.d" "$tree/etc/ssh" "$tree/usr/lib/python3/dist-packages/gi"
rm -f "$tree"/usr/bin/apt* "$tree"/usr/bin/dpkg* "$tree"/usr/share/fonts/opentype/noto/NotoSerif*
rm -rf "$tree"/dev "$tree"/boot
mkdir -p "$tree/dev" "$tree/boot" "$tree/data" "$tree/proc" "$tree/sys" "$tree/run" "$tree/tmp"

# Fewer jobs at the first boot: nothing is to be brought up to date in a root that is never written
touch "$tree/etc/.updated" "$tree/var/.updated"

# What must not run: consoles, emergency shells, housekeeping of a system that is written to
units=$tree/etc/systemd/system
mkdir -p "$units"
for unit in getty@tty1.service serial-getty@.service console-getty.service autovt@.service debug-shell.service \
    emergency.service rescue.service ctrl-alt-del.target systemd-firstboot.service systemd-homed.service \
    e2scrub_all.timer e2scrub_reap.service fstrim.timer apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
    systemd-logind.service systemd-user-sessions.service systemd-hostnamed.socket systemd-rfkill.socket polkit.service \
    proc-sys-fs-binfmt_misc.automount systemd-binfmt.service systemd-networkd-persistent-storage.service \
    systemd-networkd-wait-online.service systemd-hwdb-update.service systemd-update-done.service ldconfig.service systemd-journal-catalog-update.service; do
    ln -sf /dev/null "$units/$unit"
done
sed -i '/^Requires=polkit.service/d' "$tree/usr/lib/systemd/system/pcscd.service" # systemd/debian13/pcscd.conf says why
systemctl --root="$tree" set-default multi-user.target >/dev/null 2>&1
for unit in pcscd.socket systemd-networkd.service systemd-timesyncd.service nftables.service; do
    systemctl --root="$tree" --quiet enable "$unit" 2>/dev/null || echo "settle: $unit was not enabled" >&2
done

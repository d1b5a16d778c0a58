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
printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 madoguchi\n' >"$tree/etc/hosts"
printf 'passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\nprotocols: files\n' >"$tree/etc/nsswitch.conf"
ln -sf /run/systemd/resolve/resolv.conf "$tree/etc/resolv.conf"
ln -sf /usr/share/zoneinfo/Asia/Tokyo "$tree/etc/localtime"
echo LANG=C.UTF-8 >"$tree/etc/default/locale"
sed -i 's/^u!/u/' "$tree"/usr/lib/sysusers.d/*.conf # a mark that older systemd-sysusers do not know
systemd-sysusers --root="$tree" 2>&1 | grep -v '^Creating' || true
ln -sf dash "$tree/usr/bin/sh"
find "$tree/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$tree/etc/ssl/certs/ca-certificates.crt"

# No documentation but the licences, no desktop, no tables of characters and devices that nothing here reads
find "$tree/usr/share/doc" -type f ! -name copyright -delete
find "$tree/usr/share/doc" -type d -empty -delete
for name in man info locale icons mime applications bug lintian X11 vulkan doc-base menu metainfo pixmaps bash-completion fish zsh gdb \
    initramfs-tools polkit-1 debianutils dict; do
    rm -rf "$tree/usr/share/$name"
done
# mtools reads the names on a stick by code page 850, and reads no stick without it
find "$tree/usr/lib/aarch64-linux-gnu/gconv" -type f ! -name IBM850.so ! -name 'gconv-modules*' -delete
rm -rf "$tree/usr/lib/udev/hwdb.d" "$tree/usr/lib/mozc/mozc_renderer" "$tree/usr/lib/valgrind" \
    "$tree"/etc/cron.* "$tree"/etc/rc?.d "$tree/etc/init.d" "$tree/etc/ssh" "$tree/etc/sv" "$tree/etc/dpkg" "$tree/etc/skel" "$tree/etc/apparmor.d"
rm -f "$tree"/usr/share/fonts/opentype/noto/NotoSerif*
# eSpeak NG's other hundred languages
spoken=$tree/usr/lib/aarch64-linux-gnu/espeak-ng-data
if [ -d "$spoken" ]; then
    find "$spoken" -name '*_dict' ! -name cmn_dict ! -name en_dict ! -name ja_dict ! -name ko_dict ! -name pt_dict ! -name vi_dict -delete
    find "$spoken/lang" -type f ! -name cmn ! -name 'en*' ! -name ja ! -name ko ! -name 'pt*' ! -name 'vi*' -delete
    find "$spoken/lang" -type d -empty -delete
fi
python=$tree/usr/lib/python3.13
rm -rf "$python/ensurepip" "$python/idlelib" "$python/tkinter" "$python/turtledemo" "$python/pydoc_data" "$python/test" "$python/lib2to3" \
    "$python"/lib-dynload/_test* "$python"/lib-dynload/_ctypes_test* "$python"/lib-dynload/xx* "$python"/config-3.13*
rm -rf "$tree"/dev "$tree"/boot
mkdir -p "$tree/dev" "$tree/boot" "$tree/data" "$tree/proc" "$tree/sys" "$tree/run" "$tree/tmp"

# Nobody logs in, and nobody becomes somebody else: no consoles, no shells of users, nothing setuid, no passwords
for program in agetty getty sulogin su runuser mkhomedir_helper unix_chkpwd unix_update faillock pam-auth-update pwhistory_helper run0; do
    rm -f "$tree/usr/bin/$program" "$tree/usr/sbin/$program"
done
find "$tree" -xdev -type f -perm /6000 -exec chmod ug-s {} +
sed -i 's|:[^:]*$|:/usr/sbin/nologin|; s|^\([^:]*\):[^:]*:|\1:!:|' "$tree/etc/passwd"
rm -f "$tree/etc/shadow" "$tree/etc/shadow-" "$tree/etc/passwd-" "$tree/etc/group-"

# Fewer jobs at the first boot: nothing is to be brought up to date in a root that is never written
touch "$tree/etc/.updated" "$tree/var/.updated"

# What must not run: consoles, emergency shells, housekeeping of a system that is written to
units=$tree/etc/systemd/system
mkdir -p "$units"
for unit in $(sed -e 's/#.*//' "$(dirname "$0")/masked.txt"); do ln -sf /dev/null "$units/$unit"; done
sed -i '/^Requires=polkit.service/d' "$tree/usr/lib/systemd/system/pcscd.service" # systemd/debian13/pcscd.conf says why
systemctl --root="$tree" set-default multi-user.target >/dev/null 2>&1
for unit in pcscd.socket systemd-networkd.service systemd-resolved.service systemd-timesyncd.service nftables.service; do
    systemctl --root="$tree" --quiet enable "$unit" 2>/dev/null || echo "settle: $unit was not enabled" >&2
done

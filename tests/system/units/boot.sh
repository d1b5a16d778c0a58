#!/bin/sh
# Boot systemd as PID 1 over this machine's own files, in namespaces of its own: `boot.sh WORK REPOSITORY PYTHON`.
#
# Called twice: as it is, it makes control groups for the machine and calls itself again as `inside` in new namespaces.
# Nothing of this machine is written: the root is an overlay in memory, with /dev, /sys, /run and /tmp of its own. It ends
# with the process that called it.
set -eu

outside() {
    # A group in every hierarchy, so that the new systemd thinks it has the whole of it
    name=madoguchi-$$
    for tree in /sys/fs/cgroup /sys/fs/cgroup/*/; do
        if [ -e "$tree/cgroup.procs" ]; then
            mkdir "$tree/$name"
            [ ! -e "$tree/$name/cpuset.cpus" ] || [ -n "$(cat "$tree/$name/cpuset.cpus")" ] || {
                cat "$tree/cpuset.cpus" >"$tree/$name/cpuset.cpus"
                cat "$tree/cpuset.mems" >"$tree/$name/cpuset.mems"
            }
            echo $$ >"$tree/$name/cgroup.procs"
            [ "$tree" != /sys/fs/cgroup ] || break
        fi
    done
    echo "$name" >"$1/cgroup"
    exec unshare --mount --pid --fork --kill-child --uts --ipc --net --cgroup --propagation private \
        sh "$0" inside "$@"
}

mount_control_groups() {
    if [ -e /sys/fs/cgroup/cgroup.procs ]; then
        mount -t cgroup2 none "$1"
        return
    fi
    mount -t tmpfs -o mode=755 none "$1"
    for tree in /sys/fs/cgroup/*/; do
        name=$(basename "$tree")
        mkdir "$1/$name"
        case $name in
        unified) mount -t cgroup2 none "$1/$name" ;;
        systemd) mount -t cgroup -o none,name=systemd none "$1/$name" ;;
        *) mount -t cgroup -o "$name" none "$1/$name" || rmdir "$1/$name" ;;
        esac
    done
}

make_devices() {
    mount -t tmpfs -o mode=755,nosuid none "$1"
    # Everybody could open each of these, were it not for the units: a refusal is then the sandbox's
    while read -r name kind major minor; do
        mkdir -p "$(dirname "$1/$name")"
        mknod -m 666 "$1/$name" "$kind" "$major" "$minor"
    done <<LIST
null c 1 3
zero c 1 5
full c 1 7
random c 1 8
urandom c 1 9
tty c 5 0
mem c 1 1
kmsg c 1 11
ttyS0 c 4 64
tty1 c 4 1
input/event0 c 13 64
dri/card0 c 226 0
gpiochip0 c 254 0
hidraw0 c 247 0
video0 c 81 0
bus/usb/001/001 c 189 0
mmcblk0 b 179 0
loop0 b 7 0
uinput c 10 223
fuse c 10 229
LIST
    mkdir "$1/pts" "$1/shm"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 none "$1/pts"
    ln -s pts/ptmx "$1/ptmx"
    mount -t tmpfs -o mode=1777 none "$1/shm"
    ln -s /proc/self/fd "$1/fd"
    ln -s /proc/self/fd/0 "$1/stdin"
    ln -s /proc/self/fd/1 "$1/stdout"
    ln -s /proc/self/fd/2 "$1/stderr"
}

inside() {
    work=$1 repository=$2 python=$3
    mount -t tmpfs -o mode=755 none "$work/memory"
    mkdir "$work/memory/upper" "$work/memory/work" "$work/memory/root"
    root=$work/memory/root
    mount -t overlay overlay -o "lowerdir=/,upperdir=$work/memory/upper,workdir=$work/memory/work" "$root"
    mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
    mount -t sysfs -o nosuid,nodev,noexec sysfs "$root/sys"
    for hidden in bus/usb class/drm class/input; do # this machine's own devices are nobody's here
        [ ! -d "$root/sys/$hidden" ] || mount -t tmpfs -o mode=755 none "$root/sys/$hidden"
    done
    mount_control_groups "$root/sys/fs/cgroup"
    make_devices "$root/dev"
    for memory in run tmp root home var/log var/lib/systemd; do
        mkdir -p "$root/$memory"
        mount -t tmpfs -o mode=755,nosuid none "$root/$memory"
    done
    chmod 1777 "$root/tmp"

    # The programs where the units look for them: this repository, and the interpreter under its environment
    mkdir -p "$root/usr/share/madoguchi" "$root/usr/lib/madoguchi/bin" "$root/opt/python" "$root/opt/results"
    mount --bind "$repository" "$root/usr/share/madoguchi"
    mount --bind "$work/results" "$root/opt/results"
    prefix=$("$python" -c 'import sys; print(sys.base_prefix)')
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    case $prefix in
    /usr*) at=$prefix ;;
    *)
        at=/opt/python
        mount --bind "$prefix" "$root/opt/python"
        echo /opt/python/lib >"$root/etc/ld.so.conf.d/00-python.conf"
        ;;
    esac
    ln -s "$at/bin/$version" "$root/usr/lib/madoguchi/bin/python"
    printf 'home = %s/bin\ninclude-system-site-packages = false\n' "$at" >"$root/usr/lib/madoguchi/pyvenv.cfg"
    mkdir -p "$root/usr/lib/madoguchi/lib/$version/site-packages"
    mount --bind "$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
        "$root/usr/lib/madoguchi/lib/$version/site-packages"

    # Our units, where systemd/README.md puts them, and of this machine's only what they stand on
    own=$work/memory/units
    mkdir -p "$own"
    for unit in systemd-journald.service systemd-journald.socket systemd-journald-dev-log.socket pcscd.service pcscd.socket \
        basic.target sysinit.target sockets.target paths.target timers.target slices.target multi-user.target \
        local-fs.target network.target shutdown.target umount.target final.target; do
        cp "/lib/systemd/system/$unit" "$own/"
    done
    cp "$repository"/systemd/madoguchi-*.service "$repository"/systemd/madoguchi-*.path "$own/"
    for part in pcscd.service.d pcscd.socket.d; do cp -r "$repository/systemd/$part" "$own/"; done
    cp -r "$work/units/." "$own/"
    for folder in lib/systemd/system etc/systemd/system usr/local/lib/systemd/system; do
        [ ! -d "$root/$folder" ] || mount -t tmpfs -o mode=755 none "$root/$folder"
    done
    cp -r "$own/." "$root/lib/systemd/system/"
    for folder in lib/systemd/system-generators etc/systemd/system-generators usr/local/lib/systemd/system-generators \
        lib/systemd/system-environment-generators; do
        [ ! -d "$root/$folder" ] || mount -t tmpfs none "$root/$folder"
    done
    cp "$repository/systemd/madoguchi.sysusers.conf" "$root/usr/lib/sysusers.d/madoguchi.conf"
    cp "$repository/systemd/madoguchi.tmpfiles.conf" "$root/usr/lib/tmpfiles.d/madoguchi.conf"
    mkdir -p "$root/etc/madoguchi"
    cp -r "$work/etc/." "$root/etc/madoguchi/"
    rm -f "$root/etc/reader.conf.d/"*
    cp "$work/reader.conf" "$root/etc/reader.conf.d/virtual"
    : >"$root/etc/fstab"
    rm -f "$root/etc/machine-id"
    echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"

    cd "$root"
    mkdir -p old
    pivot_root . old
    [ ! -e etc/ld.so.conf.d/00-python.conf ] || ldconfig
    systemd-sysusers madoguchi.conf
    systemd-tmpfiles --create madoguchi.conf
    sh /opt/results/settle.sh
    umount -l /old
    exec env -i container=madoguchi PATH=/usr/bin:/usr/sbin /lib/systemd/systemd --system --unit=multi-user.target \
        --log-target=journal --show-status=no
}

case $1 in
inside) shift && inside "$@" ;;
*) outside "$@" ;;
esac

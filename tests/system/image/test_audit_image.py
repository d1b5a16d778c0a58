"""The audit of the image, on a small tree that is in order and on the same tree with one thing wrong."""

from __future__ import annotations

import contextlib
import importlib
import io
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
IMAGE, SYSTEMD = ROOT / "image", ROOT / "systemd"
COMMAND_LINE = "console=tty0 quiet panic=10 madoguchi.root=2 madoguchi.offset=4096 madoguchi.hash=" + "0a" * 32
MODULES = (
    "vc4", "v3d", "dm-verity", "erofs", "overlay", "usbhid", "hid-multitouch", "usb-storage", "nf_tables", "genet",
    "lan78xx", "bcm2835_wdt",
)  # fmt: skip
sys.path.insert(0, str(IMAGE))  # its files are no package: the build starts them one by one
AUDIT = importlib.import_module("audit")
sys.path.remove(str(IMAGE))
PLACES = {  # as image/install.sh puts them
    IMAGE / "units/system.conf": "etc/systemd/system.conf.d/madoguchi.conf",
    IMAGE / "units/journald.conf": "etc/systemd/journald.conf.d/madoguchi.conf",
    IMAGE / "units/sysctl.conf": "usr/lib/sysctl.d/90-madoguchi.conf",
    IMAGE / "units/modprobe.conf": "usr/lib/modprobe.d/madoguchi.conf",
    IMAGE / "units/61-madoguchi-usb.rules": "usr/lib/udev/rules.d/61-madoguchi-usb.rules",
    IMAGE / "units/nftables.conf": "etc/nftables.conf",
    IMAGE / "units/data.mount": "usr/lib/systemd/system/data.mount",
    IMAGE / "lock_console.py": "usr/lib/madoguchi/lock_console.py",
    SYSTEMD / "firewall.nft": "usr/share/madoguchi/firewall.nft",
    ROOT / "drivers/usb_guard.py": "usr/lib/madoguchi/usb_guard.py",
    ROOT / "config/kiosk.toml": "usr/share/madoguchi/config/kiosk.toml",
    ROOT / "docs/runbook.md": "usr/share/doc/madoguchi/runbook.md",
}
VOICE = "nitech-jp-atr503-m001"
ENABLED = (
    "madoguchi-kiosk", "madoguchi-courier", "madoguchi-mozc", "madoguchi-usb", "madoguchi-console",
    "madoguchi-firewall", "nftables",
)  # fmt: skip


def names(path: Path) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def put(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def make_tree(tree: Path) -> None:
    for source, place in PLACES.items():
        put(tree / place, source.read_text("utf-8"))
    put_units(tree)
    users = ("root", "madoguchi-kiosk", "madoguchi-courier", "madoguchi-mozc")
    put(tree / "etc/passwd", "".join(f"{name}:!:{n}:{n}::/:/usr/sbin/nologin\n" for n, name in enumerate(users)))
    put(tree / "etc/machine-id", "")
    for place in ("usr/lib/mozc/mozc_server", "usr/bin/mcopy", "usr/bin/dash", "usr/bin/python3.13", "usr/bin/cat"):
        put(tree / place, "", 0o755)
    for name in ("libc.so.6", "ld-linux-aarch64.so.1"):
        put(tree / "usr/lib/aarch64-linux-gnu" / name, "")
    fonts = tomllib.loads((ROOT / "config/kiosk.toml").read_text("utf-8"))["fonts"]
    ours = [f"/usr/share/madoguchi/config/{name}" for name in ("postcodes.zip", "names/x", "texts/vi.toml")]
    ours += [f"/usr/lib/aarch64-linux-gnu/gconv/{name}" for name in ("IBM850.so", "gconv-modules")]
    speech = [
        f"/usr/lib/aarch64-linux-gnu/espeak-ng-data/{name}_dict" for name in ("cmn", "en", "ja", "ko", "pt", "vi")
    ]
    speech += ["/usr/bin/espeak-ng", "/usr/bin/open_jtalk", "/var/lib/mecab/dic/open-jtalk/naist-jdic/sys.dic"]
    speech += [f"/usr/share/hts-voice/{VOICE}/{VOICE}.htsvoice", "/usr/share/madoguchi/build/voice/vi/0.opus"]
    for place in [*fonts.values(), *ours, *speech]:
        put(tree / place.lstrip("/"), "")
    folder = tree / "usr/lib/modules/6.12"
    for name in MODULES:
        put(folder / f"kernel/{name}.ko.xz", "")
    put(folder / "modules.dep", "".join(f"kernel/{name}.ko.xz:\n" for name in MODULES))
    put(folder / "modules.builtin", "kernel/net/ipv6.ko\n")


def put_units(tree: Path) -> None:
    for unit in SYSTEMD.glob("madoguchi-*.service"):
        put(tree / "usr/lib/systemd/system" / unit.name, unit.read_text("utf-8"))
    wants = tree / "etc/systemd/system/multi-user.target.wants"
    wants.mkdir(parents=True)
    for name in ENABLED:
        (wants / f"{name}.service").symlink_to(f"/usr/lib/systemd/system/{name}.service")
    for unit in names(IMAGE / "masked.txt"):
        (wants.parent / unit).symlink_to("/dev/null")


@pytest.fixture(scope="module")
def good_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("good") / "tree"
    make_tree(tree)
    return tree


def audit(tree: Path, command_line: str = COMMAND_LINE) -> tuple[int, str]:
    line = tree.parent / "cmdline.txt"
    line.write_text(command_line + "\n", encoding="ascii")
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = AUDIT.main(tree, line)
    return code, said.getvalue()


def test_a_tree_in_order_contradicts_nothing(good_tree: Path) -> None:
    code, said = audit(good_tree)
    assert "NO " not in said, said
    assert code == 0


def add(place: str, text: str = "", mode: int = 0o755) -> Callable[[Path], None]:
    return lambda tree: put(tree / place, text, mode)


def change(place: str, old: str, new: str) -> Callable[[Path], None]:
    def changed(tree: Path) -> None:
        text = (tree / place).read_text("utf-8")
        assert old in text
        (tree / place).write_text(text.replace(old, new), encoding="utf-8")

    return changed


def drop(place: str) -> Callable[[Path], None]:
    return lambda tree: (tree / place).unlink()


def lone_program(tree: Path) -> None:
    shutil.copy("/bin/true", tree / "usr/bin/true")
    (tree / "usr/lib/aarch64-linux-gnu/libc.so.6").unlink()


WRONG: dict[str, list[Callable[[Path], None]]] = {
    "There is nothing that makes programs": [
        add("usr/bin/aarch64-linux-gnu-gcc-14"),
        add("usr/bin/ld"),
        add("usr/include/stdio.h"),
    ],
    "There is nothing that brings programs": [
        add("usr/bin/apt-get"),
        add("usr/bin/curl"),
        add("usr/lib/python3/dist-packages/pip/__init__.py"),
        add("var/lib/dpkg/status"),
    ],
    "Nobody can log in": [
        add("usr/sbin/sshd"),
        add("usr/sbin/agetty"),
        add("usr/bin/su"),
        add("root/.ssh/authorized_keys"),
        change("etc/passwd", "root:!:0:0::/:/usr/sbin/nologin", "root:!:0:0::/:/bin/sh"),
        change("etc/passwd", "root:!:", "root::"),
        add("etc/shadow", "root:$6$abc:1::::::\n"),
    ],
    "The shell is dash": [add("usr/bin/bash"), add("usr/bin/perl5.40"), add("usr/bin/busybox")],
    "No program gives its caller more rights": [add("usr/bin/mount", mode=0o4755), add("usr/bin/write", mode=0o2755)],
    "Nobody but root may write": [add("etc/open", mode=0o666)],
    "There is no private key": [
        add("etc/madoguchi/trust/kiosk.key", "-----BEGIN PRIVATE KEY-----\n"),
        add("usr/share/madoguchi/k.pem", "-----BEGIN EC PRIVATE KEY-----\n"),
    ],
    "Every library that a program needs": [lone_program],
    "The kernel's modules are those of the boards": [
        add("usr/lib/modules/6.12/kernel/btusb.ko.xz"),
        drop("usr/lib/modules/6.12/kernel/vc4.ko.xz"),
        change("usr/lib/modules/6.12/modules.dep", "kernel/vc4.ko.xz:", "kernel/vc4.ko.xz: kernel/snd.ko.xz"),
        change("usr/lib/modules/6.12/modules.dep", "kernel/vc4.ko.xz:\n", ""),
        add("usr/lib/modules/6.13/modules.dep"),
    ],
    "No console, no emergency shell": [
        drop("etc/systemd/system/debug-shell.service"),
        drop("etc/systemd/system/getty@.service"),
        drop("etc/systemd/system/ctrl-alt-del.target"),
        add("etc/systemd/system/getty.target.wants/getty@tty1.service"),
        change("etc/systemd/system.conf.d/madoguchi.conf", "CtrlAltDelBurstAction=none", ""),
    ],
    "Consoles cannot be switched": [
        drop("etc/systemd/system/multi-user.target.wants/madoguchi-console.service"),
        drop("usr/lib/madoguchi/lock_console.py"),
    ],
    "The kernel answers no magic key": [
        change("usr/lib/sysctl.d/90-madoguchi.conf", "kernel.sysrq = 0", "kernel.sysrq = 1"),
        add("usr/lib/sysctl.d/99-later.conf", "kernel.sysrq=438\n"),
    ],
    "No program's memory reaches a disk": [
        change("etc/systemd/system.conf.d/madoguchi.conf", "DumpCore=no", "DumpCore=yes"),
        add("etc/fstab", "/swap none swap\n"),
        add("usr/lib/systemd/system/dev-zram0.swap"),
        add("usr/lib/systemd/systemd-coredump"),
    ],
    "What is written lies in memory": [
        add("usr/lib/systemd/system/var-log.mount", "[Mount]\nWhat=/dev/x\nWhere=/var/log\nType=ext4\n"),
        change("usr/lib/systemd/system/data.mount", "noexec", "exec"),
        add("etc/machine-id", "0123456789abcdef0123456789abcdef\n"),
        add("var/log/journal/x"),
    ],
    "The journal lies in memory": [
        change("etc/systemd/journald.conf.d/madoguchi.conf", "volatile", "persistent"),
        change("etc/systemd/journald.conf.d/madoguchi.conf", "32M", "32G"),
    ],
    "No USB device enters unjudged": [
        change("usr/lib/modprobe.d/madoguchi.conf", "default=0", "default=1"),
        drop("usr/lib/udev/rules.d/61-madoguchi-usb.rules"),
        drop("usr/lib/madoguchi/usb_guard.py"),
        add("usr/lib/udev/rules.d/99-all.rules", 'SUBSYSTEM=="usb", ATTR{authorized}="1"\n'),
        drop("etc/systemd/system/multi-user.target.wants/madoguchi-usb.service"),
    ],
    "The fire wall drops": [
        change(
            "usr/share/madoguchi/firewall.nft",
            "hook output priority filter; policy drop;",
            "hook output priority filter; policy accept;",
        ),
        drop("etc/systemd/system/multi-user.target.wants/nftables.service"),
        drop("etc/nftables.conf"),
        change("usr/share/madoguchi/firewall.nft", "        ct state invalid drop\n", "        accept\n"),
    ],
    "What the configuration names is there": [
        drop("usr/lib/mozc/mozc_server"),
        drop("usr/share/fonts/truetype/ipamj/ipamjm.ttf"),
        drop("usr/share/madoguchi/config/postcodes.zip"),
        drop("usr/lib/aarch64-linux-gnu/gconv/IBM850.so"),
    ],
    "Every language of the kiosk has its voice": [
        drop("usr/lib/aarch64-linux-gnu/espeak-ng-data/vi_dict"),
        drop("usr/bin/open_jtalk"),
        drop(f"usr/share/hts-voice/{VOICE}/{VOICE}.htsvoice"),
        drop("usr/share/madoguchi/build/voice/vi/0.opus"),
        add("usr/share/madoguchi/config/texts/ko.toml", ""),
    ],
    "Our programs start confined": [
        change("usr/lib/systemd/system/madoguchi-kiosk.service", "User=madoguchi-kiosk", "User=root"),
        drop("etc/systemd/system/multi-user.target.wants/madoguchi-mozc.service"),
        add("etc/systemd/system/madoguchi-courier.service.d/zz.conf", "[Service]\nNoNewPrivileges=no\n"),
    ],
}
CASES = [(sentence, number) for sentence, changes in WRONG.items() for number in range(len(changes))]


@pytest.mark.parametrize(("sentence", "number"), CASES, ids=lambda value: str(value).replace(" ", "-"))
def test_what_is_wrong_is_told(good_tree: Path, tmp_path: Path, sentence: str, number: int) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(good_tree, tree, symlinks=True)
    WRONG[sentence][number](tree)
    code, said = audit(tree)
    wrong = [line for line in said.splitlines() if line.startswith("NO ")]
    assert any(line.startswith(f"NO  {sentence}") for line in wrong), said
    assert code == 1


@pytest.mark.parametrize(
    "word",
    [
        "init=/bin/sh",
        "systemd.debug_shell",
        "systemd.unit=rescue.target",
        "console=ttyAMA0,115200",
        "sysrq_always_enabled",
        "rd.break",
        "usbcore.authorized_default=1",
    ],
)
def test_a_command_line_that_opens_something_is_told(good_tree: Path, word: str) -> None:
    code, said = audit(good_tree, f"{COMMAND_LINE} {word}")
    assert f"command line: {word}" in said
    assert code == 1


@pytest.mark.parametrize("line", ["console=tty0 panic=10", "panic=10 madoguchi.hash=12", "madoguchi.hash=" + "0a" * 32])
def test_a_command_line_without_the_roots_hash_or_a_way_out_of_a_panic_is_told(good_tree: Path, line: str) -> None:
    assert audit(good_tree, line)[0] == 1


def test_every_statement_has_something_that_contradicts_it(good_tree: Path) -> None:
    told = [line[4:] for line in audit(good_tree)[1].splitlines() if line.startswith("yes ")]
    untried = [sentence for sentence in told if not any(sentence.startswith(known) for known in WRONG)]
    assert untried == ["The command line verifies the root and opens nothing"]


def test_the_build_audits_what_it_makes() -> None:
    assert "image/audit.py" in (IMAGE / "build.sh").read_text("utf-8")


def test_a_library_in_a_folder_that_the_program_names_is_found(good_tree: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(good_tree, tree, symlinks=True)
    own = tree / "usr/lib/own"
    own.mkdir()
    (tmp_path / "own.c").write_text("int own(void) { return 1; }\n", encoding="ascii")
    shared = ["gcc", "-shared", "-fPIC", str(tmp_path / "own.c")]
    subprocess.run([*shared, "-o", str(own / "libown.so"), "-Wl,-soname,libown.so"], check=True)
    names_it = ["-L", str(own), "-Wl,--no-as-needed", "-lown", "-Wl,-rpath,/usr/lib/own"]
    subprocess.run([*shared, "-o", str(tree / "usr/lib/aarch64-linux-gnu/libuser.so"), *names_it], check=True)
    assert audit(tree)[0] == 0
    (own / "libown.so").unlink()
    assert "libuser.so needs libown.so" in audit(tree)[1]

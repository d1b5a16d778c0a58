# ruff: noqa: INP001  # a tool, not a package
"""What the audit says about the programs and files of the tree."""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from audit_image import Image, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = ("usr/bin/*", "usr/sbin/*", "usr/local/bin/*", "usr/local/sbin/*", "opt/**/bin/*", "usr/libexec/*")
MAKES_PROGRAMS = re.compile(
    r"(.*-)?(gcc|g\+\+|cc|c\+\+|cpp|clang|tcc|rustc|cargo|go|as|ld|ld\.(bfd|gold|lld)|make|cmake|ninja|gdb|strace)"
    r"(-[\d.]+)?"
)
BRINGS_PROGRAMS = re.compile(r"(apt|apt-.*|dpkg|dpkg-.*|pip3?|pip[\d.]+|uv|npm|curl|wget|git|rpm|snap)")
LETS_PEOPLE_IN = re.compile(
    r"(ssh|sshd|dropbear|telnetd?|in\..*|rlogin|ftp|nc|ncat|socat|screen|tmux"
    r"|login|su|sudo|doas|agetty|getty|sulogin|runuser|run0|vlock)"
)
OTHER_SHELLS = re.compile(r"(bash|zsh|ksh\w*|fish|perl.*|ruby.*|lua.*|node|busybox)")
SECRETS = re.compile(rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----")
SMALL = 1_000_000  # bytes: a key file is no larger
LIBRARY_FOLDERS = ("usr/lib/aarch64-linux-gnu", "usr/lib", "usr/lib/aarch64-linux-gnu/systemd", "usr/lib/systemd")
NEEDED_MODULES = (
    "vc4", "v3d", "dm_verity", "erofs", "overlay", "usbhid", "hid_multitouch", "usb_storage", "nf_tables", "genet",
    "lan78xx", "bcm2835_wdt",
)  # fmt: skip
FORBIDDEN_MODULES = re.compile(
    r"(bluetooth|btusb|hci_uart|brcmfmac|cfg80211|usbserial|cdc_acm|thunderbolt|firewire.*|uinput|g_.*|kvm)"
)


def _named(image: Image, wrong: re.Pattern[str]) -> Iterator[str]:
    return (image.name(path) for path in image.named(*PROGRAMS) if wrong.fullmatch(path.name))


@statement("There is nothing that makes programs")
def _no_compilers(image: Image) -> Iterator[str]:
    yield from _named(image, MAKES_PROGRAMS)
    yield from (image.name(path) for path in image.named("usr/include/*", "usr/lib/gcc/*/*/cc1*"))


@statement("There is nothing that brings programs")
def _no_package_managers(image: Image) -> Iterator[str]:
    yield from _named(image, BRINGS_PROGRAMS)
    parts = ("pip", "setuptools", "ensurepip")
    yield from (
        image.name(path) for part in parts for path in image.named(f"usr/lib/**/python3*/**/{part}/__init__.py")
    )
    yield from (
        image.name(path) for path in image.named("usr/lib/python3*/ensurepip", "var/lib/dpkg/*", "var/lib/apt/*")
    )


@statement("Nobody can log in, here or from afar")
def _no_logins(image: Image) -> Iterator[str]:
    yield from _named(image, LETS_PEOPLE_IN)
    for line in image.text("etc/passwd").splitlines():
        name, password, *_, shell = line.split(":")
        if not re.fullmatch(r"\S*/(nologin|false|sync)", shell) or password not in ("!", "*", "x"):
            yield f"/etc/passwd: {name} has password {password!r} and shell {shell}"
    for line in image.text("etc/shadow").splitlines():
        if line.split(":")[1][:1] not in ("!", "*"):
            yield f"/etc/shadow: {line.split(':')[0]} has a password"
    yield from (image.name(path) for path in image.named("**/authorized_keys", "etc/ssh/*"))


@statement("The shell is dash, and Python the only other language")
def _one_shell(image: Image) -> Iterator[str]:
    yield from _named(image, OTHER_SHELLS)


@statement("No program gives its caller more rights")
def _no_setuid(image: Image) -> Iterator[str]:
    for path in image.named("**/*"):
        if path.is_symlink() or not path.is_file():
            continue
        if path.stat().st_mode & (stat.S_ISUID | stat.S_ISGID):
            yield f"{image.name(path)}: {stat.filemode(path.stat().st_mode)}"


@statement("Nobody but root may write what everybody reads")
def _nothing_world_writable(image: Image) -> Iterator[str]:
    for path in image.named("**/*"):
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            yield f"{image.name(path)}: {stat.filemode(mode)}"


@statement("There is no private key")
def _no_keys(image: Image) -> Iterator[str]:
    for path in image.named(
        "etc/**/*", "usr/share/madoguchi/**/*", "usr/lib/madoguchi/**/*", "root/**/*", "home/**/*", "var/**/*"
    ):
        if path.is_symlink() or not path.is_file() or path.suffix in (".py", ".pyc") or path.stat().st_size > SMALL:
            continue
        if SECRETS.search(path.read_bytes()):
            yield image.name(path)


@statement("Every library that a program needs is there")
def _libraries(image: Image) -> Iterator[str]:
    folders = [image.tree / folder for folder in LIBRARY_FOLDERS]
    there = {path.name for folder in folders if folder.is_dir() for path in folder.iterdir()}
    for program, needs, beside in _needs(image):
        yield from (f"{program} needs {name}" for name in needs if name not in there and name not in beside)


def _needs(image: Image) -> Iterator[tuple[str, list[str], set[str]]]:
    """Yield each ELF file with the libraries that it names, and the names in its own folders."""
    files = [path for path in image.named("usr/**/*") if path.is_file() and not path.is_symlink() and _is_elf(path)]
    if not files:
        return
    order = ["readelf", "-d", "-W", *map(str, files), "/dev/null"]  # of one file alone it would not say the name
    told = subprocess.run(order, check=False, capture_output=True, text=True).stdout
    for name, text in re.findall(r"(?s)File: (\S+)\n(.*?)(?=\nFile: |\Z)", told):
        program = Path(name)
        paths = [word for found in re.findall(r"\((?:RPATH|RUNPATH)\).*\[(.+)\]", text) for word in found.split(":")]
        places = [image.inside(path) for path in paths if path.startswith("/")]
        places += [program.parent / path.replace("$ORIGIN", ".") for path in paths if "ORIGIN" in path]
        beside = {file.name for place in places if place.is_dir() for file in place.iterdir()}
        yield image.name(program), re.findall(r"\(NEEDED\).*\[(.+)\]", text), beside


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


@statement("The kernel's modules are those of the boards, whole, and no radio")
def _modules(image: Image) -> Iterator[str]:
    indexes = list(image.named("usr/lib/modules/*/modules.dep"))
    if len(indexes) != 1:
        yield f"{len(indexes)} kernels have modules"
        return
    folder = indexes[0].parent
    lines = [line.partition(":") for line in indexes[0].read_text("ascii").splitlines()]
    names = {_module(path) for path, _, _ in lines}
    built_in = set(map(_module, image.text(image.name(folder / "modules.builtin")).splitlines()))
    yield from (f"{name} is missing" for name in NEEDED_MODULES if name not in names | built_in)
    yield from (f"{name} is there" for name in sorted(names) if FORBIDDEN_MODULES.fullmatch(name))
    for path, _, needs in lines:
        yield from (f"{path} needs {each}" for each in needs.split() if not (folder / each).exists())
    listed = {path for path, _, _ in lines}
    on_disk = {str(path.relative_to(folder)) for path in folder.rglob("*.ko*")}
    yield from (f"{path} is not in modules.dep" for path in sorted(on_disk - listed))
    yield from (f"{path} is not there" for path in sorted(listed - on_disk))


def _module(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0].replace("-", "_")

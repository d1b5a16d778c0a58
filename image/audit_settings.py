# ruff: noqa: INP001  # a tool, not a package
"""What the audit says about the settings of the tree and the kernel's command line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from audit_image import Image, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
MASKED = (
    "getty@.service", "serial-getty@.service", "console-getty.service", "autovt@.service", "getty.target",
    "debug-shell.service", "emergency.service", "rescue.service", "ctrl-alt-del.target", "kbrequest.target",
    "systemd-logind.service", "swap.target",
)  # fmt: skip
KERNEL = {
    "kernel.sysrq": "0", "kernel.core_pattern": "|/bin/false", "fs.suid_dumpable": "0", "kernel.kptr_restrict": "2",
    "kernel.dmesg_restrict": "1", "kernel.kexec_load_disabled": "1", "kernel.yama.ptrace_scope": "3",
    "kernel.unprivileged_bpf_disabled": "1", "net.ipv4.ip_forward": "0", "net.ipv6.conf.all.forwarding": "0",
}  # fmt: skip
MANAGER = {"DumpCore": "no", "DefaultLimitCORE": "0", "CrashShell": "no", "CtrlAltDelBurstAction": "none"}
JOURNAL = {"Storage": "volatile", "ForwardToSyslog": "no", "ForwardToConsole": "no", "Audit": "no"}
JOURNAL_MOST = 64  # MiB
VOICES = "Every language of the kiosk has its voice and its spoken sentences"
CODE_PAGES = "/usr/lib/aarch64-linux-gnu/gconv"
SPOKEN = "cmn", "en", "ja", "ko", "pt", "vi"  # eSpeak NG's names of the kiosk's languages
WRONG_WORDS = re.compile(
    r"(init=.*|single|rescue|emergency|1|s|S|systemd\.(debug.*|unit=.*|wants=.*|set_credential.*|confirm_spawn.*|log_target=.*)"
    r"|rd\.(break|shell).*|sysrq_always_enabled.*|console=(tty(AMA|S|USB).*|serial.*)|kgdb.*|usbcore\..*|nokaslr|mitigations=off|root=.*)"
)


def settings(image: Image, *places: str) -> dict[str, str]:
    """Return the keys that systemd reads from a file and its drop-ins; the last one counts."""
    found: dict[str, str] = {}
    for path in image.named(*places):
        for line in path.read_text("utf-8").splitlines():
            key, sign, value = line.partition("=")
            if sign and not line.startswith(("#", ";")):
                found[key.strip()] = value.strip()
    return found


def _differ(where: str, found: dict[str, str], wanted: dict[str, str]) -> Iterator[str]:
    for key, value in wanted.items():
        if found.get(key) != value:
            yield f"{where}: {key} is {found.get(key)!r}, expected {value!r}"


def manager(image: Image) -> dict[str, str]:
    """Return what systemd itself is told."""
    return settings(image, "etc/systemd/system.conf", "etc/systemd/system.conf.d/*.conf")


def enabled(image: Image, unit: str) -> bool:
    """Tell whether something starts a unit at boot."""
    folders = image.named("etc/systemd/system/*.wants", "usr/lib/systemd/system/*.wants")
    return any((folder / unit).is_symlink() for folder in folders)


@statement("No console, no emergency shell, no keys that ask for one")
def _masked(image: Image) -> Iterator[str]:
    wanted = {*MASKED, *_listed("masked.txt")}
    for unit in sorted(wanted):
        link = image.tree / "etc/systemd/system" / unit
        if not link.is_symlink() or str(link.readlink()) != "/dev/null":
            yield f"{unit} is not masked"
    yield from (
        image.name(path) for path in image.named("etc/systemd/system/*.wants/*getty*", "etc/inittab", "etc/securetty")
    )
    yield from _differ("system.conf", manager(image), {"CtrlAltDelBurstAction": "none"})


def _listed(name: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in (HERE / name).read_text("utf-8").splitlines())
    return [line for line in lines if line]


@statement("Consoles cannot be switched")
def _consoles(image: Image) -> Iterator[str]:
    if not enabled(image, "madoguchi-console.service"):
        yield "madoguchi-console.service is not enabled"
    if "VT_LOCKSWITCH" not in image.text("usr/lib/madoguchi/lock_console.py"):
        yield "/usr/lib/madoguchi/lock_console.py does not lock them"


@statement("The kernel answers no magic key, keeps no core and tells no addresses")
def _sysctl(image: Image) -> Iterator[str]:
    found = settings(image, "usr/lib/sysctl.d/*.conf", "etc/sysctl.d/*.conf", "etc/sysctl.conf")
    yield from _differ("sysctl.d", {key: value.removeprefix("-") for key, value in found.items()}, KERNEL)


@statement("No program's memory reaches a disk: no core, no swap")
def _memory(image: Image) -> Iterator[str]:
    yield from _differ("system.conf", manager(image), MANAGER)
    yield from (
        image.name(path)
        for path in image.named(
            "usr/lib/systemd/systemd-coredump", "**/*.swap", "usr/lib/systemd/system-generators/zram*"
        )
    )
    if image.text("etc/fstab").strip():
        yield "/etc/fstab has lines"


@statement("What is written lies in memory, but for spool and configuration")
def _in_memory(image: Image) -> Iterator[str]:
    for path in image.named("usr/lib/systemd/system/*.mount", "etc/systemd/system/*.mount"):
        if path.is_symlink() and str(path.readlink()) == "/dev/null":
            continue
        found = settings(image, str(path.relative_to(image.tree)))
        if found.get("Type") in ("ext4", "vfat", "ext2", "btrfs") and found.get("Where") != "/data":
            yield f"{image.name(path)} mounts {found.get('What')}"
        elif found.get("Where") == "/data" and not {"nosuid", "nodev", "noexec"} <= set(
            found.get("Options", "").split(",")
        ):
            yield f"{image.name(path)}: /data may hold programs or devices"
    if image.text("etc/machine-id").strip():
        yield "/etc/machine-id is every kiosk's"
    yield from (
        image.name(path) for path in image.named("root/*", "home/*", "var/log/journal", "var/lib/systemd/random-seed")
    )


@statement("The journal lies in memory and is capped")
def _journal(image: Image) -> Iterator[str]:
    found = settings(image, "etc/systemd/journald.conf", "etc/systemd/journald.conf.d/*.conf")
    yield from _differ("journald.conf", found, JOURNAL)
    most = re.fullmatch(r"(\d+)M", found.get("RuntimeMaxUse", ""))
    if not most or int(most[1]) > JOURNAL_MOST:
        yield f"journald.conf: RuntimeMaxUse is {found.get('RuntimeMaxUse')!r}, expected at most {JOURNAL_MOST}M"


@statement("No USB device enters unjudged")
def _usb(image: Image) -> Iterator[str]:
    options = "".join(
        path.read_text("utf-8") for path in image.named("usr/lib/modprobe.d/*.conf", "etc/modprobe.d/*.conf")
    )
    if re.findall(r"(?m)^options usbcore authorized_default=(\S+)$", options) != ["0"]:
        yield "modprobe.d: usbcore's authorized_default is not 0"
    rules = "".join(
        path.read_text("utf-8") for path in image.named("usr/lib/udev/rules.d/*.rules", "etc/udev/rules.d/*.rules")
    )
    if "/usr/lib/madoguchi/usb_guard.py $devpath" not in rules:
        yield "no udev rule starts usb_guard.py"
    if re.search(r'ATTR\{authorized\w*\}\s*=\s*"', rules):
        yield "a udev rule lets devices in by itself"
    if not image.text("usr/lib/madoguchi/usb_guard.py"):
        yield "/usr/lib/madoguchi/usb_guard.py is missing"
    if not enabled(image, "madoguchi-usb.service"):
        yield "madoguchi-usb.service is not enabled"


@statement("The fire wall drops what is not allowed, in and out")
def _firewall(image: Image) -> Iterator[str]:
    for unit in ("nftables.service", "madoguchi-firewall.service"):
        if not enabled(image, unit):
            yield f"{unit} is not enabled"
    if 'include "/usr/share/madoguchi/firewall.nft"' not in image.text("etc/nftables.conf"):
        yield "/etc/nftables.conf does not load the rules"
    rules = image.text("usr/share/madoguchi/firewall.nft")
    for hook in ("input", "output", "forward"):
        if not re.search(rf"hook {hook} priority filter; policy drop;", rules):
            yield f"firewall.nft: {hook} does not drop"
    if re.search(r"(?m)^\s*accept$", rules):
        yield "firewall.nft: a rule accepts everything"


@statement("The command line verifies the root and opens nothing")
def _command_line(image: Image) -> Iterator[str]:
    words = image.command_line.split()
    for word in words:
        if WRONG_WORDS.fullmatch(word):
            yield f"command line: {word}"
    for key in ("madoguchi.hash", "panic"):
        if not any(word.startswith(f"{key}=") for word in words):
            yield f"command line: no {key}="
    if not any(re.fullmatch(r"madoguchi\.hash=[0-9a-f]{64}", word) for word in words):
        yield "command line: the root's hash is none"


@statement("What the configuration names is there: fonts, words, conversion, and what reads sticks")
def _named_files(image: Image) -> Iterator[str]:
    config = tomllib.loads(image.text("usr/share/madoguchi/config/kiosk.toml") or "[fonts]")
    ours = [("forms", "postcodes"), ("conversion", "words"), ("screen", "texts")]
    paths = list(config["fonts"].values()) or ["no font is configured"]
    paths += [f"/usr/share/madoguchi/{config[part][key]}" for part, key in ours if part in config]
    paths += ["/usr/lib/mozc/mozc_server", "/usr/share/doc/madoguchi/runbook.md"]
    paths += ["/usr/bin/mcopy", f"{CODE_PAGES}/IBM850.so", f"{CODE_PAGES}/gconv-modules"]  # what reads sticks
    yield from (f"{path} is missing" for path in paths if not image.inside(path).exists())


@statement(VOICES)
def _voices(image: Image) -> Iterator[str]:
    config = tomllib.loads(image.text("usr/share/madoguchi/config/kiosk.toml") or "[languages]")
    clips = f"usr/share/madoguchi/{config.get('voice', {}).get('clips', '')}"
    texts = [path.stem for path in sorted(image.tree.glob("usr/share/madoguchi/config/texts/*.toml"))]
    yield from (f"{clips}/{name}: nothing spoken" for name in texts if not any(image.tree.glob(f"{clips}/{name}/*")))
    paths = [f"usr/lib/aarch64-linux-gnu/espeak-ng-data/{name}_dict" for name in SPOKEN]
    paths += ["usr/bin/espeak-ng", "usr/bin/open_jtalk", "var/lib/mecab/dic/open-jtalk/naist-jdic/sys.dic"]
    yield from (f"/{path} is missing" for path in paths if not image.inside(path).exists())
    if not any(image.tree.glob("usr/share/hts-voice/*/*.htsvoice")):
        yield "no voice for Open JTalk"


@statement("Our programs start confined, each as its own user")
def _units(image: Image) -> Iterator[str]:
    users = {line.split(":")[0] for line in image.text("etc/passwd").splitlines()}
    for name in ("kiosk", "courier", "mozc"):
        if not enabled(image, f"madoguchi-{name}.service"):
            yield f"madoguchi-{name}.service is not enabled"
        found = settings(
            image,
            f"usr/lib/systemd/system/madoguchi-{name}.service",
            f"etc/systemd/system/madoguchi-{name}.service.d/*.conf",
        )
        if found.get("User") not in users - {"root"}:
            yield f"madoguchi-{name}.service runs as {found.get('User')!r}"
        yield from _differ(
            f"madoguchi-{name}.service", found, {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "LimitCORE": "0"}
        )

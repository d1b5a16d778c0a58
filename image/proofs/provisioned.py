"""What a proof gives the machine: a provisioned data partition, and a command line with drop-ins and the agent."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GIVEN = Path(__file__).parents[1] / "test"
GROUP = 810  # madoguchi, of image/units/ids.conf
SECTOR = 512
HOST = "10.0.2.2"  # this machine, as the emulated one sees it
CITY_NAME = "鶴ヶ島市"
KIOSK_ID = "kiosk-demo"
DATA, ROOT = 3, 1  # which of the disk's partitions, from nought
ROOT_IN_SLOT = 32 << 20  # bytes: image/slot.sh puts the root behind a FAT of 32 MiB
DATA_MIB = 64  # of the proofs' data partition: it is looked at as a whole
REMEMBERED = (1024, 1152)  # sectors of image/fw_env.config
KEPT = "city_ca.pem", "kiosk.pem", "kiosk.key", "sealing.pub", "receipt.pub", "catalogue.pub", "sign_ca.pem"
DROP_INS = {"kiosk": "kiosk.conf", "courier": "courier.conf", "out-of-service": "out-of-service.conf"}
LONGEST_LINE = 2047  # characters that the kernel takes


def run(*order: str | Path) -> str:
    """Run a program to its end and return what it printed; raises CalledProcessError."""
    return subprocess.run([str(word) for word in order], check=True, capture_output=True, text=True).stdout


def credential(name: str, text: str) -> str:
    """Return the word of the command line by which systemd takes a unit or a drop-in that the image does not have."""
    return f"systemd.set_credential_binary={name}:{base64.b64encode(text.encode()).decode()}"


def provision(trust: Path) -> None:
    """Make an authority, cards, a city's keys and a kiosk's, where there are none yet."""
    if not (trust / "kiosk.key").exists():
        trust.mkdir(parents=True, exist_ok=True)
        run(sys.executable, "-m", "drivers.virtual", "authority", "--dir", trust)
    names = "--kiosk", KIOSK_ID, "--city-name", CITY_NAME, "--host", HOST
    run(sys.executable, "-m", "city", "provision", "--dir", trust, *names)


def partition(disk: Path, which: int) -> tuple[int, int]:
    """Return where a partition begins and how long it is, in sectors."""
    table = json.loads(run("sfdisk", "-J", disk))["partitiontable"]
    return table["partitions"][which]["start"], table["partitions"][which]["size"]


def disk_of(image: Path, folder: Path, trust: Path, city_port: int) -> Path:
    """Copy the image's disk and put a provisioned data partition on it."""
    disk = card_of(image, folder, DATA_MIB)
    fill(disk, data_of(image, folder, trust, city_port))
    return disk


def data_of(image: Path, folder: Path, trust: Path, city_port: int) -> Path:
    """Return a folder with what the data partition of a provisioned kiosk holds."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    (data / "spool").mkdir(parents=True)
    (data / "etc/trust").mkdir(parents=True)
    for name in KEPT:
        shutil.copy(trust / name, data / "etc/trust" / name)
        (data / "etc/trust" / name).chmod(0o640)
    city = f"https://{HOST}:{city_port}"
    own = (image / "kiosk.toml").read_text("utf-8")  # the fire wall reads this one only
    (data / "etc/kiosk.toml").write_text(re.sub(r'(?m)^url = ".*"$', f'url = "{city}"', own), encoding="utf-8")
    (data / "etc/profile.toml").write_text(_profile(city), encoding="utf-8")
    shutil.copytree(GIVEN, data / "etc/proof", ignore=shutil.ignore_patterns("*.conf", "*.service", "*.toml", "*.play"))
    for path in data.rglob("*"):
        shutil.chown(path, 0, GROUP)
    return data


def fill(disk: Path, data: Path) -> None:
    """Put a data partition with a folder's content on a card; slot A is the one that starts."""
    start, size = partition(disk, DATA)
    part = data.with_name("data.ext4")
    part.unlink(missing_ok=True)
    run("mke2fs", "-q", "-t", "ext4", "-L", "MADOGUCHI", "-E", "root_owner=0:0", "-d", data, part, f"{size // 2}K")
    run("dd", f"if={part}", f"of={disk}", "bs=512", f"seek={start}", "conv=notrunc,sparse", "status=none")
    part.unlink()
    remember(disk, BOOT_ORDER="A B", BOOT_A_LEFT="3", BOOT_B_LEFT="0", DATA="made")


def updating(config: str, settings: Mapping[str, str]) -> str:
    """Return a kiosk's configuration that takes the demonstration's updates; `settings` are those of the updater."""
    above, table, update = config.replace("demo = false", "demo = true").partition("[update]")
    for key, value in settings.items():
        update = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", update)
    return above + table + update


def _profile(city: str) -> str:
    return (GIVEN / "profile.toml").read_text("utf-8").replace("CITY_URL", city)


def profile(city_port: int) -> dict[str, Any]:
    """Return the settings that the proofs' kiosk has beside the image's own."""
    return tomllib.loads(_profile(f"https://{HOST}:{city_port}"))


def card_of(image: Path, folder: Path, data_mib: int) -> Path:
    """Copy the image onto a card of the size that its partitions need; the data partition is still to be made."""
    disk = folder / "disk.img"
    run("cp", "--sparse=always", image / "madoguchi.img", disk)
    start, _ = partition(disk, DATA)
    with disk.open("r+b") as file:
        file.truncate(start * SECTOR + ((data_mib + 1) << 20))
    resize = f"start={start}, size={data_mib << 11}, type=83\n"
    subprocess.run(["sfdisk", "-q", "-N", str(DATA + 1), str(disk)], input=resize, text=True, check=True)
    return disk


def remember(disk: Path, **words: str) -> None:
    """Write what U-Boot and RAUC remember, into both sectors."""
    text = "".join(f"{name}={value}\n" for name, value in words.items()).encode()
    made = subprocess.run(["mkenvimage", "-r", "-s", "512", "-"], input=text, check=True, capture_output=True).stdout
    with disk.open("r+b") as file:
        for sector in REMEMBERED:
            file.seek(sector * SECTOR)
            file.write(made)


def command_line(boot: Path, *, more: str = "") -> str:
    """Return the image's own command line, made talkative, with the proofs' drop-ins and agent; raises ValueError."""
    return _line(boot, given_words(DROP_INS, "agent.service"), more)


def first_day_line(boot: Path, key: str) -> str:
    """Return the line of a machine that nobody has provisioned; `key` (PEM) is who may; raises ValueError."""
    put = "f /usr/share/madoguchi/provision.pub 0644 root root - " + key.replace("\n", "\\n")
    more = credential("tmpfiles.extra", put + "\n")
    return _line(boot, given_words({"kiosk": "first-day.conf"}, "agent-disk.service"), more)


def _line(boot: Path, given: Sequence[str], more: str) -> str:
    own = (boot / "cmdline.txt").read_text("ascii").replace("quiet loglevel=3", "")
    line = " ".join([*own.split(), *given, *more.split()])
    if len(line) > LONGEST_LINE:
        raise ValueError(f"the kernel takes {LONGEST_LINE} characters, not {len(line)}")
    return line


def given_words(drop_ins: Mapping[str, str], agent: str) -> list[str]:
    """Return what a proof adds to the command line: talk, patience, drop-ins by program, the agent's unit."""
    talk = "console=ttyAMA0 systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info"
    slow = "systemd.watchdog_sec=120 systemd.default_device_timeout_sec=300"
    words = [
        credential(f"systemd.unit-dropin.madoguchi-{name}.service", _bare((GIVEN / file).read_text("utf-8")))
        for name, file in drop_ins.items()
    ]
    hand = credential("systemd.extra-unit.agent.service", _bare((GIVEN / agent).read_text("utf-8")))
    return [*talk.split(), *slow.split(), *words, hand, "systemd.wants=agent.service"]


def _bare(unit: str) -> str:
    """Return a unit without its remarks: the line is short."""
    return "\n".join(line for line in unit.splitlines() if line and not line.startswith("#")) + "\n"


def damage(disk: Path) -> None:
    """Change one bit of the root, where it is read first: in the volume name of its superblock."""
    place = partition(disk, ROOT)[0] * SECTOR + ROOT_IN_SLOT + 1024 + 64
    with disk.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))

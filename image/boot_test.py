# ruff: noqa: INP001, T201  # a tool, not a package
"""Boot the image in an emulated machine and prove that the kiosk is there: `python image/boot_test.py [IMAGE FOLDER]`.

The root, the initrd and the kernel are the image's own; the data partition is provisioned for the test, with a
throw-away authority. Pictures and everything that the machine said are left in IMAGE FOLDER/test.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from machine import Machine, NotSeen, credential
from PIL import ImageChops, ImageStat

from drivers.virtual.control import VirtualTray

HERE = Path(__file__).parent
GIVEN = HERE / "test"
GROUP = 810  # madoguchi, of image/units/ids.conf
PATIENCE = 420.0  # seconds; a busy machine took 118 until the first picture
PERSONA = "hanako"
MOVED_ON = 0.05  # share of the pixels that another scene changes


def run(*order: str | Path) -> None:
    """Run a program to its end; raises CalledProcessError."""
    subprocess.run([str(word) for word in order], check=True)


def provision(trust: Path) -> None:
    """Make an authority, cards, a city's keys and a kiosk's, where there are none yet."""
    if (trust / "kiosk.key").exists():
        return
    trust.mkdir(parents=True)
    run(sys.executable, "-m", "drivers.virtual", "authority", "--dir", trust)
    run(sys.executable, "-m", "city", "provision", "--dir", trust, "--kiosk", "kiosk-demo", "--city-name", "鶴ヶ島市")


def test_disk(image: Path, folder: Path) -> Path:
    """Copy the disk and put a provisioned data partition on it."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    (data / "spool").mkdir(parents=True)
    kept = "city_ca.pem", "kiosk.pem", "kiosk.key", "sealing.pub", "receipt.pub", "catalogue.pub", "sign_ca.pem"
    (data / "etc/trust").mkdir(parents=True)
    for name in kept:
        shutil.copy(folder / "trust" / name, data / "etc/trust" / name)
        (data / "etc/trust" / name).chmod(0o640)
    shutil.copy(image / "kiosk.toml", data / "etc")
    shutil.copy(GIVEN / "profile.toml", data / "etc")
    shutil.copy(GIVEN / "probe.py", data / "etc")
    for path in data.rglob("*"):
        shutil.chown(path, 0, GROUP)
    disk = folder / "disk.img"
    run("cp", "--sparse=always", image / "madoguchi.img", disk)
    table = json.loads(subprocess.run(["sfdisk", "-J", disk], check=True, capture_output=True).stdout)["partitiontable"]
    start, size = table["partitions"][2]["start"], table["partitions"][2]["size"]
    part = folder / "data.ext4"
    part.unlink(missing_ok=True)
    run("mke2fs", "-q", "-t", "ext4", "-L", "MADOGUCHI", "-d", data, part, f"{size // 2}K")
    run("dd", f"if={part}", f"of={disk}", "bs=512", f"seek={start}", "conv=notrunc", "status=none")
    part.unlink()
    return disk


def command_line(boot: Path) -> str:
    """Return the image's own command line, made talkative, with the test's drop-in and probe."""
    own = (boot / "cmdline.txt").read_text("ascii").replace("quiet loglevel=3", "")
    talk = "console=ttyAMA0 systemd.journald.forward_to_console=1 systemd.journald.max_level_console=info"
    slow = "systemd.watchdog_sec=120 systemd.default_device_timeout_sec=300"
    kiosk = credential("systemd.unit-dropin.madoguchi-kiosk.service", (GIVEN / "kiosk.conf").read_text("utf-8"))
    courier = credential("systemd.unit-dropin.madoguchi-courier.service", (GIVEN / "courier.conf").read_text("utf-8"))
    probe = credential("systemd.extra-unit.probe.service", (GIVEN / "probe.service").read_text("utf-8"))
    line = " ".join([*own.split(), talk, slow, kiosk, courier, probe, "systemd.wants=probe.service"])
    if len(line) > 2047:
        raise ValueError("the kernel takes 2,047 characters")
    return line


def is_scene(picture: object) -> bool:
    """Judge by the pixels: bright, and many colours; a black or a text screen is neither."""
    small = picture.resize((200, 120))  # type: ignore[attr-defined]
    return sum(ImageStat.Stat(small).mean) / 3 > 60 and len(small.getcolors(24000) or ()) > 100


def changed(one: object, other: object) -> float:
    """Return the share of pixels that differ."""
    difference = ImageChops.difference(one, other).convert("L").point(lambda value: 255 * (value > 16))  # type: ignore[arg-type]
    return ImageStat.Stat(difference).mean[0] / 255


def prove(machine: Machine, tray: VirtualTray) -> list[str]:
    """Go through what is to be seen; return a line for each."""
    facts = []

    def note(what: str) -> None:
        facts.append(f"{machine.uptime:6.1f} s  {what}")
        print(facts[-1], flush=True)

    machine.wait_for("madoguchi: root verified", PATIENCE)
    note("root verified")
    machine.wait_for(r"PROBE readers=1", PATIENCE)
    note("reader seen")
    machine.wait_for(r'"event": ?"ready"', PATIENCE)
    note("kiosk ready")
    attract = machine.picture("1-attract")
    while not is_scene(attract):
        if machine.uptime > PATIENCE * 2:
            raise NotSeen("the attract scene: the screen shows something else")
        time.sleep(2)
        attract = machine.picture("1-attract")
    note("attract scene on the screen")
    machine.touch(400, 300)
    after = attract
    while (share := changed(attract, after)) < MOVED_ON:
        if machine.uptime > PATIENCE * 3:
            raise NotSeen("another scene after the touch")
        time.sleep(2)
        after = machine.picture("2-touched")
    note(f"touched: {share:.0%} of the pixels differ")
    tray.lay(PERSONA)
    machine.wait_for(r"PROBE protocol=\d select=0 9000", 120)
    note("card seen, its applet answers")
    machine.picture("3-card-laid")
    return facts


def main(image: Path) -> int:
    """Return 0 when everything was seen."""
    folder = image / "test"
    folder.mkdir(exist_ok=True)
    provision(folder / "trust")
    machine = Machine(folder, test_disk(image, folder), image / "boot", command_line(image / "boot"))
    control = folder / "tray.sock"
    serve = [
        "serve",
        "--dir",
        folder / "trust",
        "--control",
        control,
        "--port",
        str(machine.card_port),
        "--reader",
        "qemu",
    ]
    with subprocess.Popen([sys.executable, "-m", "drivers.virtual", *serve], stdout=subprocess.PIPE) as card:
        try:
            card.stdout.readline()  # type: ignore[union-attr]
            machine.start()
            tray = VirtualTray(control)
            tray.lay(PERSONA)  # which plugs the reader in
            machine.wait_for("Linux version|Booting Linux", 60)
            tray.lift()
            with machine:
                facts = prove(machine, tray)
        except NotSeen as missing:
            print(f"not seen: {missing}; see {folder}/serial.log", file=sys.stderr)
            return 1
        finally:
            card.terminate()
    (folder / "facts.txt").write_text("\n".join(facts) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/image").resolve()))

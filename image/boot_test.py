# ruff: noqa: INP001, T201  # a tool, not a package
"""Boot the image in an emulated machine and prove that the kiosk is there: `python image/boot_test.py [IMAGE FOLDER]`.

The root, the initrd and the kernel are the image's own; the data partition is provisioned for the test, with a
throw-away authority. Pictures and everything that the machine said are left in IMAGE FOLDER/test.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from machine import Machine, NotSeen
from PIL import ImageChops, ImageStat
from provisioned import command_line, damage, disk_of, provision

from drivers.virtual.control import VirtualTray

PATIENCE = 420.0  # seconds; a busy machine took 118 until the first picture
PERSONA = "hanako"
BEGIN = (628, 430)  # はじめる on the panel of 800×480
MOVED_ON = 0.05  # share of the pixels that another scene changes


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
    machine.touch(*BEGIN)
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


def prove_refusal(machine: Machine) -> str:
    """Boot with one bit of the root changed; return a line when the kernel gave up before a program of it ran."""
    with machine:
        machine.start()
        machine.wait_for("dm-verity device corrupted|madoguchi: the root (is not|cannot)", PATIENCE)
        if "systemd[1]" in machine.said():
            raise NotSeen("the refusal: systemd was started from a changed root")
        return f"{machine.uptime:6.1f} s  a root with one bit changed is refused"


def main(image: Path) -> int:
    """Return 0 when everything was seen."""
    folder = image / "test"
    folder.mkdir(exist_ok=True)
    provision(folder / "trust")
    disk, line = disk_of(image, folder), command_line(image / "boot")
    machine = Machine(folder, disk, image / "boot", line)
    control = folder / "tray.sock"
    serve = [sys.executable, "-m", "drivers.virtual", "serve", "--dir", folder / "trust", "--control", control]
    serve += ["--port", str(machine.card_port), "--reader", "qemu"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE) as card:
        try:
            card.stdout.readline()  # type: ignore[union-attr]
            tray = VirtualTray(control)
            with machine:
                machine.start()
                tray.lay(PERSONA)  # which plugs the reader in
                machine.wait_for("Linux version|Booting Linux", 60)
                tray.lift()
                facts = prove(machine, tray)
            damage(disk)
            (folder / "refused").mkdir(exist_ok=True)
            facts.append(prove_refusal(Machine(folder / "refused", disk, image / "boot", line)))
            print(facts[-1])
        except NotSeen as missing:
            print(f"not seen: {missing}; see {folder}/serial.log", file=sys.stderr)
            return 1
        finally:
            card.terminate()
    (folder / "facts.txt").write_text("\n".join(facts) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/image").resolve()))

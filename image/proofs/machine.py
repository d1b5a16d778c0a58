"""An emulated machine that boots the image: QEMU, its serial line, its monitor (QMP), its screen and touch panel."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any, Self

from PIL import Image

from proofs.guest_line import GuestLine, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SIZE = (800, 480)
FULL = 0x7FFF  # the touch panel's range, both ways
# One instruction takes one nanosecond of the machine's own time: a computer of 1,000 MIPS, less than one core of a
# Raspberry Pi 3, however busy the one is that emulates it. Limits go by that time, and figures can be repeated.
PACE = ("-icount", "shift=0")
STRANGER = "10.0.2.100"  # an address at which somebody answers, and to which no program of ours may speak
PRESS = 0.3  # seconds a finger stays at least


class NotSeen(Exception):
    """Something did not happen in time."""


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def raw_disk(disk: Path) -> list[str]:
    """Return the options for a disk that is written to; its content outlives nothing but the test."""
    return ["-drive", f"if=none,id=disk,file={disk},format=raw,cache=unsafe"]


def disk_over(below: Path, layer: Path) -> list[str]:
    """Return the options for a disk that begins as `below`, which stays as it is; what is written goes to `layer`."""
    layer.unlink(missing_ok=True)
    kind = "qcow2" if below.suffix == ".qcow2" else "raw"
    order = ["qemu-img", "create", "-q", "-f", "qcow2", "-b", str(below), "-F", kind, str(layer)]
    subprocess.run(order, check=True)
    return ["-drive", f"if=none,id=disk,file={layer},format=qcow2,cache=unsafe"]


class Machine:
    """QEMU's `virt` machine: a screen of 800×480, USB touch, a USB card reader, a network to this machine alone."""

    def __init__(self, folder: Path, disk: Sequence[str], boot: Path, append: str) -> None:
        """Keep what it says in `folder`; `disk` are options for a drive `disk`; `boot` holds kernel and initrd."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.card_port = free_port()
        self.serial = folder / "serial.log"
        self.line: GuestLine | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._monitor, self._port = folder / "qmp.sock", folder / "agent.sock"
        kernel = ["-kernel", str(boot / "vmlinuz.gz"), "-initrd", str(boot / "initrd"), "-append", append]
        self._order = self._fitted(disk, [*kernel, "-no-reboot"])

    def _fitted(self, disk: Sequence[str], begins: Sequence[str]) -> list[str]:
        """Return the order for QEMU with every part that a kiosk has; `begins` says what is started."""
        return [
            "qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", "1", "-m", "1024",
            "-accel", "tcg,tb-size=512", *PACE, *disk, *begins,
            "-device", "virtio-blk-pci,drive=disk", "-device", f"virtio-gpu-pci,xres={SIZE[0]},yres={SIZE[1]}",
            "-device", "qemu-xhci", "-device", "usb-tablet", "-device", "usb-ccid,id=ccid",
            "-chardev", f"socket,id=card,host=127.0.0.1,port={self.card_port},server=on,wait=off",
            "-device", "ccid-card-passthru,chardev=card,bus=ccid.0", "-device", "i6300esb", "-device", "virtio-rng-pci",
            "-chardev", f"socket,id=agent,path={self._port},server=on,wait=off", "-device", "virtio-serial-pci",
            "-device", "virtserialport,chardev=agent,name=proof",
            "-netdev", f"user,id=net,guestfwd=tcp:{STRANGER}:80-cmd:cat",
            "-device", "virtio-net-pci,netdev=net,romfile=",
            "-display", "none", "-serial", f"file:{self.serial}", "-qmp", f"unix:{self._monitor},server=on,wait=off",
        ]  # fmt: skip

    def start(self, frozen: Path | None = None) -> None:
        """Switch it on, or let it go on from a frozen state."""
        self.serial.unlink(missing_ok=True)
        self._port.unlink(missing_ok=True)
        with (self.folder / "qemu.log").open("wb") as log:
            going_on = ["-incoming", f"exec:cat {frozen}"] if frozen else []
            self._process = subprocess.Popen([*self._order, *going_on], stdout=log, stderr=log)
        self.line = GuestLine(self._port)
        self.line.greeted = frozen is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pull_the_plug()

    def pull_the_plug(self) -> None:
        """End it at once (SIGKILL); nothing in it hears of that."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self.line is not None:
            self.line.close()

    @property
    def running(self) -> bool:
        """Whether it is on: with -no-reboot it ends instead of starting anew."""
        return self._process is not None and self._process.poll() is None

    @property
    def own_time(self) -> float:
        """Seconds since it was switched on, by its own clock, as it last told the agent's line or the serial one."""
        if self.line is not None and self.line.greeted:
            try:
                return float(self.line.run("cat", "/proc/uptime").out.split()[0])
            except (NoAnswer, IndexError):
                pass
        stamps = re.findall(r"^\[ *([0-9]+\.[0-9]+)\]", self.said(), re.MULTILINE)
        return float(stamps[-1]) if stamps else 0.0

    def said(self) -> str:
        """Return what came over the serial line."""
        return self.serial.read_text("utf-8", "replace") if self.serial.exists() else ""

    def wait_for(self, pattern: str, seconds: float, after: int = 0) -> re.Match[str]:
        """Wait until the serial line has said it, behind `after` characters; raises NotSeen, also when it has ended."""
        end = time.monotonic() + seconds
        while (found := re.search(pattern, self.said()[after:])) is None:
            if not self.running:
                raise NotSeen(f"{pattern}: the machine has switched itself off")
            if time.monotonic() > end:
                raise NotSeen(pattern)
            time.sleep(0.5)
        return found

    def freeze(self, path: Path) -> None:
        """Keep its whole state in a file, which stops it; it must be ended then, and its disk left as it is."""
        self._ask(("migrate", {"uri": f"exec:cat > {path}"}))
        while (state := self._ask(("query-migrate", {}))["status"]) not in {"completed", "failed"}:
            time.sleep(0.5)
        if state == "failed":
            raise NotSeen("the machine's state in a file")

    def _ask(self, *orders: tuple[str, dict[str, Any]]) -> dict[str, Any]:
        """Give orders to QEMU and return the last one's answer; raises NotSeen."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(60)
            line.connect(str(self._monitor))
            answers = line.makefile("rb")
            answers.readline()
            for order, arguments in (("qmp_capabilities", {}), *orders):
                line.sendall(json.dumps({"execute": order, "arguments": arguments}).encode())
                while "event" in (answer := json.loads(answers.readline())):
                    pass
                if "error" in answer:
                    raise NotSeen(f"{order}: {answer['error']}")
        return dict(answer["return"])

    def picture(self, name: str) -> Image.Image:
        """Keep what the screen shows as `name`.png and return it."""
        path = self.folder / f"{name}.png"
        self._ask(("screendump", {"filename": str(path), "format": "png"}))
        with Image.open(path) as image:
            return image.convert("RGB")

    def finger_down(self, x: int, y: int) -> None:
        """Put a finger on the screen."""
        place = [
            {"type": "abs", "data": {"axis": "x", "value": x * FULL // SIZE[0]}},
            {"type": "abs", "data": {"axis": "y", "value": y * FULL // SIZE[1]}},
        ]
        self._ask(("input-send-event", {"events": place}))
        self._ask(("input-send-event", {"events": [_button(down=True)]}))

    def finger_up(self) -> None:
        """Lift it."""
        self._ask(("input-send-event", {"events": [_button(down=False)]}))

    def touch(self, x: int, y: int) -> None:
        """Touch the screen at a point, and let go."""
        self.finger_down(x, y)
        time.sleep(PRESS)
        self.finger_up()

    def put_stick_in(self, stick: Path, name: str) -> None:
        """Plug in a USB stick whose content is this file."""
        node = {"driver": "raw", "node-name": name, "file": {"driver": "file", "filename": str(stick)}}
        self._ask(("blockdev-add", node))
        self._ask(("device_add", {"driver": "usb-storage", "drive": name, "id": f"usb-{name}"}))

    def take_stick_out(self, name: str) -> None:
        """Pull it out."""
        self._ask(("device_del", {"id": f"usb-{name}"}))


def _button(*, down: bool) -> dict[str, Any]:
    return {"type": "btn", "data": {"button": "left", "down": down}}

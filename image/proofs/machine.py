# ruff: noqa: INP001  # a tool, not a package
"""An emulated machine that boots the image: QEMU, its serial line, its monitor (QMP), its screen and touch panel."""

from __future__ import annotations

import base64
import json
import re
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any, Self

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SIZE = (800, 480)
FULL = 0x7FFF  # the touch panel's range, both ways


class NotSeen(Exception):
    """Something did not happen in time."""


def credential(name: str, text: str) -> str:
    """Return the word of the command line by which systemd takes a unit or a drop-in that the image does not have."""
    return f"systemd.set_credential_binary={name}:{base64.b64encode(text.encode()).decode()}"


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


class Machine:
    """QEMU's `virt` machine: the disk, a screen of 800×480, USB touch, a USB card reader; no network unless given."""

    def __init__(self, folder: Path, disk: Path, boot: Path, append: str) -> None:
        """Keep what it says in `folder`; `boot` holds kernel and initrd, as on the disk's boot partition."""
        self.folder = folder
        self.card_port = free_port()
        self.serial = folder / "serial.log"
        self.began = 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self._monitor = folder / "qmp.sock"
        self._order = [
            "qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", "2", "-m", "1024",
            "-accel", "tcg,thread=multi,tb-size=512", "-kernel", str(boot / "vmlinuz"), "-initrd", str(boot / "initrd"),
            "-append", append, "-drive", f"if=none,id=disk,file={disk},format=raw,cache=unsafe",
            "-device", "virtio-blk-pci,drive=disk", "-device", f"virtio-gpu-pci,xres={SIZE[0]},yres={SIZE[1]}",
            "-device", "qemu-xhci", "-device", "usb-tablet", "-device", "usb-ccid,id=ccid",
            "-chardev", f"socket,id=card,host=127.0.0.1,port={self.card_port},server=on,wait=off",
            "-device", "ccid-card-passthru,chardev=card,bus=ccid.0", "-device", "i6300esb", "-device", "virtio-rng-pci",
            "-display", "none", "-serial", f"file:{self.serial}", "-qmp", f"unix:{self._monitor},server=on,wait=off",
            "-no-reboot",
        ]  # fmt: skip

    def start(self, options: Sequence[str] = ("-nic", "none")) -> None:
        """Switch it on."""
        self.serial.unlink(missing_ok=True)
        self.began = time.monotonic()
        log = (self.folder / "qemu.log").open("wb")
        self._process = subprocess.Popen([*self._order, *options], stdout=log, stderr=log)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @property
    def uptime(self) -> float:
        """Seconds since it was switched on."""
        return time.monotonic() - self.began

    def said(self) -> str:
        """Return what came over the serial line."""
        return self.serial.read_text("utf-8", "replace") if self.serial.exists() else ""

    def wait_for(self, pattern: str, seconds: float) -> re.Match[str]:
        """Wait until the serial line has said it; raises NotSeen, at once when the machine has ended."""
        end = time.monotonic() + seconds
        while (found := re.search(pattern, self.said())) is None:
            if self._process is None or self._process.poll() is not None:
                raise NotSeen(f"{pattern}: the machine has switched itself off")
            if time.monotonic() > end:
                raise NotSeen(pattern)
            time.sleep(0.5)
        return found

    def _ask(self, *orders: tuple[str, dict[str, Any]]) -> None:
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

    def picture(self, name: str) -> Image.Image:
        """Keep what the screen shows as `name`.png and return it."""
        path = self.folder / f"{name}.png"
        self._ask(("screendump", {"filename": str(path), "format": "png"}))
        with Image.open(path) as image:
            return image.convert("RGB")

    def touch(self, x: int, y: int) -> None:
        """Touch the screen at a point, and let go."""
        place = [
            {"type": "abs", "data": {"axis": "x", "value": x * FULL // SIZE[0]}},
            {"type": "abs", "data": {"axis": "y", "value": y * FULL // SIZE[1]}},
        ]
        for events in (place, [_button(down=True)], [_button(down=False)]):
            self._ask(("input-send-event", {"events": events}))
            time.sleep(0.4)


def _button(*, down: bool) -> dict[str, Any]:
    return {"type": "btn", "data": {"button": "left", "down": down}}

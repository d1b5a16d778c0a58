# ruff: noqa: INP001  # runs in the booted machine, as root
"""The boot test's hand inside the machine: orders over a virtio port, a line of JSON each, an answer a line.

`{"run": [words], "input": text, "seconds": n}` runs a program (with `"each": true` its lines
come as they are printed), `{"ask": socket, "order": {}}` passes a question on to
a Unix socket. It comes by a systemd credential and from the data partition; nothing of it is in the image.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

NAME = "proof"  # of the port
Words: TypeAlias = dict[str, Any]  # an order or an answer


def port() -> Path:
    """Wait for the port and return its device."""
    while True:
        for entry in Path("/sys/class/virtio-ports").glob("*/name"):
            device = Path("/dev") / entry.parent.name
            if entry.read_text().strip() == NAME and device.exists():
                return device
        time.sleep(0.2)


def run(order: Words) -> Words:
    """Run a program to its end, or to the end of its time."""
    try:
        done = subprocess.run(
            order["run"], input=order.get("input", ""), capture_output=True, text=True, errors="replace",
            timeout=order.get("seconds", 60), check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return {"code": -1, "out": "", "err": str(error)}
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr}


def each(order: Words, wire: BinaryIO) -> Words:
    """Run a program and pass each of its lines on as it comes."""
    with subprocess.Popen(order["run"], stdout=subprocess.PIPE, text=True) as program:
        wire.writelines(
            json.dumps({"id": order["id"], "line": line.rstrip()}).encode() + b"\n" for line in program.stdout or ()
        )
    return {"code": program.returncode}


def ask(order: Words) -> Words:
    """Pass a question on to a Unix socket and return its answer."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(order.get("seconds", 30))
            line.connect(order["ask"])
            line.sendall(json.dumps(order["order"]).encode() + b"\n")
            with line.makefile("rb") as answers:
                answer: Words = json.loads(answers.readline())
                return answer
    except (OSError, ValueError) as error:
        return {"error": str(error)}


def serve(wire: BinaryIO) -> None:
    """Say hello, then answer until nobody is there any more."""
    wire.write(b'{"hello": true}\n')
    rest = b""
    while came := wire.read(4096):
        *lines, rest = (rest + came).split(b"\n")
        for line in lines:
            order = json.loads(line)
            answer = each(order, wire) if "each" in order else run(order) if "run" in order else ask(order)
            wire.write(json.dumps({**answer, "id": order["id"]}).encode() + b"\n")


def main() -> None:
    """Serve at the port; its other end may go and come again."""
    with port().open("r+b", buffering=0) as wire:
        while True:
            serve(wire)
            time.sleep(0.5)


if __name__ == "__main__":
    main()

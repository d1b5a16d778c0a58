"""The courier as its own process, with a systemd that listens."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from courier_trust import KIOSK

ROOT = Path(__file__).resolve().parents[3]


class CourierProcess:
    """`python -m kiosk.courier` for one spool and one city; ended when the block ends."""

    def __init__(self, trust, folder, url, watchdog_seconds=4, **sets):
        self.folder = folder
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        address = folder / "notify"
        address.unlink(missing_ok=True)
        self.manager.bind(str(address))
        self.manager.settimeout(20)
        values = {
            "kiosk.id": KIOSK,
            "kiosk.demo": "true",
            "city.url": url,
            "city.ca": trust.authority.path,
            "city.client_certificate": trust.kiosk[0],
            "city.client_key": trust.kiosk[1],
            "city.receipt_key": trust.receipt_pem,
            "spool.path": folder / "spool.sqlite3",
            "courier.control": folder / "courier.sock",
            "forms.catalogue": "",
            "courier.connect_timeout": 1.0,
            "courier.answer_timeout": 1.0,
            "courier.first_wait": 0.2,
            "courier.longest_wait": 1.0,
            **{name.replace("__", "."): value for name, value in sets.items()},
        }
        arguments = [sys.executable, "-m", "kiosk.courier", "--config", str(ROOT / "config/kiosk.toml")]
        for name, value in values.items():
            arguments += ["--set", f"{name}={value}"]
        self.output = folder / "journal.txt"
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                arguments,
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "NOTIFY_SOCKET": str(address), "WATCHDOG_USEC": f"{watchdog_seconds}000000"},
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.manager.close()

    def hear(self, word):
        """Wait until systemd would have heard this word."""
        while self.manager.recv(200) != word:
            pass

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """SIGTERM, as systemd does; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def journal(self):
        return self.output.read_text(encoding="utf-8")

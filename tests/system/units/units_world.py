"""What the machine of namespaces begins with: keys, cards, a published catalogue, a configuration, and its test units.

Beside the product's own files it has a virtual card behind the real card service, and the reference city. What the
product's units are given for that stands in DROP_INS, and nowhere else.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from city.catalogue.publish import publish
from city.provision import provision
from drivers.virtual.authority import make_authority
from drivers.virtual.personas import load_personas
from drivers.virtual.stack import READER_NAME

ROOT = Path(__file__).parents[3]
KIOSK_ID = "kiosk-demo"
CITY = "鶴ヶ島市"
PORT = 40000  # of the virtual reader, in the card service's own network
REMOTE = "/run/madoguchi-kiosk/remote.sock"
TRAY = "/run/card/tray.sock"
SWITCH = "/var/lib/madoguchi/courier.sock"
KEPT = "city_ca.pem", "kiosk.pem", "kiosk.key", "sealing.pub", "receipt.pub", "catalogue.pub", "sign_ca.pem"
DIRECT_RESTARTS = 254  # the first systemd that knows RestartMode=, and needs it

DAYS = "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"

SETTINGS = {
    "kiosk.id": f'"{KIOSK_ID}"',
    "kiosk.demo": "true",
    "kiosk.remote": f'"{REMOTE}"',
    "city.url": '"https://127.0.0.1:8443"',
    "screen.fullscreen": "false",
    "trust.policies": '["1.2.392.200149.8.5.1.0.20"]',
    "panel.factory": '"none"',
    "courier.control": f'"{SWITCH}"',
    "courier.first_wait": "0.5",
    "courier.longest_wait": "2.0",
    "first_day.folder": '""',
    "hours.closed": "[]",
    **{f"hours.{day}": '["00:00-24:00"]' for day in DAYS},
}

PYTHONS = "kiosk", "courier", "mozc", "out-of-service"
INTERPRETER = "ExecPaths=-/opt/python -/usr/local"
PYTHON = "/usr/lib/madoguchi/bin/python"
CITY_OPTIONS = f"""\
--config config/city.toml --set files.directory=/etc/madoguchi/city --set database.name=/run/city/city.sqlite3 \
--set catalogue.directory=/etc/madoguchi/city/published --set trust.allow_demo=true \
'--set=trust.policies=["1.2.392.200149.8.5.1.0.20"]' '--set=kiosks.ids=["{KIOSK_ID}"]'"""
UNITS = {
    "card.service": f"""\
[Service]
PrivateNetwork=yes
RuntimeDirectory=card
WorkingDirectory=/usr/share/madoguchi
ExecStart={PYTHON} -m drivers.virtual serve --dir /etc/madoguchi/cards --port {PORT} --control {TRAY}
Restart=always
[Install]
WantedBy=multi-user.target
""",
    "city.service": f"""\
[Service]
RuntimeDirectory=city
WorkingDirectory=/usr/share/madoguchi
ExecStart={PYTHON} -m city serve {CITY_OPTIONS}
[Install]
WantedBy=multi-user.target
""",
}
DROP_INS = {
    "sysinit.target.d/journal.conf": "[Unit]\nWants=systemd-journald.service\n",
    # The virtual reader is a TCP port of this machine, in a network that only the card service and the card are in.
    "pcscd.service.d/virtual.conf": """\
[Unit]
Wants=card.service
After=card.service
JoinsNamespaceOf=card.service
[Service]
RestrictAddressFamilies=AF_INET AF_INET6
IPAddressAllow=localhost
""",
    # There is no screen.
    "madoguchi-kiosk.service.d/dummy.conf": "[Service]\nEnvironment=SDL_VIDEODRIVER=dummy\n",
    "madoguchi-out-of-service.service.d/dummy.conf": "[Service]\nEnvironment=SDL_VIDEODRIVER=dummy\n",
    # The interpreter may not be Debian's.
    **{f"madoguchi-{name}.service.d/python.conf": f"[Service]\n{INTERPRETER}\n" for name in PYTHONS},
    # A minute is the courier's; nobody wants to watch it pass.
    "madoguchi-courier.service.d/quick.conf": "[Service]\nWatchdogSec=6\n",
}
SETTLE = """\
# Runs inside, before systemd: owners as docs/runbook.md asks for, units enabled by their own [Install]
set -eu
chown -R root:madoguchi /etc/madoguchi/trust
chmod 640 /etc/madoguchi/trust/*
chown madoguchi-courier /etc/madoguchi/trust/kiosk.key
chmod 400 /etc/madoguchi/trust/kiosk.key
chmod -R go= /etc/madoguchi/cards /etc/madoguchi/city

# Where the updater works, on a machine with two slots
install -d -o madoguchi-update -g madoguchi-update /data/update /run/madoguchi-update

# What systemd-timesyncd leaves once a time server has answered
mkdir -p /run/systemd/timesync
touch /run/systemd/timesync/synchronized

# What a probe may try its hand at; anybody could, were it not for the units
for place in /usr /etc /var /home /tmp; do
    echo planted >"$place/planted"
    chmod 666 "$place/planted"
done
install -m 666 /etc/planted /etc/madoguchi/planted
install -m 660 -g madoguchi /etc/planted /var/lib/madoguchi/planted
install -m 640 -o madoguchi-courier -g madoguchi /etc/planted /var/lib/madoguchi/catalogue/planted
chmod 755 /home
/usr/lib/madoguchi/bin/python - <<ADDRESS
import fcntl, socket, struct
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
address = b"lo:1".ljust(16, b"\\0") + struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton("192.0.2.1"))
fcntl.ioctl(line, 0x8916, address)  # SIOCSIFADDR of netdevice(7)
ADDRESS
for unit in pcscd.socket madoguchi-pcscd-restart.path madoguchi-courier madoguchi-mozc madoguchi-kiosk card city; do
    systemctl --quiet --root=/ enable "$unit"
done
"""


def furnish(work: Path) -> None:
    """Make everything in `work` that `units_machine.Machine` starts with."""
    for folder in ("memory", "results/pictures", "units", "etc/trust", "etc/cards", "etc/city/published"):
        (work / folder).mkdir(parents=True)
    make_authority(work / "etc/cards", load_personas(), datetime.now(UTC))
    provision(work / "etc/city", KIOSK_ID, CITY)
    for name in ("sign_ca.pem", "crl.pem"):
        shutil.copy(work / "etc/cards" / name, work / "etc/city")
    publish(ROOT / "config/forms", work / "etc/city/published", work / "etc/city/catalogue.key", CITY, 30)
    for name in KEPT:
        shutil.copy(work / "etc/city" / name, work / "etc/trust")
    (work / "etc/kiosk.toml").write_text(configuration(SETTINGS), encoding="utf-8")
    # Pictures of the screen are written where both sides see them under one name.
    pictures = f"[Service]\nBindPaths=/opt/results/pictures:{work / 'pictures'}\n"
    (work / "pictures").symlink_to("results/pictures")
    (work / "results/pictures").chmod(0o777)
    drop_ins = {**DROP_INS, "madoguchi-kiosk.service.d/pictures.conf": pictures}
    for name, text in {**UNITS, **drop_ins}.items():
        path = work / "units" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    _debian_13(work / "units")
    driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
    reader = f'FRIENDLYNAME "{READER_NAME}"\nDEVICENAME /dev/null:{PORT}\nLIBPATH {driver}\nCHANNELID {PORT}\n'
    (work / "reader.conf").write_text(reader, encoding="ascii")
    (work / "results/settle.sh").write_text(SETTLE, encoding="utf-8")


def systemd_version() -> int:
    """Return this machine's, which is also PID 1's in the machine of namespaces."""
    told = subprocess.run(["systemctl", "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"systemd (\d+)", told)
    assert version
    return int(version[1])


def _debian_13(units: Path) -> None:
    """Lay Debian 13's drop-ins beside the units, where its systemd is."""
    if systemd_version() >= DIRECT_RESTARTS:
        shutil.copy(ROOT / "systemd/debian13/madoguchi-kiosk.conf", units / "madoguchi-kiosk.service.d/debian13.conf")
        shutil.copy(ROOT / "systemd/debian13/pcscd.conf", units / "pcscd.service.d/zz-debian13.conf")


def configuration(settings: dict[str, str]) -> str:
    """Return config/kiosk.toml with values replaced: `section.key` to TOML; a key that is not there is added."""
    left, section, lines = dict(settings), "", []
    for line in (ROOT / "config/kiosk.toml").read_text("utf-8").splitlines():
        if header := re.match(r"\[([\w.-]+)\]", line):
            section = header[1]
            lines.append(line)
            given = [key for key in left if key.rpartition(".")[0] == section]
            lines += [f"{key.rpartition('.')[2]} = {left[key]}" for key in given]
        elif (key := re.match(r"(\w+) =", line)) is None or f"{section}.{key[1]}" not in settings:
            lines.append(line)
    return "\n".join(lines) + "\n"

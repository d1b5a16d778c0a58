"""The fire wall, loaded into a network of its own, tried by real programs of several users."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.courier.firewall import collapsed, commands, main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
COURIER, UPDATER, CLOCK, LEASES, KIOSK, NOBODY = 61812, 61815, 61813, 61814, 61811, 0
HERE, CITY, ELSEWHERE = "198.51.100.1", "198.51.100.2", "198.51.100.3"
CITY_V6, ELSEWHERE_V6, HERE_V6 = "2001:db8::2", "2001:db8::3", "2001:db8::1"
PORT, OTHER_PORT = 8443, 8080

pytestmark = pytest.mark.skipif(
    os.getuid() != 0 or not all(map(shutil.which, ("ip", "nft"))), reason="needs root, iproute2 and nftables"
)

# Listens outside, until its input ends; says so when it is ready. UDP answers with what it was sent.
OUTSIDE = """
import socket, sys, threading
def echo(door):
    while True:
        data, who = door.recvfrom(100)
        door.sendto(data, who)
for family, address in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
    for port in (8443, 8080, 53):
        door = socket.socket(family, socket.SOCK_STREAM)
        if family == socket.AF_INET6:
            door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        door.bind((address, port))
        door.listen(8)
        globals()[f"tcp{family}{port}"] = door
for port in (53, 123, 67, 5000):
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.bind(("0.0.0.0", port))
    threading.Thread(target=echo, args=(door,), daemon=True).start()
print("listening", flush=True)
sys.stdin.read()
"""

# Tries one thing as one user: 0 when it was answered, 3 when it was not.
TRY = """
import os, socket, sys
user, kind, address, port, source = sys.argv[1:]
family = socket.AF_INET6 if ":" in address else socket.AF_INET
os.seteuid(int(user))  # a socket belongs to who makes it
line = socket.socket(family, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM)
if int(source):
    os.seteuid(0)
    line.bind(("", int(source)))
line.settimeout(float(os.environ["PATIENCE"]))
try:
    line.connect((address, int(port)))
    if kind == "udp":
        line.send(b"?")
        line.recv(10)
except OSError:
    sys.exit(3)
"""


class Network:
    """Two networks of their own, joined by a cable: the kiosk's, which has the rules, and the one outside."""

    def __init__(self, kiosk: str, outside: str) -> None:
        self.kiosk, self.outside = kiosk, outside

    def run(self, where: str, *order: str, text: str | None = None) -> None:
        inside = ["ip", "netns", "exec", where, *order]
        done = subprocess.run(inside, check=False, input=text, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr

    def wire(self) -> None:
        for name in (self.kiosk, self.outside):
            subprocess.run(["ip", "netns", "add", name], check=True)
            self.run(name, "ip", "link", "set", "lo", "up")
        self.run(
            self.kiosk, "ip", "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", self.outside
        )
        ours, theirs = (HERE, HERE_V6), (CITY, ELSEWHERE, CITY_V6, ELSEWHERE_V6)
        for name, addresses in ((self.kiosk, ours), (self.outside, theirs)):
            for address in addresses:
                size, more = ("/64", ["nodad"]) if ":" in address else ("/24", [])
                self.run(name, "ip", "address", "add", address + size, "dev", "cable", *more)
            self.run(name, "ip", "link", "set", "cable", "up")

    def load(self, tmp_path: Path) -> None:
        """Load the shipped rules, with users that this machine does not have."""
        names = {"courier": COURIER, "updater": UPDATER, "clock": CLOCK, "leases": LEASES}
        users = "".join(f"define {name} = {number}\n" for name, number in names.items())
        rules = tmp_path / "rules.nft"
        rules.write_text(f'{users}include "{ROOT / "systemd/firewall.nft"}"\n', encoding="utf-8")
        self.run(self.kiosk, "nft", "-f", str(rules))

    def city_at(self, url: str, *allowed: str) -> None:
        self.run(self.kiosk, "nft", "-f", "-", text=commands("city", url, allowed=collapsed(allowed)))

    def reaches(self, user: int, kind: str, address: str, port: int, *, source: int = 0, inward: bool = False) -> bool:
        order = [sys.executable, "-c", TRY, str(user), kind, address, str(port), str(source)]
        # What is let through answers at once; only what is dropped on its way in waits for its end.
        done = subprocess.run(
            ["ip", "netns", "exec", self.outside if inward else self.kiosk, *order],
            env={"PATIENCE": "1" if inward else "20", "PATH": os.environ["PATH"]},
            check=False,
        )
        assert done.returncode in {0, 3}
        return done.returncode == 0


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    made = Network(f"madk{os.getpid()}", f"mado{os.getpid()}")
    try:
        made.wire()
        made.load(tmp_path)
        order = ["ip", "netns", "exec", made.outside, sys.executable, "-c", OUTSIDE]
        with subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as outside:
            assert outside.stdout
            assert outside.stdout.readline() == "listening\n"
            yield made
            outside.communicate()
    finally:
        for name in (made.kiosk, made.outside):
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)


def test_nobody_reaches_any_city_before_there_is_a_configuration(network: Network) -> None:
    assert not network.reaches(COURIER, "tcp", CITY, PORT)


def test_only_the_courier_reaches_the_city_and_only_its_address_and_port(network: Network) -> None:
    network.city_at(f"https://{CITY}:{PORT}")
    assert network.reaches(COURIER, "tcp", CITY, PORT)
    assert not network.reaches(COURIER, "tcp", ELSEWHERE, PORT)
    assert not network.reaches(COURIER, "tcp", CITY, OTHER_PORT)
    assert not network.reaches(COURIER, "udp", CITY, 5000)
    assert not network.reaches(KIOSK, "tcp", CITY, PORT)
    assert not network.reaches(NOBODY, "tcp", CITY, PORT)  # root's own programs have nothing to say either


def test_a_city_with_an_ipv6_address(network: Network) -> None:
    network.city_at(f"https://[{CITY_V6}]:{PORT}")
    assert network.reaches(COURIER, "tcp", CITY_V6, PORT)
    assert not network.reaches(COURIER, "tcp", ELSEWHERE_V6, PORT)
    assert not network.reaches(COURIER, "tcp", CITY, PORT)


def test_a_city_with_a_name_is_held_by_user_and_port(network: Network) -> None:
    network.city_at(f"https://kiosk.city.example:{PORT}")
    assert network.reaches(COURIER, "tcp", CITY, PORT)
    assert network.reaches(COURIER, "tcp", CITY_V6, PORT)
    assert not network.reaches(COURIER, "tcp", CITY, OTHER_PORT)
    assert not network.reaches(KIOSK, "tcp", CITY, PORT)


def test_a_city_with_a_name_is_reached_only_where_the_stick_lets_the_courier_out_to(network: Network) -> None:
    let_out = CITY, "198.51.100.128/25", "198.51.100.192/26", f"{CITY_V6}/128"
    network.city_at(f"https://kiosk.city.example:{PORT}", *let_out)
    assert network.reaches(COURIER, "tcp", CITY, PORT)
    assert network.reaches(COURIER, "tcp", CITY_V6, PORT)
    assert not network.reaches(COURIER, "tcp", ELSEWHERE, PORT)
    assert not network.reaches(COURIER, "tcp", ELSEWHERE_V6, PORT)
    assert not network.reaches(COURIER, "tcp", CITY, OTHER_PORT)
    assert network.reaches(COURIER, "tcp", ELSEWHERE, 53), "names are another matter"


def test_an_address_that_the_stick_does_not_let_the_courier_out_to_is_not_opened(network: Network) -> None:
    network.city_at(f"https://{ELSEWHERE}:{PORT}", f"{CITY}/32")
    assert not network.reaches(COURIER, "tcp", ELSEWHERE, PORT)


def test_only_the_updater_reaches_the_server_that_has_updates(network: Network) -> None:
    network.city_at(f"https://{CITY}:{PORT}")
    network.run(network.kiosk, "nft", "-f", "-", text=commands("update", f"https://{ELSEWHERE}:{OTHER_PORT}/a.raucb"))
    assert network.reaches(UPDATER, "tcp", ELSEWHERE, OTHER_PORT)
    assert not network.reaches(UPDATER, "tcp", CITY, PORT)
    assert not network.reaches(COURIER, "tcp", ELSEWHERE, OTHER_PORT)
    network.run(network.kiosk, "nft", "-f", "-", text=commands("update", ""))
    assert not network.reaches(UPDATER, "tcp", ELSEWHERE, OTHER_PORT)


def test_another_city_replaces_the_first(network: Network) -> None:
    network.city_at(f"https://{CITY}:{PORT}")
    network.city_at(f"https://{ELSEWHERE}:{OTHER_PORT}")
    assert not network.reaches(COURIER, "tcp", CITY, PORT)
    assert network.reaches(COURIER, "tcp", ELSEWHERE, OTHER_PORT)


def test_names_time_and_leases_belong_to_their_programs(network: Network) -> None:
    for user in (KIOSK, NOBODY):
        assert not network.reaches(user, "udp", CITY, 53)
        assert not network.reaches(user, "udp", CITY, 123)
    assert not network.reaches(COURIER, "udp", CITY, 123)
    assert not network.reaches(CLOCK, "udp", CITY, 67, source=68)
    assert not network.reaches(LEASES, "udp", CITY, 67)  # from its own port only
    for user in (COURIER, UPDATER, CLOCK):
        assert network.reaches(user, "udp", CITY, 53)
        assert network.reaches(user, "tcp", CITY, 53)
    assert network.reaches(CLOCK, "udp", CITY, 123)
    assert network.reaches(LEASES, "udp", CITY, 67, source=68)


def test_nobody_comes_in(network: Network) -> None:
    listener = (
        "import socket, sys; door = socket.create_server(('0.0.0.0', 8443)); print('.', flush=True); sys.stdin.read()"
    )
    order = ["ip", "netns", "exec", network.kiosk, sys.executable, "-c", listener]
    with subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as inside:
        assert inside.stdout
        inside.stdout.readline()
        assert not network.reaches(NOBODY, "tcp", HERE, PORT, inward=True)
        network.run(network.kiosk, "nft", "delete", "table", "inet", "madoguchi")
        assert network.reaches(NOBODY, "tcp", HERE, PORT, inward=True)  # it was the rules that kept it out
        inside.communicate()


def test_rules_can_be_loaded_again(network: Network, tmp_path: Path) -> None:
    network.city_at(f"https://{CITY}:{PORT}")
    network.load(tmp_path)
    assert not network.reaches(COURIER, "tcp", CITY, PORT)


def test_the_program_reads_the_machines_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(ROOT / "config/kiosk.toml")]) == 0
    assert "add element inet madoguchi city_port { 8443 }" in capsys.readouterr().out


def test_a_configuration_that_cannot_be_used_opens_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text((ROOT / "config/kiosk.toml").read_text("utf-8").replace(":8443", ":84430"), encoding="utf-8")
    assert main(["--config", str(config)]) == 78
    said = capsys.readouterr()
    assert said.out == ""
    assert "city.url" in said.err


@pytest.mark.parametrize("url", ["https://", "city", "https://:8443", "https:///v1"])
def test_a_url_without_a_host_opens_nothing(url: str) -> None:
    with pytest.raises(ValueError, match="a host"):
        commands("city", url)


def test_a_new_kiosk_is_let_out_to_the_door_that_its_stick_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "enrolment.json").write_text('{"url": "https://192.0.2.9:8445", "code": "x"}', encoding="ascii")
    profile = tmp_path / "profile.toml"
    profile.write_text(
        f'[city]\nurl = "https://192.0.2.8:8443"\nenrolment = "{tmp_path / "enrolment.json"}"\n', encoding="utf-8"
    )
    assert main(["--config", str(ROOT / "config/kiosk.toml"), "--profile", str(profile)]) == 0
    said = capsys.readouterr().out
    assert "city_port { 8445 }" in said
    assert "city_v4 { 192.0.2.9 }" in said


def test_the_program_reads_what_the_stick_lets_the_courier_out_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["--config", str(ROOT / "config/kiosk.toml"), "--city", str(tmp_path / "city")]
    assert main(order) == 0, "a machine without a stick"
    without = capsys.readouterr().out
    (tmp_path / "city").write_text("", encoding="ascii")
    assert main(order) == 0
    assert capsys.readouterr().out == without, "a stick that says nothing of it"
    (tmp_path / "city").write_text("192.0.2.0/28\n2001:db8::/64\n", encoding="ascii")
    assert main(order) == 0
    said = capsys.readouterr().out
    assert "city_v4 { 192.0.2.0/28 }" in said
    assert "city_v6 { 2001:db8::/64 }" in said
    assert "0.0.0.0" not in said
    (tmp_path / "city").write_text("city.example\n", encoding="ascii")
    assert main(order) == 78
    wrong = capsys.readouterr()
    assert (wrong.out, str(tmp_path / "city") in wrong.err) == ("", True)


def test_the_door_for_new_kiosks_is_opened_as_well() -> None:
    both = commands("city", "https://192.0.2.8:8443", "https://192.0.2.8:8444")
    assert both.count("city_port { 8443 }") == both.count("city_port { 8444 }") == 1
    assert both.count("add element inet madoguchi city_v4 { 192.0.2.8 }") == 1
    mixed = commands("city", "https://city.example:8443", "https://192.0.2.8:8443")
    assert "192.0.2.8" not in mixed, "a set of intervals takes no address within everything"
    assert mixed.count("city_port") == 2

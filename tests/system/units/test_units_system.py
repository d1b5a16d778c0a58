"""The unit files: systemd accepts them, they are confined, and the watchdog and crash-loop rules are there."""

from __future__ import annotations

import configparser
import json
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
UNITS = ROOT / "systemd"
# The highest exposure that `systemd-analyze security` may give, 0 (best) to 10.
MOST = {
    "madoguchi-kiosk.service": 1.5,  # and with it the signer, its child
    "madoguchi-courier.service": 1.5,
    "madoguchi-mozc.service": 1.5,
    "madoguchi-out-of-service.service": 1.5,
    "madoguchi-pcscd-restart.service": 1.5,
    "madoguchi-provision@.service": 1.5,
    "madoguchi-machine.service": 1.5,
    "madoguchi-firewall.service": 2.0,  # its network is the machine's, or its rules would be nobody's
    "madoguchi-power-off.service": 1.5,
    "madoguchi-backlight.service": 1.5,
    "pcscd.service": 2.5,
    "madoguchi-update.service": 1.5,
    "madoguchi-update-stick@.service": 1.5,
    "madoguchi-update-reboot.service": 1.5,
}


def _section(unit: str, section: str) -> dict[str, str]:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(UNITS / unit, encoding="utf-8")
    return dict(parser[section])


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Our units beside stand-ins for what the packages bring, with programs that exist on this machine."""
    for unit in [*UNITS.glob("madoguchi-*.service"), *UNITS.glob("madoguchi-*.path")]:
        text = unit.read_text(encoding="utf-8")
        text = text.replace("/usr/lib/madoguchi/bin/python", "/usr/bin/env").replace("Documentation=file:", "#")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    (tmp_path / "pcscd.service").write_text("[Service]\nExecStart=/usr/bin/env\n", encoding="utf-8")
    (tmp_path / "nftables.service").write_text("[Service]\nExecStart=/usr/bin/env\n", encoding="utf-8")
    (tmp_path / "pcscd.socket").write_text("[Socket]\nListenStream=/run/x\n", encoding="utf-8")
    shutil.copytree(UNITS / "pcscd.service.d", tmp_path / "pcscd.service.d")
    shutil.copytree(UNITS / "pcscd.socket.d", tmp_path / "pcscd.socket.d")
    return tmp_path


@pytest.mark.parametrize(
    "unit",
    [*MOST, *sorted(path.name for path in UNITS.glob("*.path"))],
)
def test_systemd_accepts_the_unit(installed: Path, unit: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(installed / unit)], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "madoguchi" in line or "pcscd" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_kiosk_can_read_its_catalogue_and_not_write_it() -> None:
    lines = (UNITS / "madoguchi.tmpfiles.conf").read_text(encoding="utf-8").splitlines()
    assert "d /var/lib/madoguchi/catalogue 2750 madoguchi-courier madoguchi -" in lines
    assert tomllib.loads((ROOT / "config/kiosk.toml").read_text(encoding="utf-8"))["forms"]["catalogue"] == (
        "/var/lib/madoguchi/catalogue"
    )


def _exposure(path: Path) -> tuple[float, list[dict]]:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--json=short", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    table = json.loads(done.stdout)
    words = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(path)], capture_output=True, text=True, check=False
    ).stdout
    overall = next(line for line in words.splitlines() if "Overall exposure" in line)
    return float(overall.split(":")[1].split()[0]), table


def test_every_unit_of_ours_is_measured() -> None:
    ours = {path.name for path in UNITS.glob("madoguchi-*.service")}
    assert ours == {unit for unit in MOST if unit.startswith("madoguchi-")}


@pytest.mark.parametrize(("unit", "most"), MOST.items())
def test_the_unit_is_confined(installed: Path, unit: str, most: float) -> None:
    assert _exposure(installed / unit)[0] <= most


def test_the_measure_would_notice_a_loosened_unit(installed: Path) -> None:
    unit = installed / "madoguchi-kiosk.service"
    tight = _exposure(unit)[0]
    unit.write_text(unit.read_text(encoding="utf-8").replace("ProtectSystem=strict\n", ""), encoding="utf-8")
    assert _exposure(unit)[0] > tight


def test_the_kiosk_has_no_network_and_the_courier_no_devices() -> None:
    kiosk, courier = _section("madoguchi-kiosk.service", "Service"), _section("madoguchi-courier.service", "Service")
    assert kiosk["PrivateNetwork"] == "yes"
    assert "AF_INET" not in kiosk["RestrictAddressFamilies"]
    assert courier["PrivateDevices"] == "yes"
    assert "DeviceAllow" not in courier


@pytest.mark.parametrize("unit", ["madoguchi-kiosk.service", "madoguchi-courier.service"])
def test_a_program_that_hangs_is_ended_and_started_anew(unit: str) -> None:
    service = _section(unit, "Service")
    assert (service["Type"], service["Restart"], service["WatchdogSignal"]) == ("notify", "always", "SIGKILL")
    assert int(service["WatchdogSec"]) > 0
    assert service["LimitCORE"] == "0"


def test_the_hardware_watchdog_is_fed_by_systemd_within_what_a_raspberry_pi_counts() -> None:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.read(ROOT / "image/units/system.conf", encoding="utf-8")
    manager = parser["Manager"]
    assert int(manager["RuntimeWatchdogSec"]) == 14
    # bcm2835_wdt counts 20 bits of 1/65536 s; while it shuts down, systemd goes on feeding it
    assert int(manager["RebootWatchdogSec"]) < 16
    assert (manager["CrashReboot"], manager["DumpCore"], manager["CtrlAltDelBurstAction"]) == ("yes", "no", "none")


def test_a_crash_loop_ends_at_the_out_of_service_scene() -> None:
    unit = _section("madoguchi-kiosk.service", "Unit")
    assert int(unit["StartLimitBurst"]) <= 5
    assert unit["OnFailure"] == "madoguchi-out-of-service.service"
    assert "OnFailure" not in _section("madoguchi-out-of-service.service", "Unit")


def test_nothing_logs_what_goes_to_the_card() -> None:
    text = (UNITS / "pcscd.service.d/madoguchi.conf").read_text(encoding="utf-8")
    started = [line for line in text.splitlines() if line.startswith("ExecStart=/")]
    assert started == ["ExecStart=/usr/sbin/pcscd --foreground"]


def test_users_and_folders_are_declared(tmp_path: Path) -> None:
    for tool, name, target in (
        ("systemd-sysusers", "madoguchi.sysusers.conf", "sysusers.d"),
        ("systemd-tmpfiles", "madoguchi.tmpfiles.conf", "tmpfiles.d"),
    ):
        folder = tmp_path / "usr/lib" / target
        folder.mkdir(parents=True)
        shutil.copy(UNITS / name, folder / "madoguchi.conf")
        (tmp_path / "etc").mkdir(exist_ok=True)
        options = ["--create"] if tool == "systemd-tmpfiles" else []
        done = subprocess.run([tool, f"--root={tmp_path}", *options], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    users = (tmp_path / "etc/passwd").read_text(encoding="utf-8")
    assert {"madoguchi-kiosk", "madoguchi-courier", "pcscd"} <= {line.split(":")[0] for line in users.splitlines()}
    assert (tmp_path / "var/lib/madoguchi").stat().st_mode & 0o7777 == 0o2770


def test_conversion_is_a_user_of_its_own_whose_profile_is_in_memory() -> None:
    service = _section("madoguchi-mozc.service", "Service")
    assert service["User"] == service["Group"] == "madoguchi-mozc"
    assert (service["RuntimeDirectory"], service["RuntimeDirectoryMode"]) == ("madoguchi-mozc", "0750")
    assert "--profile /run/madoguchi-mozc/" in service["ExecStart"]
    assert (service["PrivateNetwork"], service["MemorySwapMax"]) == ("yes", "0")
    assert "ReadWritePaths" not in service
    assert "madoguchi-mozc" in _section("madoguchi-kiosk.service", "Service")["SupplementaryGroups"].split()


def test_a_stick_is_judged_after_systemd_has_said_what_it_is() -> None:
    """ID_BUS and ID_FS_TYPE of a disk come from 60-persistent-storage.rules; udev reads files in the order of names."""
    for rules in UNITS.glob("*.rules"):
        text = rules.read_text(encoding="utf-8")
        if "ID_FS_TYPE" in text or "ID_BUS" in text:
            assert rules.name > "60-persistent-storage.rules"
            assert "madoguchi-provision@%k.service" in text
            assert "madoguchi-update-stick@%k.service" in text
            return
    pytest.fail("nothing is started when a stick is put in")


READS_ALL = {"CAP_DAC_READ_SEARCH", "CAP_DAC_OVERRIDE"}  # root's right to what is not its own


def _groups(unit: str) -> set[str]:
    """Return the groups that a unit's program is in: Group= takes the place of the user's own, which is then none."""
    service = _section(unit, "Service")
    return {service.get("Group", service.get("User", "root")), *service.get("SupplementaryGroups", "").split()}


@pytest.mark.parametrize("unit", sorted(path.name for path in UNITS.glob("madoguchi-*.service")))
def test_who_reads_the_configuration_may_read_what_a_stick_leaves(unit: str) -> None:
    """A stick's configuration is `madoguchi-setup:madoguchi`, 0640, in a folder of 0750."""
    service = _section(unit, "Service")
    if "/etc/madoguchi" not in service["ExecStart"]:
        return
    as_root_can = "User" not in service and READS_ALL & set(service.get("CapabilityBoundingSet", "").split())
    assert "madoguchi" in _groups(unit) or as_root_can


@pytest.mark.parametrize("unit", ["madoguchi-provision@.service", "madoguchi-update-stick@.service"])
def test_who_reads_a_stick_is_in_the_group_that_may(unit: str) -> None:
    rules = (UNITS / "61-madoguchi-sticks.rules").read_text(encoding="utf-8")
    assert 'GROUP="madoguchi-setup", MODE="0640"' in rules
    assert "madoguchi-setup" in _groups(unit)


def test_the_network_manager_hears_of_a_new_network_through_systemd() -> None:
    """`networkctl` must be invoked in networkd's own network namespace, and this unit has one that is empty."""
    service = _section("madoguchi-machine.service", "Service")
    text = (UNITS / "madoguchi-machine.service").read_text(encoding="utf-8")
    assert "ExecStart=-/usr/bin/systemctl --no-block try-reload-or-restart systemd-networkd.service" in text
    assert service["PrivateNetwork"] == "yes"

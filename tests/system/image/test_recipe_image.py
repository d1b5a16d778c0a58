"""The image's recipe, as far as it can be held without building or booting one."""

from __future__ import annotations

import random
import re
import runpy
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
IMAGE = ROOT / "image"
SCRIPTS = sorted(IMAGE.glob("*.sh"))
LISTS = [*sorted(IMAGE.glob("*packages.txt")), IMAGE / "left-out.txt"]
UNWANTED = re.compile(r"gcc|make|openssh|-dev$|^sudo$|^apt$|^dpkg$|systemd-sysv-generator|initramfs")


def names(path: Path) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_short_and_a_shell_reads_them(script: Path) -> None:
    subprocess.run(["sh", "-n", script], check=True)
    assert len(script.read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_list_names_every_package_once(path: Path) -> None:
    listed = names(path)
    assert listed
    assert len(set(listed)) == len(listed)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name) for name in listed)


def test_the_device_has_no_compiler_no_remote_shell_no_package_manager() -> None:
    assert [name for name in names(IMAGE / "packages.txt") if UNWANTED.search(name)] == []


def test_the_device_has_the_fonts_of_the_configuration() -> None:
    wanted = {name for name in names(IMAGE / "debian-packages.txt") if name.startswith("fonts-")}
    assert wanted <= set(names(IMAGE / "packages.txt"))


def test_files_that_the_firmware_is_told_of_are_put_on_the_boot_partition() -> None:
    told = dict(line.partition("=")[::2] for line in names(IMAGE / "config.txt") if "=" in line)
    disk = (IMAGE / "disk.sh").read_text("utf-8")
    assert told["arm_64bit"] == "1"
    for name in (told["kernel"], "boot.scr", "uboot.env", "config.txt"):
        assert f'"$out/firmware/{name}"' in disk


def test_files_that_u_boot_loads_are_put_into_the_slot() -> None:
    loaded = set(
        re.findall(r"load \$\{devtype\} 0:\$\{part\} \$\{\w+\} ([\w.]+)", (IMAGE / "boot.cmd").read_text("utf-8"))
    )
    assert loaded == {"slot.env", "vmlinuz.gz", "initrd"}
    slot = (IMAGE / "slot.sh").read_text("utf-8")
    assert all(f'"$out/boot/{name}"' in slot for name in loaded)


def test_the_first_program_understands_the_command_line() -> None:
    said = (IMAGE / "slot.sh").read_text("utf-8").partition("# For those who start")[0] + (
        IMAGE / "boot.cmd"
    ).read_text("utf-8")
    written = set(re.findall(r"madoguchi\.\w+(?==)", said))
    read = set(re.findall(r"madoguchi\.\w+(?==\*)", (IMAGE / "initrd-init.sh").read_text("utf-8")))
    assert written == read == {"madoguchi.root", "madoguchi.start", "madoguchi.hash", "madoguchi.offset"}


def test_u_boot_and_rauc_remember_in_the_same_two_sectors() -> None:
    places = [line.split()[1:] for line in names(IMAGE / "fw_env.config")]
    sectors = [int(offset, 16) // 512 for offset, _ in places]
    assert [int(size, 16) for _, size in places] == [512, 512]
    script = (IMAGE / "boot.cmd").read_text("utf-8")
    assert [int(at, 16) for at in re.findall(r"\} read \$\{\w+\} (\w+) 1", script)] == sectors
    assert sorted(int(at, 16) for at in re.findall(r"\} write \$\{\w+\} (\w+) 1", script)) == sectors
    assert f"for sector in {sectors[0]} {sectors[1]}" in (IMAGE / "disk.sh").read_text("utf-8")
    assert max(sectors) < 2048  # where the first partition begins


def test_every_user_of_ours_has_a_fixed_number() -> None:
    wanted = {line.split()[1] for line in names(ROOT / "systemd/madoguchi.sysusers.conf") if line.startswith("u ")}
    fixed = {line.split()[1] for line in names(IMAGE / "units/ids.conf") if line.startswith("u ")}
    assert wanted == fixed


@pytest.mark.parametrize("unit", sorted((IMAGE / "units").glob("*.mount")), ids=lambda path: path.name)
def test_mounts_are_named_after_where_they_are(unit: Path) -> None:
    where = re.search(r"(?m)^Where=(.+)$", unit.read_text("utf-8"))
    assert where
    done = subprocess.run(["systemd-escape", "--path", where[1]], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == unit.stem
    assert "WantedBy=local-fs.target" in unit.read_text("utf-8")


def test_units_start_what_the_image_installs() -> None:
    install = (IMAGE / "install.sh").read_text("utf-8")
    for unit in (ROOT / "systemd").glob("madoguchi-*.service"):
        started = re.findall(r"(?m)^ExecStart=(/usr/lib/madoguchi\S*)", unit.read_text("utf-8"))
        assert set(started) <= {"/usr/lib/madoguchi/bin/python"}
    assert '"$home/bin/python"' in install


def test_every_dependency_of_the_kiosk_is_pinned_by_digest() -> None:
    wheels = runpy.run_path(str(IMAGE / "wheels.py"))
    needed = wheels["needed"]()
    assert {"pygame-ce", "cryptography", "typst"} <= needed
    assert not needed & {"django", "pytest", "pyscard", "pyhanko"}
    entries = wheels["locked"](needed)
    assert entries.count("==") == len(needed)
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\S)", entries.strip()))


def test_a_bundle_has_the_version_of_its_slot(tmp_path: Path) -> None:
    """A bundle of another version than its slot's would look as if the slot had not served."""
    (tmp_path / "slot.img").write_bytes(random.Random(1).randbytes(1 << 20))
    (tmp_path / "version").write_text("1.2.3\n", encoding="ascii")
    done = subprocess.run(["sh", IMAGE / "bundle.sh", tmp_path], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == str(tmp_path / "madoguchi-1.2.3.raucb")
    config = tmp_path / "rauc.conf"
    keys = f"[keyring]\npath={tmp_path}/update-demo/ca.pem\ncheck-purpose=codesign\n"
    config.write_text(f"[system]\ncompatible=any\nbootloader=noop\n{keys}", encoding="ascii")
    order = ["rauc", f"--conf={config}", "info", "--output-format=json", done.stdout.strip()]
    assert '"version":"1.2.3"' in subprocess.run(order, check=True, capture_output=True, text=True).stdout
    build = (IMAGE / "build.sh").read_text("utf-8")
    assert 'image/version.sh >"$out/version"' in build
    assert "image/version.sh" in (IMAGE / "install.sh").read_text("utf-8")


@pytest.fixture
def kernel(tmp_path: Path) -> Path:
    """A kernel package in small: four modules, one built in, one board."""
    folder = tmp_path / "usr/lib/modules/6.12"
    folder.mkdir(parents=True)
    dep = [
        "kernel/vc4.ko.xz: kernel/cec.ko.xz kernel/snd.ko.xz",
        "kernel/cec.ko.xz:",
        "kernel/snd.ko.xz:",
        "kernel/bt.ko.xz:",
    ]
    (folder / "modules.dep").write_text("\n".join(dep), encoding="ascii")
    (folder / "modules.builtin").write_text("kernel/fs/over-lay.ko\n", encoding="ascii")
    (folder / "modules.alias").write_text(
        "alias of:N*T*Cbrcm,bcm2711-vc5 vc4\nalias of:N*T*Cbrcm,bcm2711-vc5C* vc4\nalias of:N*T*Cbrcm,bt hci_uart\n",
        encoding="ascii",
    )
    boards = tmp_path / "usr/lib/linux-image-6.12/broadcom"
    boards.mkdir(parents=True)
    for board in runpy.run_path(str(IMAGE / "modules.py"))["BOARDS"]:
        (boards / f"{board}.dtb").write_bytes(b"\xd0\x0d\xfe\xed\0brcm,bcm2711-vc5\0brcm,bt\0")
    return tmp_path


def test_a_module_comes_with_what_it_needs_and_none_may_be_missing(kernel: Path) -> None:
    modules = runpy.run_path(str(IMAGE / "modules.py"))
    folder = kernel / "usr/lib/modules/6.12"
    needed = ["kernel/cec.ko.xz", "kernel/snd.ko.xz", "kernel/vc4.ko.xz"]
    assert modules["paths_needed"](folder, ["vc4", "over_lay"]) == needed
    with pytest.raises(modules["ModuleMissing"], match="no_such"):
        modules["paths_needed"](folder, ["no-such"])


def test_the_boards_say_which_modules_they_need_but_bluetooth_stays_out(kernel: Path) -> None:
    modules = runpy.run_path(str(IMAGE / "modules.py"))
    assert modules["of_boards"](kernel, kernel / "usr/lib/modules/6.12") == ["vc4"]


def test_the_disk_has_the_device_trees_of_the_boards_whose_modules_there_are() -> None:
    boards = runpy.run_path(str(IMAGE / "modules.py"))["BOARDS"]
    scripts = "".join(path.read_text("utf-8") for path in SCRIPTS)
    assert all(f" {board}" in scripts for board in boards)

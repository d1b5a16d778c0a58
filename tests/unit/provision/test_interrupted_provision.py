"""The power goes at any step of applying: there is the old generation or the new one, and the next try finishes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from provision_desk import ROOT, Desk, copied, put_in

from kiosk.config import load
from kiosk.provision.applying import applied_serial
from kiosk.provision.generation import prove

HERE = Path(__file__).parent
FEW_STEPS = 15  # folders, files, the rename, the link, what is forgotten


def cut(machine, desk: Desk, stick: Path, step: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HERE / "provision_storing.py"), str(machine.root), str(machine.base)]
    command += [str(desk.folder / "provision.pub"), str(stick), str(step)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)}, timeout=50
    )


@pytest.mark.timeout(180)
@pytest.mark.parametrize("first", [True, False], ids=["first-stick", "next-stick"])
def test_at_every_step_there_is_a_whole_generation(desk: Desk, machine, tmp_path: Path, first: bool) -> None:
    for serial in () if first else (5, 6, 7, 8):
        put_in(machine, desk.stick(serial=serial))
    stick = tmp_path / "stick"
    stick.write_bytes(desk.stick(serial=9))
    seen, step = [], 0
    while True:
        at = copied(machine, tmp_path / f"step-{step}")
        ended = cut(at, desk, stick, step)
        seen.append(applied_serial(at.root))
        if seen[-1]:
            assert prove(at.root / "current").kiosk.id == load(at.root / "kiosk.toml").kiosk.id
        else:
            assert not (at.root / "kiosk.toml").exists()
        put_in(at, stick.read_bytes())
        assert applied_serial(at.root) == 9
        assert not list(at.root.rglob("*part*"))
        if ended.returncode == 0:
            break
        assert ended.returncode == 9, ended.stderr
        step += 1
    assert int(ended.stdout) == step > FEW_STEPS
    assert seen == sorted(seen)
    assert set(seen) == {0 if first else 8, 9}  # some steps before the link is turned, some after it


def test_a_disk_that_is_full_leaves_the_old_one(desk: Desk, machine, tmp_path: Path) -> None:
    """A file-size limit stands for a full disk: both fail in the middle of writing."""
    put_in(machine, desk.stick(serial=8))
    stick = tmp_path / "stick"
    stick.write_bytes(desk.stick(serial=9))
    command = (
        f"ulimit -f 2; exec {sys.executable} -m kiosk.provision apply --from {tmp_path} --root {machine.root} "
        f"--base {machine.base} --key {desk.folder / 'provision.pub'} --report {tmp_path / 'report.json'}"
    )
    stick.rename(tmp_path / "madoguchi.provision")
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT, timeout=50)
    assert (done.returncode, applied_serial(machine.root)) == (1, 8), done.stderr
    assert prove(machine.root / "current").kiosk.id == "kiosk-01"

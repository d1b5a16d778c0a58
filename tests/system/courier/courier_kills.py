"""Kiosk and courier killed again and again while the city misbehaves; then every acknowledged application is sought.

As a program: `python courier_kills.py SECONDS [trusting]` prints the counters; `trusting` lets the city store every
request anew, the control that has to show doubled applications.
"""

import contextlib
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import courier_city as moods
from courier_city import LittleCity
from courier_process import ROOT, CourierProcess
from courier_trust import Trust

from kiosk.courier.parcel import State
from kiosk.courier.spool import Spool

HERE = Path(__file__).parent
WEIGHTS = {
    moods.cut_before: 8,
    moods.busy: 6,
    moods.answer_lost: 8,
    moods.late: 3,
    moods.half_answer: 3,
    moods.portal: 2,
    moods.other_signature: 2,
    moods.well: 68,
}


@dataclass
class Count:
    kills: int = 0
    accepted: int = 0
    delivered: int = 0
    queued: int = 0
    lost: int = 0
    falsely_done: int = 0
    doubled: int = 0


class Filer:
    """A kiosk that puts one application after another and notes each that the spool has acknowledged."""

    def __init__(self, folder, life):
        self.notes = folder / f"acknowledged-{life}"
        self.process = subprocess.Popen(
            [sys.executable, HERE / "courier_filer.py", folder / "spool.sqlite3", str(life), self.notes],
            env={"PYTHONPATH": f"{ROOT}:{HERE.parents[1] / 'unit' / 'courier'}"},
        )

    def kill(self):
        self.process.kill()
        self.process.wait()


def run(folder, seconds, seed=1, stores_once=True):
    """Let it all happen for `seconds`; give the Count after a last quiet run that drains the spool."""
    chance = random.Random(seed)
    folder.joinpath("trust").mkdir()
    trust = Trust(folder / "trust")
    count = Count()
    pick = lambda: chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]  # noqa: E731
    with LittleCity(trust, choose=pick, stores_once=stores_once) as city:
        sets = {"courier__first_wait": 0.02, "courier__longest_wait": 0.2, "courier__answer_timeout": 0.3}
        end = time.monotonic() + seconds
        life = 0
        filer, courier = Filer(folder, life), CourierProcess(trust, folder, city.url, **sets)
        while time.monotonic() < end:
            time.sleep(chance.uniform(0.35, 0.9))  # Python needs 0.3 s to start at all
            victims = chance.choice(["filer", "courier", "both"])
            if victims != "courier":
                filer.kill()
                life += 1
                filer = Filer(folder, life)
                count.kills += 1
            if victims != "filer":
                courier.__exit__()
                courier = CourierProcess(trust, folder, city.url, **sets)
                count.kills += 1
        filer.kill()
        city.choose = None
        _drain(folder, seconds=30 + seconds)
        courier.__exit__()
        _reckon(folder, city, count)
    return count


def _drain(folder, seconds):
    end = time.monotonic() + seconds
    with Spool(folder / "spool.sqlite3", 1_000_000) as spool:
        while spool.waiting() and time.monotonic() < end:
            threading.Event().wait(0.05)


def _reckon(folder, city, count):
    acknowledged = [line for notes in folder.glob("acknowledged-*") for line in notes.read_text().split("\n")[:-1]]
    count.accepted = len(acknowledged)
    with Spool(folder / "spool.sqlite3", 1_000_000) as spool:
        for transaction in acknowledged:
            known = spool.answer(transaction)
            state = known.state if known else None
            count.queued += state is State.WAITING
            count.delivered += state is State.ACCEPTED and transaction in city.stored
            count.falsely_done += state is State.ACCEPTED and transaction not in city.stored
            count.lost += transaction not in city.stored and state is not State.WAITING
    count.doubled = sum(times - 1 for times in Counter(city.filed).values())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place, contextlib.suppress(KeyboardInterrupt):
        sys.path.append(str(HERE.parents[1] / "unit" / "courier"))
        found = run(Path(place), float(sys.argv[1]), stores_once="trusting" not in sys.argv)
        sys.stdout.write(f"{found}\n")

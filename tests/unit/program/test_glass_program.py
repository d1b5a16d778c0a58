import io
import json

from kiosk.clock import SystemClock
from kiosk.glass import Glass
from kiosk.journal import Journal


def test_what_lies_on_the_glass_is_told_once_and_once_that_it_is_gone():
    told = io.StringIO()
    glass = Glass(Journal("kiosk", told, SystemClock()))
    for stuck in (False, True, True, False, False, True):
        glass.look(stuck=stuck)
    assert [json.loads(line)["event"] for line in told.getvalue().splitlines()] == [
        "touch-stuck",
        "touch-free",
        "touch-stuck",
    ]

"""A process that puts applications into a spool as it is told on standard input, and answers how it went.

`put NAME` → `ok` or the name of the error; `room` → a number. It ends with its input.
"""

import sys
from pathlib import Path

from courier_parcels import parcel

from kiosk.courier.parcel import SpoolError
from kiosk.courier.spool import Spool


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main():
    with Spool(Path(sys.argv[1]), 100_000, int(sys.argv[2])) as spool:
        say("open")
        for line in sys.stdin:
            command, _, name = line.strip().partition(" ")
            try:
                if command == "put":
                    spool.put(parcel(name, int(sys.argv[3])))
                answer = str(spool.room_left()) if command == "room" else "ok"
            except SpoolError as error:
                answer = " ".join([type(error).__name__, *map(str, error.args)])
            say(answer)


if __name__ == "__main__":
    main()

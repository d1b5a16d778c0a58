"""`make bench`: figures of the whole kiosk, as a table and as build/bench.json. Never assertions."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

from tests.bench.city_intake import measure_city
from tests.bench.kiosk_run import measure_kiosk
from tests.bench.longest_run import measure_longest
from tests.bench.rest_run import measure_rest
from tests.bench.typing_run import measure_typing

OUT = Path("build/bench.json")
IMAGE = Path("build/image/test/bench.json")  # what `make image-test PROOF=timing` measured, where it has been run


def main() -> None:
    os.environ.pop("DISPLAY", None)
    before = os.getloadavg()[0]
    rows = {
        **measure_kiosk(Path("build/bench")),
        **measure_rest(Path("build/bench")),
        **measure_longest(Path("build/bench")),
        **measure_typing(Path("build/bench")),
        **measure_city(Path("build/bench")),
        **(json.loads(IMAGE.read_text("utf-8")) if IMAGE.exists() else {}),
    }
    machine = {
        "machine": platform.machine(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load before": round(before, 2),  # of the last minute: what else this machine was doing
        "load after": round(os.getloadavg()[0], 2),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"on": machine, "rows": rows}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    wide = max(len(name) for name in rows)
    for name, (value, unit) in rows.items():
        print(f"{name:<{wide}}  {value:>10.2f} {unit}")
    print(f"\n{OUT} written; {machine}")


if __name__ == "__main__":
    main()

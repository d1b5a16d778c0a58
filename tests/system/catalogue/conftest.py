"""The city, the courier and the press of other rooms, together."""

import sys
from pathlib import Path

TESTS = Path(__file__).parents[2]
for room in ("system/city", "system/courier", "unit/city", "unit/courier", "unit/catalogue"):
    if str(TESTS / room) not in sys.path:
        sys.path.append(str(TESTS / room))

"""Grouping of digits that people read aloud: telephone numbers, postcodes, times and sums, complete or half typed.

Grouping is for the eye only.
"""

from __future__ import annotations

# First digits → lengths of the groups but the last (総務省's numbering plan): free, shared cost, mobile, IP telephone.
_SPECIAL = {
    **dict.fromkeys(("0120", "0570", "0800", "0990"), (4, 3)),
    **dict.fromkeys(("020", "050", "060", "070", "080", "090"), (3, 4)),
}
_TWO = ("03", "06", "0429", "0471")
# Area codes of three digits, with the digits that may follow them there; with any other digit the code has four.
_THREE = {
    entry[:3]: entry[4:]
    for entry in (
        *("011:0123456789", "017:678", "018:678", "019:69", "022:1237", "023:036", "024:5", "025:2357", "026:2"),
        *("027:238", "028:6", "029:238", "042:134567", "043:012345", "044:0123456789", "045:0123456789", "046:28"),
        *("047:1234", "048:123456789", "049:0126789", "052:0123456789", "053:0123456", "054:012369", "055:2349"),
        *("058:0239", "059:0123", "072:0234678", "073:0134", "075:0123456789", "076:2459", "077:579"),
        *("078:0123456789", "079:234", "082:1258", "083:29", "084:9", "086:1249", "087:01348", "088:68", "089:9"),
        *("092:123456789", "093:123456789", "095:8", "096:0123", "097:5", "098:123456789", "099:289"),
    )
}


def group_phone(digits: str) -> str:
    """Return a telephone number with hyphens: 049-000-1234, 090-0000-1234, 03-0000-1234."""
    first, second = _groups(digits)
    parts = (digits[:first], digits[first : first + second], digits[first + second :])
    return "-".join(part for part in parts if part)


def group_postcode(digits: str) -> str:
    """Return a postcode with its hyphen: 350-2201."""
    return "-".join(part for part in (digits[:3], digits[3:]) if part)


def group_time(typed: str) -> str:
    """Return a time of day with its colon: 09:30."""
    digits = typed.replace(":", "")
    return ":".join(part for part in (digits[:2], digits[2:]) if part)


def group_thousands(digits: str) -> str:
    """Return a sum with its commas: 12,000."""
    return f"{int(digits):,}" if digits.isdecimal() else digits


def _groups(digits: str) -> tuple[int, int]:
    for length in (4, 3):
        if digits[:length] in _SPECIAL:
            return _SPECIAL[digits[:length]]
    if digits.startswith(_TWO):
        return 2, 4
    if digits[3:4] in _THREE.get(digits[:3], ""):
        return 3, 3
    return 4, 2

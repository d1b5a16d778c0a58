"""Characters of names that differ in a stroke: which belong together, and which words are told apart by them only."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Each family begins with the form in everyday use; the others stand in family registers and on cards. Those that
# editors silently change into the everyday form are written by their numbers.
FAMILIES = (
    *(
        "高髙",
        "崎\ufa11嵜碕",
        "吉𠮷",
        "辺邉邊",
        "斎斉齋齊",
        "沢澤",
        "浜濱濵",
        "島嶋嶌",
        "広廣",
        "桜櫻",
        "国國",
        "竜龍",
        "関關",
        "富冨",
    ),
    *(
        "峰峯",
        "杉𣏾",
        "桑桒",
        "柳栁桺",
        "橋𣘺槗",
        "塚\ufa10",
        "徳德",
        "恵惠",
        "栄榮",
        "真眞",
        "滝瀧",
        "蔵藏",
        "隆\uf9dc",
    ),
    *(
        "神\ufa19",
        "福\ufa1b",
        "祐\ufa4f",
        "都\ufa26",
        "瀬瀨",
        "条條",
        "円圓",
        "学學",
        "実實",
        "寿壽",
        "浅淺",
        "渋澁",
        "県縣",
    ),
    *(
        "穂穗",
        "糸絲",
        "万萬",
        "会會",
        "伝傳",
        "仏佛",
        "曽曾",
        "薮藪",
        "檜桧",
        "遥遙",
        "弥彌",
        "亀龜",
        "黒黑",
        "緑綠",
        "土𡈽圡",
        "野埜",
    ),
    *("館舘", "剣劍", "籠篭", "豊豐", "総總", "静靜", "礼禮", "与與", "余餘", "来來", "児兒", "彦彥"),
)
_FAMILY_OF = {char: family for family in FAMILIES for char in family}
_MOST = 12  # ways to write one word that are looked at


def plain(text: str) -> str:
    """Return the text with each variant as its everyday form: for looking words up, never for writing them."""
    return "".join(_FAMILY_OF.get(char, char)[0] for char in text)


def other_forms(text: str) -> tuple[str, ...]:
    """Return the same word with its characters in their other forms, at most a dozen."""
    ways = [_FAMILY_OF.get(char, char) for char in text]
    count = 1
    for way in ways:
        count *= len(way)
    if count == 1 or count > _MOST:
        return ()
    forms = (form for form in map("".join, product(*ways)) if form != text)
    return tuple(sorted(forms, key=lambda form: [place for place in range(len(text)) if form[place] != text[place]]))


def alike(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return the places of the words that differ in such characters only, group by group."""
    groups: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        groups.setdefault(plain(text), []).append(place)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def differing(texts: Iterable[str]) -> frozenset[int]:
    """Return the positions at which words of the same length differ."""
    return frozenset(place for place, chars in enumerate(zip(*texts, strict=False)) if len(set(chars)) > 1)

"""From what is written to what is said: dates, times, numbers that are told digit by digit, names as they are read."""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.forms.model import FieldKind
from kiosk.forms.show import shown_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiosk.forms.model import Answers, Field, Form

_ALNUM: Final = r"[0-9A-Za-z]"
_CODE: Final = re.compile(
    rf"(?<!{_ALNUM})(?=[0-9A-Z-]{{3}})(?=[0-9A-Z-]*[0-9])(?=[0-9A-Z-]*[A-Z])[0-9A-Z]{{2,}}(?:-[0-9A-Z]{{2,}})*(?!{_ALNUM})"
)
_POSTCODE: Final = re.compile(r"〒?(?<![0-9-])([0-9]{3})-([0-9]{4})(?![0-9-])")
_PHONE: Final = re.compile(r"(?<![0-9-])(0[0-9]{1,4})-([0-9]{1,4})-([0-9]{3,4})(?![0-9-])")
_LONG: Final = re.compile(r"(?<![0-9.,-])[0-9]{5,}(?![0-9,.-])")
_DATE: Final = re.compile(r"(?<![0-9.-])([0-9]{4})([./-])([0-9]{1,2})\2([0-9]{1,2})(?![0-9-])")
_TIME: Final = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?![0-9:])")
_BLOCK: Final = re.compile(r"(?<![0-9-])[0-9]{1,4}(?:[-−－‐][0-9]{1,4}){1,3}(?![0-9-])")
_RANGE: Final = re.compile(r"(?<=\w)\s*[〜～]\s*(?=[0-9])")
_DIGITS: Final = dict(
    zip("0123456789", ("ゼロ", "イチ", "ニー", "サン", "ヨン", "ゴー", "ロク", "ナナ", "ハチ", "キュー"), strict=True)
)
# What the dictionary reads otherwise than it is said here; found by reading all fixed sentences.
_JAPANESE: Final = tuple(
    (re.compile(written), read)
    for written, read in (
        (r"(?<=[ぁ-ん])方(?![ぁ-ん]?[法向面式針])", "かた"),
        (r"(?<![0-9])1回", "いっかい"),
        (r"お手数", "おてすう"),
        (r"父母", "ふぼ"),
        (r"黄色", "きいろ"),
        (r"小字", "しょうじ"),
        (r"(?<=（)月(?=）)", "ゲツヨウビ"),
        (r"(?<=（)火(?=）)", "カヨウビ"),
        (r"(?<=（)水(?=）)", "スイヨウビ"),
        (r"(?<=（)木(?=）)", "モクヨウビ"),
        (r"(?<=（)金(?=）)", "キンヨウビ"),
        (r"(?<=（)土(?=）)", "ドヨウビ"),
        (r"(?<=（)日(?=）)", "ニチヨウビ"),
    )
)
_KANA: Final = r"ぁ-ゖァ-ヺー・"
_KANJI: Final = r"々〆ヶ\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HANGUL: Final = "가-힣ㄱ-ㅎㅏ-ㅣ"
_SIGNS: Final = (("ja", _KANA + _KANJI), ("ko", _HANGUL))  # which signs tell which language


class _Way(NamedTuple):
    """How a language tells a time, and from … to …; `whole` is a time without minutes."""

    time: str
    whole: str
    until: str


_WAYS: Final[Mapping[str, _Way]] = {
    "ja": _Way("{h}時{m}分", "{h}時", "から"),
    "en": _Way("{h}:{m:02}", "{h}:00", " to "),
    "zh-Hans": _Way("{h}点{m}分", "{h}点", "到"),
    "ko": _Way("{h}시 {m}분", "{h}시", "부터 "),
    "vi": _Way("{h} giờ {m}", "{h} giờ", " đến "),
    "pt": _Way("{h} horas e {m}", "{h} horas", " às "),
}


def written_out(text: str, language: str) -> str:
    """Return a text as it is to be said in a language (BCP 47): what nobody reads as one number goes digit by digit."""
    tongue = "ja" if language.startswith("ja") else language
    way, one = _WAYS[tongue], partial(_one_by_one, language=tongue)
    text = _DATE.sub(partial(_date, language=tongue), text)
    text = _POSTCODE.sub(lambda found: one(found.groups()), text)
    text = _PHONE.sub(lambda found: one(found.groups()), text)
    text = _CODE.sub(lambda found: one(found[0].split("-")), text)
    text = _LONG.sub(lambda found: one((found[0],)), text)
    if tongue == "ja":
        text = _BLOCK.sub(lambda found: re.sub(r"[-−－‐]", "の", found[0]), text)
        for written, read in _JAPANESE:
            text = written.sub(read, text)
    text = _TIME.sub(partial(_time, way=way), text)
    return _RANGE.sub(way.until, text)


def _one_by_one(groups: Iterable[str], language: str) -> str:
    if language == "ja":
        return "、".join(_japanese(group) for group in groups)
    return ", ".join(" ".join(group) for group in groups)


def _japanese(group: str) -> str:
    """Return digits in kana, which no dictionary reads as a number; letters stand apart."""
    parts = ("".join(signs) for _, signs in groupby(group, str.isdigit))
    return " ".join("".join(_DIGITS[sign] for sign in part) if part.isdigit() else " ".join(part) for part in parts)


def _date(found: re.Match[str], language: str) -> str:
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    if language == "ja":
        return f"{year}年{month}月{day}日"
    try:
        return shown_date(f"{year:04}-{month:02}-{day:02}", language)
    except ValueError:  # no date after all
        return found[0]


def _time(found: re.Match[str], way: _Way) -> str:
    hour, minute = int(found[1]), int(found[2])
    return (way.time if minute else way.whole).format(h=hour, m=minute)


def pieces(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return (language, text) in order: what is written in the signs of another language is read by its voice.

    In Chinese the characters are its own; only kana tell that a name is Japanese. What has no letter is not said.
    """
    parts = [(language, text)]
    for other, signs in _SIGNS:
        if not language.startswith(other):
            run = f"[{_KANA if language.startswith('zh') and other == 'ja' else signs}]"
            foreign = re.compile(rf"({run}(?:[ 　]*{run})*)")
            parts = [new for tongue, part in parts for new in _split(part, foreign, tongue, other)]
    return tuple((tongue, part) for tongue, part in parts if any(sign.isalnum() for sign in part))


def _split(text: str, foreign: re.Pattern[str], language: str, other: str) -> list[tuple[str, str]]:
    parts = foreign.split(text)
    if len(parts) == 1:
        return [(language, text)]
    return [(other if at % 2 else language, part.strip()) for at, part in enumerate(parts)]


def names_read(form: Form | None, answers: Answers, plain: Callable[[str], str]) -> dict[str, str]:
    """Return how names are read where the citizen has given the フリガナ; both as one line, by `plain`."""
    if form is None:
        return {}
    pairs = list(_pairs(form.fields.values(), answers))
    for field in form.fields.values():
        rows = answers.get(field.id) if field.kind is FieldKind.ROWS else None
        for row in rows if isinstance(rows, list | tuple) else ():
            pairs += _pairs(field.columns, row) if isinstance(row, dict) else ()
    return {plain(name): plain(kana) for name, kana in pairs}


def _pairs(fields: Iterable[Field], answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield name and フリガナ: the kana asked for after a name are those of the name."""
    name: str | None = None
    for field in fields:
        value = answers.get(field.id)
        if field.kind is FieldKind.NAME:
            name = value if isinstance(value, str) else None
        elif field.kind is FieldKind.KANA and name and isinstance(value, str) and value:
            yield name, value
            name = None

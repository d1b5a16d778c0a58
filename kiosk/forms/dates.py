"""Dates as they are read in each language; parts that nobody knows are left out, or said to be unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.text_input.eras import in_english, in_japanese

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.text_input.eras import PartialDate


class _Way(NamedTuple):
    day: str
    month: str
    year: str
    unknown: str


_PT_MONTHS: Final = (
    *("janeiro", "fevereiro", "março", "abril", "maio", "junho"),
    *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
)
_WAYS: Final = {
    "zh-Hans": _Way("{y}年{m}月{d}日", "{y}年{m}月（日期不详）", "{y}年（月日不详）", "不详"),
    "ko": _Way("{y}년 {m}월 {d}일", "{y}년 {m}월(일 미상)", "{y}년(월일 미상)", "미상"),
    "vi": _Way(
        "ngày {d} tháng {m} năm {y}", "tháng {m} năm {y} (không rõ ngày)", "năm {y} (không rõ ngày)", "không rõ"
    ),
    "pt": _Way(
        "{d} de {name} de {y}", "{name} de {y} (dia desconhecido)", "{y} (dia e mês desconhecidos)", "desconhecida"
    ),
}


def said(found: PartialDate, language: str) -> str:
    """Return a date in a language (BCP 47): 昭和29年4月1日, 1 April 1954, 1954年4月1日, 1 de abril de 1954."""
    if language in _WAYS:
        return _by(_WAYS[language], found)
    way: Callable[[PartialDate], str] = in_japanese if language.startswith("ja") else in_english
    return way(found)


def _by(way: _Way, found: PartialDate) -> str:
    if not found.year:
        return way.unknown
    form = way.day if found.day else way.month if found.month else way.year
    name = _PT_MONTHS[found.month - 1] if found.month else ""
    return form.format(y=found.year, m=found.month, d=found.day, name=name)

"""The page: what the citizen sees and what the signature binds, in Japanese, and beside it in the language shown."""

from __future__ import annotations

import dataclasses
import itertools
import re
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.application.document import JAPAN
from kiosk.application.errors import GlyphMissing
from kiosk.application.fonts import FontFiles, missing_glyphs, runs
from kiosk.application.typesetting import typeset
from kiosk.application.wording import JAPANESE, PageWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.application.document import Answer, Application, Json

__all__ = ["FontFiles", "view_pdf"]

_TEMPLATE = Path(__file__).with_name("page.typ")

# A row is kept together on a page unless it could fill half of one.
_SHORT = 500  # characters
_FEW = 12  # lines

# A long stretch without a place to break (a mail address, a row of dashes) may break anywhere, so that it stays inside
# its cell: letters of alphabets, and what may not begin or end a Japanese line.
_UNBREAKABLE = (
    r"!-\u2e7f、。，．・：；？！ー〜～‐–—…‥々〻ゝゞヽヾ゛゜ｰﾞﾟ"
    r"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｯ"
    r"（）［］｛｝〔〕〈〉《》「」『』【】〘〙〖〗〝〟｟｠｢｣＜＞"
)
_LONG_IN_LABEL = re.compile(f"([{_UNBREAKABLE}]{{10,}})")
_LONG_WORD = re.compile(f"([{_UNBREAKABLE}]{{20,}})")


class _Setter:
    """Turns texts into lines of runs by font, and remembers which fonts were needed."""

    def __init__(self, fonts: FontFiles) -> None:
        self._fonts = fonts
        self.used: set[Path] = set(fonts.chain[:1])

    def text(self, text: str, long: re.Pattern[str] = _LONG_WORD) -> Json:
        return [list(self._line(line, long)) for line in text.split("\n")]

    def _line(self, line: str, long: re.Pattern[str]) -> Iterator[Json]:
        for run in runs(line, self._fonts):
            self.used.add(run.font)
            for index, part in enumerate(long.split(run.text)):
                if part:
                    yield {"font": str(run.font), "text": part, "loose": index % 2 == 1}


def _texts(app: Application, words: PageWords) -> Iterator[str]:
    """Yield every text of the page."""
    yield from map(str, _fixed(words).values())
    yield from (app.form_title, app.receiver, app.consent_text, app.transaction_id)
    yield from (app.form_id, app.form_version, app.kiosk_id, *app.checklist)
    yield from itertools.chain.from_iterable((answer.label, answer.shown) for answer in app.answers)


def _check_glyphs(app: Application, fonts: FontFiles, words: PageWords) -> None:
    lines = itertools.chain.from_iterable(text.split("\n") for text in _texts(app, words))
    missing = frozenset[int]().union(*(missing_glyphs(line, fonts) for line in lines))
    if missing:
        raise GlyphMissing(missing)


def _row(answer: Answer, setter: _Setter) -> Json:
    long = len(answer.shown) > _SHORT or answer.shown.count("\n") >= _FEW
    return {
        "label": setter.text(answer.label, _LONG_IN_LABEL),
        "shown": setter.text(answer.shown),
        "origin": answer.origin.value,
        "breakable": long,
    }


def _facts(app: Application, setter: _Setter, words: PageWords) -> Json:
    moment = app.created.astimezone(JAPAN).strftime("%Y.%m.%d %H:%M:%S")
    clock = moment if app.clock_trusted else words.clock.format(moment=moment)
    version = words.version.format(form=app.form_id, version=app.form_version)
    return [
        [setter.text(words.number), setter.text(app.transaction_id)],
        [setter.text(words.made), setter.text(clock)],
        [setter.text(words.machine), setter.text(app.kiosk_id)],
        [setter.text(words.form), setter.text(version)],
    ]


def _fixed(words: PageWords) -> dict[str, str]:
    return {field.name: getattr(words, field.name) for field in dataclasses.fields(words) if field.name != "language"}


def _words(words: PageWords, setter: _Setter) -> Json:
    before, _, rest = words.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    parts = {"page_before": before, "page_between": between, "page_after": after}
    return {name: setter.text(text) for name, text in (_fixed(words) | parts).items()}


def _data(app: Application, setter: _Setter, fonts: FontFiles, words: PageWords) -> Json:
    created = app.created.astimezone(JAPAN)
    return {
        "title": setter.text(app.form_title),
        "plain_title": app.form_title,
        "created_utc": list(app.created.astimezone(UTC).timetuple()[:6]),
        "date": created.strftime("%Y.%m.%d"),
        "receiver": setter.text(words.to.format(receiver=app.receiver)),
        "words": _words(words, setter),
        "language": words.language.partition("-")[0],
        "translated": words is not JAPANESE,
        "transaction": setter.text(app.transaction_id),
        "rows": [_row(answer, setter) for answer in app.answers],
        "consent": setter.text(app.consent_text),
        "checklist": [setter.text(item) for item in app.checklist],
        "facts": _facts(app, setter, words),
        "demo": app.demo,
        "font": str(fonts.chain[0]),
    }


def view_pdf(app: Application, fonts: FontFiles, words: PageWords = JAPANESE) -> bytes:
    """Return the page as PDF/A-2a and PDF/UA-1, the same bytes for the same application.

    Raises GlyphMissing, before anything is set, with all code points that no font of the chain can draw; FontUnusable
    and PageNotSet. Only the fonts that the text needs are loaded, in a process that ends with the page.
    """
    _check_glyphs(app, fonts, words)
    setter = _Setter(fonts)
    data = _data(app, setter, fonts, words)
    return typeset(_TEMPLATE.read_text(encoding="utf-8"), data, setter.used)

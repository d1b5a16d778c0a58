"""For whoever writes a form: `python -m kiosk forms lint DIR` and `python -m kiosk forms preview DIR --out DIR`.

`lint` names file, place and what was expected there, of every form. `preview` draws every page of every form in every
language and text size on both panels, in the larger sizes each question by itself; a page on which something has not
room is named, and its picture drawn all the same.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pygame

from kiosk.forms.errors import FormError
from kiosk.forms.loader import load_form
from kiosk.forms.model import FieldKind
from kiosk.forms.questions import by_question
from kiosk.forms.rows import question_ids, split
from kiosk.journey.map import Step
from kiosk.journey.place import Place
from kiosk.journey.session import ONE_QUESTION_FROM
from kiosk.journey.view import View
from kiosk.screens.area import area_of
from kiosk.screens.kit import load_kit
from kiosk.screens.shot import drawn, save_png
from kiosk.screens.stage import Stage
from kiosk.screens.texts import TextsDiffer, TextsUnreadable, load_texts
from kiosk.screens.theme import theme_for
from kiosk.screens.tokens import ThemeName
from kiosk.screens.window import close_window, open_window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.forms.model import Form
    from kiosk.screens.area import Area
    from kiosk.screens.kit import Kit
    from kiosk.screens.texts import Texts

SIZES: Final = (1.0, 1.2, 1.4, 1.6)
PANELS: Final = {"1280x800": ((1280, 800), (217, 136)), "800x480": ((800, 480), (154, 86))}  # pixels, millimetres
_TEXTS: Final = Path(__file__).parents[1] / "config" / "texts"
_PLACE: Final = Place("鶴ヶ島市", "鶴", "電子申請", "鶴ヶ島市", "窓口", "窓口", "8:30〜17:15", "申請機", demo=True)


def main(arguments: Sequence[str]) -> int:
    """Run one of the two; 1 where a form is not right."""
    parser = argparse.ArgumentParser(prog="kiosk forms", description="Check and draw form definitions.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb in ("lint", "preview"):
        one = verbs.add_parser(verb)
        one.add_argument("directory", type=Path)
        if verb == "preview":
            one.add_argument("--out", type=Path, required=True)
            one.add_argument("--text", type=float, choices=SIZES, help="one text size instead of all")
    options = parser.parse_args(arguments)
    languages = spoken(options.directory)
    forms, faults = read(options.directory, languages)
    if options.verb == "preview" and forms:
        faults += preview(forms, languages, options.out, (options.text,) if options.text else SIZES)
    said = [*faults, f"{len(forms)} forms in {', '.join(languages) or 'no language'}, {len(faults)} faults", ""]
    sys.stdout.write("\n".join(said))
    return 1 if faults or not forms else 0


def spoken(directory: Path) -> tuple[str, ...]:
    """Return the languages that the folder has sentences about problems in, Japanese first."""
    found = [path.name.split(".")[1] for path in directory.glob("problems.*.toml")]
    return tuple(sorted(found, key=lambda language: (language != "ja", language)))


def read(directory: Path, languages: Sequence[str]) -> tuple[list[Form], list[str]]:
    """Return the forms that are right, and what is wrong with each other one."""
    forms: list[Form] = []
    faults: list[str] = []
    for folder in sorted(path for path in directory.glob("*") if path.is_dir()):
        lacking = [language for language in languages if not (folder / f"texts.{language}.toml").exists()]
        faults += [f"{folder / f'texts.{language}.toml'}: (the whole file): expected a file" for language in lacking]
        try:
            forms.append(load_form(folder, directory, [each for each in languages if each not in lacking]))
        except FormError as error:
            faults.append(str(error))
    return forms, faults


def preview(forms: Sequence[Form], languages: Sequence[str], out: Path, sizes: Sequence[float] = SIZES) -> list[str]:
    """Draw every page as `<form>.<page>.<language>.<panel>.<text size>.png`; return where something has not room."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    out.mkdir(parents=True, exist_ok=True)
    open_window((1280, 800), fullscreen=False)
    try:
        kit = load_kit()
        panels = [Panel(size, kit, area_of(kit.tokens, *measures)) for size, measures in PANELS.items()]
        texts, faults = _texts(languages)
        for panel in panels:
            stage = Stage(pygame.Surface(panel.area.panel.size), kit, panel.area, texts)
            for name, view in _views(forms, tuple(texts), sizes):
                faults += panel.draw(stage, view, out / f"{name}.{view.language}.{panel.size}.{view.text_size}.png")
        return faults
    finally:
        close_window()


def _texts(languages: Sequence[str]) -> tuple[dict[str, Texts], list[str]]:
    """Return the kiosk's own words in each language that has all of them, and what the others lack."""
    texts: dict[str, Texts] = {}
    faults: list[str] = []
    for language in languages:
        try:
            texts |= load_texts(_TEXTS, (*list(texts)[:1], language))
        except (TextsDiffer, TextsUnreadable, FileNotFoundError) as error:
            faults.append(str(error))
    return texts, faults


@dataclass(frozen=True, eq=False)
class Panel:
    """One size of screen."""

    size: str
    kit: Kit
    area: Area

    def draw(self, stage: Stage, view: View, path: Path) -> list[str]:
        """Draw a page and return what has not room on it."""
        widgets = stage.arrange(view)
        theme = theme_for(self.kit, self.area, ThemeName.LIGHT, view.text_size, view.language)
        save_png(drawn(widgets, theme, self.area.panel.size), path)
        outside = [widget for widget in widgets if widget.rect.clipped(self.area.panel) != widget.rect]
        tight = [widget for widget in widgets if not widget.fits(theme)]
        told = [widget.meaning() for widget in (*outside, *tight)]
        return [f"{path}: no room for {meaning.text!r}" for meaning in told if meaning is not None]


def _views(forms: Sequence[Form], languages: Sequence[str], sizes: Sequence[float]) -> Iterator[tuple[str, View]]:
    """Yield every page in every language and text size."""
    for form in forms:
        for language in (each for each in languages if each in form.texts):
            for size in sizes:
                blank = View(Step.FORM_PAGE, _PLACE, language=language, text_size=size, forms=(form,), form=form)
                for index in range(len(form.pages)):
                    yield from _page(form, replace(blank, page=index, pages=len(form.pages)))


def _page(form: Form, view: View) -> Iterator[tuple[str, View]]:
    """Yield a page with all that can stand on it; of a repeated group, a row and the list of rows."""
    page = form.pages[view.page]
    name = f"{form.id}.{view.page + 1}-{page.id}"
    repeated = form.fields[page.fields[0]]
    if repeated.kind is not FieldKind.ROWS:
        yield from _asked(form, name, view, page.fields)
        return
    yield from _asked(form, f"{name}-row", replace(view, row=0), question_ids(repeated, 0))
    rows = [{} for _ in range(repeated.maximum or 1)]  # type: ignore[var-annotated]
    yield from _asked(form, f"{name}-rows", replace(view, answers={repeated.id: rows}), page.fields)


def _asked(form: Form, name: str, view: View, fields: Sequence[str]) -> Iterator[tuple[str, View]]:
    """Yield the fields together, or in large type each question by itself."""
    if view.text_size < ONE_QUESTION_FROM:
        yield name, replace(view, fields=tuple(fields))
        return
    order, alone = list(form.fields), by_question(form, fields)
    for number, asked in enumerate(alone, 1):
        question = order.index(split(asked[-1])[0]) + 1
        shown = replace(view, fields=asked, question=question, questions=len(order))
        yield f"{name}.{number}" if len(alone) > 1 else name, shown

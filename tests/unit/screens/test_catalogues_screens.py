"""The catalogues say everything that the journey can come to, and nothing that nobody asks for."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from drivers.card.recognise import CardKind
from kiosk.journey.events import Stage
from kiosk.journey.troubles import Trouble
from kiosk.journey.view import ReceiptState
from kiosk.screens.rich import plain
from tests.gallery.papers import catalogue as everywhere
from tests.gallery.papers import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.screens.texts import Texts

KIOSK = Path(__file__).parents[3] / "kiosk"
QUOTED = re.compile(r"[「“‘]([^」”’]+)[」”’]")
PROPER = ("Madoguchi", "HTS voice NIT ATR503 M001", "マイナンバーカード", "My Number Card")
NEVER = ("本人確認が完了", "金融製", "読み取らせませす", "金属製の肌", "identity has been verified", "マイナサイン")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_all_that_can_come_has_its_words(catalogue: dict[str, Texts], language: str) -> None:
    texts = catalogue[language]
    wanted = [f"trouble.{trouble}.{part}" for trouble in Trouble for part in ("title", "what", "do", "who")]
    wanted += [f"wrong-card.kind.{kind}" for kind in CardKind]
    wanted += [f"signing.stage.{stage}" for stage in Stage]
    wanted += [
        f"receipt.state.{state}.{part}" for state in ReceiptState for part in ("title", "sub", "notice", "caption")
    ]
    assert [key for key in wanted if key not in texts] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_is_empty_or_badly_marked(catalogue: dict[str, Texts], language: str) -> None:
    texts = catalogue[language]
    for key in sorted(texts.keys()):
        text = texts(key)
        assert text.strip(), key
        assert text.count("<b>") == text.count("</b>"), key
        assert not re.search(r"<(?!/?b>)", text), key


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_must_not_be_said_is_not_said(catalogue: dict[str, Texts], language: str) -> None:
    everything = "\n".join(catalogue[language](key) for key in sorted(catalogue[language].keys()))
    assert [words for words in NEVER if words in everything] == []


def test_the_legal_texts_say_who_verifies_and_that_the_individual_number_is_not_read(catalogue) -> None:
    privacy = catalogue["ja"]("privacy.text")
    assert "個人番号は、読み取りも、保存も、送信もしません" in privacy
    assert "申請を受け取った{city}が確かめます" in privacy


@pytest.mark.parametrize("language", spoken())
def test_the_privacy_text_says_when_a_photograph_is_taken(language) -> None:
    """The kiosk has a camera: who reads that it takes no pictures has been told what is not so."""
    texts = everywhere()[language]
    assert plain(texts("camera.take")) in QUOTED.findall(plain(texts("privacy.text")))


@pytest.mark.parametrize("language", spoken())
def test_ways_on_are_called_as_their_buttons_are(language) -> None:
    """A sentence that names a button in quotes names one that there is."""
    texts = everywhere()[language]
    words = {" ".join(plain(texts(key)).split()) for key in texts.keys()}  # noqa: SIM118  # not a mapping
    named = {name for key in texts.keys() for name in QUOTED.findall(plain(texts(key)))}  # noqa: SIM118
    assert [name for name in named if name not in words and name not in PROPER] == []


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Return what the program's strings may spell: constants as they are, filled-in places as anything."""
    return tuple(pattern for path in KIOSK.rglob("*.py") for pattern in _patterns(ast.parse(path.read_text())))


def _patterns(tree: ast.Module) -> Iterator[re.Pattern[str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
            yield re.compile(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values]
            if "." in node.values[0].value:
                yield re.compile("".join(parts))


def test_no_text_lies_unused(catalogue: dict[str, Texts]) -> None:
    by_overlay = {f"{name}.{part}" for name in ("terms", "privacy", "copyright") for part in ("title", "text")}
    asked = sorted(catalogue["ja"].keys() - by_overlay)
    unused = [key for key in asked if not _is_used(key) and not _is_used(key.removesuffix("_short"))]
    assert unused == []


def _is_used(key: str) -> bool:
    return any(pattern.fullmatch(key) for pattern in patterns())

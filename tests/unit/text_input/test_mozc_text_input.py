"""The real mozc-server through the helper: what it writes, whose it is, and that nothing is left."""

from __future__ import annotations

import os
import signal
import socket
from typing import TYPE_CHECKING

import pytest
from mozc_here import SERVER, Helper, needs_mozc, running_helper, user_of

from kiosk.text_input.mozc.desk import MozcDesk
from kiosk.text_input.mozc.line import MozcGone
from kiosk.text_input.mozc.server import MozcServer, MozcUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = needs_mozc
AS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    with running_helper() as found:
        yield found


@pytest.fixture
def desk(helper: Helper) -> Iterator[MozcDesk]:
    desk = MozcDesk(helper.socket)
    yield desk
    desk.close()


def texts(desk: MozcDesk, reading: str) -> list[str]:
    return [candidate.text for candidate in desk.convert(reading)]


def test_the_version_is_one_that_was_tried(helper: Helper) -> None:
    assert helper.version.split(".")[:2] in (["2", "28"], ["2", "29"])


@pytest.mark.parametrize(
    ("reading", "wanted"),
    [
        ("わたなべ", {"渡辺", "渡邉", "渡邊", "渡部"}),
        ("たかはし", {"高橋", "髙橋"}),
        ("やまざき", {"山崎", "山﨑"}),
        ("さいとう", {"斎藤", "斉藤", "齋藤", "齊藤"}),
        ("つるがしまし", {"鶴ヶ島市", "鶴ケ島市"}),
        ("とうきょうとちよだくかすみがせき", {"東京都千代田区霞が関"}),
    ],
)
def test_names_and_places_are_found(desk: MozcDesk, reading: str, wanted: set[str]) -> None:
    assert wanted <= set(texts(desk, reading))


@pytest.mark.parametrize("reading", ["わ", "わたなべ", "つるがしまし", "っ", "ー", "ゔ", "ん"])
def test_the_kana_can_always_be_kept(desk: MozcDesk, reading: str) -> None:
    whole = {candidate.text for candidate in desk.convert(reading) if candidate.reads == len(reading)}
    assert reading in whole


def test_a_phrase_can_be_written_before_the_next(desk: MozcDesk) -> None:
    found = {candidate.text: candidate.reads for candidate in desk.convert("わたなべたろう")}
    assert (found["渡辺太郎"], found["渡邊"]) == (7, 4)


def test_nothing_is_guessed_beyond_what_was_typed(desk: MozcDesk) -> None:
    assert not [text for text in texts(desk, "わたなべ") if text.startswith("渡辺") and len(text) > 2]
    assert not [text for text in texts(desk, "わ") if any(ord(char) >= 0x1F000 for char in text)]


@pytest.mark.parametrize(("name", "reading"), [("渡邉太郎", "わたなべたろう"), ("高橋花子", "たかはしはなこ")])
def test_a_name_is_read(desk: MozcDesk, name: str, reading: str) -> None:
    assert desk.reading_of(name) == reading


def test_one_question_does_not_colour_the_next(desk: MozcDesk) -> None:
    first = texts(desk, "よしだ")
    for _ in range(3):
        texts(desk, "よしだたろう")
    assert texts(desk, "よしだ") == first


@pytest.mark.skipif(not AS_ROOT, reason="only root can become another user")
def test_the_server_is_not_root(helper: Helper) -> None:
    assert {user_of(pid) for pid in [helper.pid, *helper.servers()]} == {"nobody"}


def test_each_visit_has_a_new_server_with_an_empty_profile(helper: Helper, desk: MozcDesk) -> None:
    texts(desk, "わたなべたろう")
    before = helper.servers()
    (helper.profile / ".mozc" / "trace").write_bytes(b"x") if AS_ROOT else None
    desk.forget()
    after = helper.servers()
    assert len(before) == len(after) == 1
    assert before != after
    assert not (helper.profile / ".mozc" / "trace").exists()
    assert "渡辺" in texts(desk, "わたなべ")


def test_what_was_typed_is_in_no_file(helper: Helper, desk: MozcDesk) -> None:
    for reading in ("つるがしまはなこ", "ふじみいっちょうめ"):
        texts(desk, reading)
    names = {path.name for path in (helper.profile / ".mozc").iterdir()}
    assert not names & {".history.db", ".encrypt_key.db", "user_dictionary.db"}
    for path in (helper.profile / ".mozc").iterdir():
        found = path.read_bytes()
        assert not [word for word in ("つるがしま", "鶴ヶ島", "ふじみ") if word.encode() in found], path.name


def test_a_server_that_dies_is_replaced(helper: Helper, desk: MozcDesk) -> None:
    for pid in helper.servers():
        os.kill(pid, signal.SIGKILL)
    assert "渡辺" in texts(desk, "わたなべ")


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b'{"do": "convert"}', b'{"do": "forget-me"}', b"\xff", b'"x"'])
def test_nonsense_gets_an_error_and_hurts_nobody(helper: Helper, desk: MozcDesk, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(helper.socket))
        caller.sendall(line + b"\n")
        assert caller.recv(4096).startswith(b'{"error"')
    assert texts(desk, "わ")


def test_only_owner_and_group_may_speak(helper: Helper) -> None:
    assert helper.socket.stat().st_mode & 0o777 == 0o660
    assert helper.profile.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not AS_ROOT, reason="only root is refused")
def test_root_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(MozcUnusable, match="does not run as root"):
        MozcServer(tmp_path, SERVER)


def test_without_the_program_the_helper_says_so() -> None:
    with running_helper("--program", "/nowhere/mozc_server") as helper:
        desk = MozcDesk(helper.socket)
        with pytest.raises(MozcGone):
            desk.convert("わ")
        assert helper.version == ""

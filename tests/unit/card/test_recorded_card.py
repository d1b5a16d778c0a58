"""Counting, and tracing without contents."""

from __future__ import annotations

from card_lines import Script

from drivers.card.recorded import CountingConnection


def test_counts_bytes_with_status_words() -> None:
    line = CountingConnection(Script("9000", "aabb9000"))
    line.transmit(bytes(15))
    line.transmit(bytes(5))
    assert (line.apdus, line.bytes_out, line.bytes_in) == (2, 20, 6)


def test_the_buffer_itself_is_passed_on() -> None:
    inner = Script("9000")
    command = bytearray(b"\0\x20\0\x80\x06SECRET")
    CountingConnection(inner).transmit(command)
    assert inner.buffers[0] is command


def test_a_whole_session_s_trace_holds_neither_password_nor_person(lay) -> None:
    from drivers.card.jpki import JpkiSignature
    from drivers.card.surface import SurfaceText

    told: list[str] = []
    line = CountingConnection(lay("hanako"), told.append)
    jpki = JpkiSignature(line)
    jpki.unlock(memoryview(b"KIOSK2026"))
    jpki.certificate()
    surface = SurfaceText(line)
    surface.unlock_by_pin(memoryview(b"1234"))
    holder = surface.holder()
    text = "\n".join(told)
    assert len(told) == line.apdus
    for secret in (b"KIOSK2026", b"1234", holder.name.encode(), holder.address.encode(), holder.birth.encode()):
        assert secret.decode() not in text
        assert secret.hex() not in text.replace(" ", "").lower()

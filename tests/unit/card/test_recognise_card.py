"""Every kind of card is told by its applets, and nothing personal is read on the way."""

from __future__ import annotations

import pytest
from card_lines import Script

from drivers.card.recognise import CardKind, recognise
from drivers.virtual.personas import load_personas


@pytest.mark.parametrize(("persona", "described"), load_personas().items())
def test_every_persona_s_card(lay, reader, persona: str, described) -> None:
    assert recognise(lay(persona)) is described.kind
    state = reader.tray.state()
    assert state["verifies"] == 0
    assert state["tripwires"] == 0


def test_every_kind_has_a_persona() -> None:
    assert {each.kind for each in load_personas().values()} == set(CardKind)


def test_a_card_that_knows_no_select_and_has_a_short_identifier_is_unknown() -> None:
    assert recognise(Script(*["6d00"] * 8, "010203049000")) is CardKind.UNKNOWN


def test_a_reader_that_tells_no_identifier_leaves_it_unknown() -> None:
    assert recognise(Script(*["6a82"] * 8, "6d00")) is CardKind.UNKNOWN

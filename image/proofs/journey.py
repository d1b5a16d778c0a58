"""A whole journey in the booted image: touches on the panel, a card in the reader, a city outside over mutual TLS."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.demo.story import read_story
from proofs.machine import NotSeen

if TYPE_CHECKING:
    from proofs.guest import Facts
    from proofs.stand import Stand

STORY = Path("tests/journeys/happy.play")


def prove(stand: Stand, facts: Facts) -> None:
    """Play the demonstration's story, and look at what the city has stored; raises NotSeen, StoryBroken."""
    before = len(stand.outside.verdicts())
    with stand.go_on("journey", facts) as guest:
        guest.wait_for_attract()
        guest.note("attract scene on the screen")
        guest.play(read_story(STORY), "pictures")
        guest.note(f"the journey went from the first touch to the city's receipt and back: {STORY.name}")
    verdicts = stand.outside.verdicts()
    if len(verdicts) != before + 1:
        raise NotSeen(f"one more application at the city: {before} before, {len(verdicts)} after")
    facts.note(f"          the city has stored and verified it: {verdicts[-1]}")

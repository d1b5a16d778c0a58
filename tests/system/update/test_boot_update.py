"""U-Boot's part, run by Debian's own U-Boot in QEMU: which slot is started, and what is remembered over a power cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_card import PLACES, REMEMBERED, SmallCard

IMAGE = Path(__file__).parents[3] / "image"
MIB = 1 << 20
BOTH = {"BOOT_ORDER": "A B", "BOOT_A_LEFT": "3", "BOOT_B_LEFT": "3", "DATA": "made"}


@pytest.fixture
def card(tmp_path: Path) -> SmallCard:
    return SmallCard.make(tmp_path, IMAGE, BOTH)


def test_a_slot_has_three_attempts_then_the_other_one(card: SmallCard) -> None:
    started = [card.start() for _ in range(4)]
    assert [lines[-1] for lines in started] == ["KERNEL A", "KERNEL A", "KERNEL A", "KERNEL B"]
    assert started[0][0] == "madoguchi: slot A, 2 attempts left"
    assert card.newest() == {"BOOT_ORDER": "A B", "BOOT_A_LEFT": "0", "BOOT_B_LEFT": "2", "DATA": "made"}


def test_the_order_is_followed_and_only_the_older_sector_is_written(card: SmallCard) -> None:
    card.remember({**BOTH, "BOOT_ORDER": "B A"})
    before = card.sectors()
    assert card.start()[-1] == "KERNEL B"
    between = card.sectors()
    assert [one == other for one, other in zip(before, between, strict=True)] == [True, False]
    assert card.start()[-1] == "KERNEL B"
    assert [one == other for one, other in zip(between, card.sectors(), strict=True)] == [False, True]
    assert card.newest()["BOOT_B_LEFT"] == "1"


@pytest.mark.parametrize("lost", REMEMBERED)
def test_a_sector_that_was_half_written_is_not_believed(card: SmallCard, lost: int) -> None:
    card.remember({**BOTH, "BOOT_ORDER": "B A"})
    card.spoil(lost)
    whole = 1 - REMEMBERED.index(lost)
    before = card.sectors()
    assert card.start() == ["madoguchi: slot B, 2 attempts left", "KERNEL B"]
    after = card.sectors()
    assert after[whole] == before[whole]  # a cut while the other one is written would leave this
    assert after[1 - whole][4] == before[whole][4] + 1
    assert b"BOOT_B_LEFT=2" in after[1 - whole]


def test_with_nothing_remembered_both_slots_get_their_attempts(card: SmallCard) -> None:
    for sector in REMEMBERED:
        card.spoil(sector)
    assert card.start()[-1] == "KERNEL A"
    assert card.start()[-1] == "KERNEL A"


def test_a_number_that_begins_again_is_newer(card: SmallCard) -> None:
    old, new = ({**BOTH, "BOOT_ORDER": order} for order in ("A B", "B A"))
    card.remember(old)
    card.write(REMEMBERED[0] * 512 + 4, b"\xff")
    card.remember_one(1, new, number=0)
    assert card.start()[-1] == "KERNEL B"


def test_a_slot_without_a_kernel_is_passed_over(card: SmallCard) -> None:
    card.write(PLACES["A"] * MIB, bytes(64 << 10))
    assert card.start() == [
        "madoguchi: slot A, 2 attempts left",
        "madoguchi: slot A cannot be started",
        "madoguchi: slot B, 2 attempts left",
        "KERNEL B",
    ]


def test_a_slot_that_is_marked_bad_is_not_tried(card: SmallCard) -> None:
    card.remember({**BOTH, "BOOT_A_LEFT": "0"})
    assert card.start() == ["madoguchi: slot B, 2 attempts left", "KERNEL B"]


def test_when_none_is_left_all_are_tried_again(card: SmallCard) -> None:
    card.remember({**BOTH, "BOOT_A_LEFT": "0", "BOOT_B_LEFT": "0"})
    assert card.start() == [
        "madoguchi: no slot has attempts left, all get theirs again",
        "madoguchi: slot A, 2 attempts left",
        "KERNEL A",
    ]

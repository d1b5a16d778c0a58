from kiosk.courier.reserve import Reserve, free_bytes


def test_blocks_are_really_held_and_given_back(tmp_path):
    reserve = Reserve(tmp_path / "r", 1 << 20)
    assert not reserve.whole()
    reserve.fill()
    assert reserve.whole()
    assert (tmp_path / "r").stat().st_blocks * 512 >= 1 << 20  # not a sparse file
    assert reserve.spend()
    assert not reserve.whole()
    assert not reserve.spend()


def test_it_never_takes_the_last_room(tmp_path):
    reserve = Reserve(tmp_path / "r", free_bytes(tmp_path))
    reserve.fill()
    assert not (tmp_path / "r").exists()

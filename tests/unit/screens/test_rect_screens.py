import itertools

from kiosk.screens.rect import Rect

BOX = Rect(10, 20, 100, 50)


def test_edges_and_middle():
    assert (BOX.right, BOX.bottom, BOX.centre) == (110, 70, (60, 45))


def test_the_far_edge_is_outside():
    assert BOX.contains(109, 69)
    assert not BOX.contains(110, 69)
    assert not BOX.contains(109, 70)


def test_columns_fill_the_width_exactly():
    parts = Rect(0, 0, 1184, 88).columns(7, 12)
    assert parts[0].x == 0
    assert parts[-1].right == 1184
    assert all(right.x - left.right == 12 for left, right in itertools.pairwise(parts))
    assert max(part.w for part in parts) - min(part.w for part in parts) <= 1


def test_rows_fill_the_height_exactly():
    parts = Rect(0, 5, 10, 100).rows(3, 8)
    assert (parts[0].y, parts[-1].bottom) == (5, 105)


def test_touching_rectangles_share_no_pixel():
    assert not BOX.meets(BOX.moved(100, 0))
    assert BOX.meets(BOX.moved(99, 49))


def test_what_lies_outside_is_clipped_to_nothing():
    assert BOX.clipped(Rect(500, 500, 10, 10)).size == (0, 0)
    assert BOX.clipped(Rect(0, 0, 50, 50)) == Rect(10, 20, 40, 30)


def test_union_holds_both():
    assert BOX.union(Rect(0, 0, 5, 5)) == Rect(0, 0, 110, 70)

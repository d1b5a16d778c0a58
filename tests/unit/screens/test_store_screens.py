import pygame

from kiosk.screens.store import Store


def square(side):
    return lambda: pygame.Surface((side, side), pygame.SRCALPHA)


def test_the_longest_unused_surface_goes_first(kit):
    store = Store(3 * 400)
    kept = [store.get(name, square(10)) for name in "abc"]
    assert store.get("a", square(10)) is kept[0]
    store.get("d", square(10))
    assert store.used_bytes == 3 * 400
    assert store.get("a", square(10)) is kept[0]
    assert store.get("b", square(10)) is not kept[1]


def test_one_surface_larger_than_the_limit_is_still_served(kit):
    store = Store(10)
    assert store.get("large", square(50)) is store.get("large", square(50))

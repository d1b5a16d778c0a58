"""One page of memory for characters: never swapped, never dumped, not inherited, wiped at the end."""

from __future__ import annotations

import ctypes
import mmap
import resource
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

PR_SET_DUMPABLE = 4  # linux/prctl.h
MADV_DONTDUMP = 16  # linux/mman.h
MADV_WIPEONFORK = 18  # linux/mman.h


def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong)
    libc.mlock.argtypes = (ctypes.c_void_p, ctypes.c_size_t)
    return libc


def forbid_dumps() -> None:
    """Keep this process out of core files and away from other processes of the same user."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _libc().prctl(PR_SET_DUMPABLE, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


class LockedPage:
    """A private page as a context manager: `with LockedPage() as page:` lends it as a memoryview.

    Raises OSError when the page cannot be locked: then no password may be taken.
    """

    def __init__(self) -> None:
        self._pages = mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        self._pages.madvise(MADV_DONTDUMP)
        self._pages.madvise(MADV_WIPEONFORK)
        self._view = memoryview(self._pages)
        start = ctypes.addressof(ctypes.c_char.from_buffer(self._pages))
        if _libc().mlock(start, mmap.PAGESIZE):
            raise OSError(ctypes.get_errno(), "mlock")

    def __enter__(self) -> memoryview:
        return self._view

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        wipe(self._view)


def wipe(view: memoryview) -> None:
    """Overwrite every byte in place."""
    ctypes.memset(ctypes.addressof(ctypes.c_char.from_buffer(view)), 0, len(view))

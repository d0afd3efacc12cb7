"""The memory of the processes of a run: kept for the next batch, and measured.

Example:
    >>> peak_memory() >= 0
    True
"""

from __future__ import annotations

import gc
import sys

__all__ = ["keep_freed_memory", "peak_memory"]


def keep_freed_memory() -> None:
    """Let this process, and those forked from it, keep what is loaded, and what a batch frees for the next one.

    Else the GNU C library gives the large arrays of each batch back to the system, and gets them again page by page,
    zeroed: as measured, a twelfth of the whole time. Numbers and limits of the parameters: mallopt(3).
    """
    import ctypes  # noqa: PLC0415  (NumPy has it loaded by now)

    gc.freeze()
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        trim_threshold, mmap_threshold = -1, -3
        mallopt(mmap_threshold, 32 * 1024 * 1024)
        mallopt(trim_threshold, 1024 * 1024 * 1024)


def peak_memory() -> int:
    """Return the most bytes of memory that this process has held; 0 where the system does not tell."""
    try:
        from resource import RUSAGE_SELF, getrusage  # noqa: PLC0415  (not on every system)
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return getrusage(RUSAGE_SELF).ru_maxrss * unit

"""Keep the memory of a worker between two arrays, as a process outside Dask does."""

import ctypes
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_LARGEST_KEPT = 32 << 20
"""What glibc grows to by itself: its DEFAULT_MMAP_THRESHOLD_MAX, and twice that before memory is given back."""


@cache
def keep_freed_memory() -> bool:
    """
    Let this process use freed memory again instead of giving it back at once; return whether that could be set.

    Dask starts workers with MALLOC_TRIM_THRESHOLD_=65536, by which glibc no longer learns how large arrays are
    (mallopt(3), M_MMAP_THRESHOLD): every array above 128 kB is mapped and every page of it cleared anew, which here is
    half as much work again as the synthesis. Without glibc nothing is changed. Once for each process is enough.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    mallopt.argtypes, mallopt.restype = (ctypes.c_int, ctypes.c_int), ctypes.c_int
    is_set = [mallopt(_MMAP_THRESHOLD, _LARGEST_KEPT), mallopt(_TRIM_THRESHOLD, 2 * _LARGEST_KEPT)]
    return all(is_set)

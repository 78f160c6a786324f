"""Keep Python from looking for unused circles of objects where none are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_cycle_collection() -> Iterator[None]:
    """
    Keep Python from looking for unused circles of objects in between.

    A synthesis holds millions of records and makes no circles, so that looking through them again and again finds
    nothing and costs a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

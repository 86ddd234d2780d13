"""A process that has read its program and begins to work."""

import gc

_NEW_OBJECTS = 20_000  # between two searches; Python's own 700 are for programs that it knows nothing of


def settle() -> None:
    """Leave what stands now, the program itself, out of every later search for cycles of objects that nobody holds.

    Each full search would look through some 300,000 objects that stay until the end. What remains to be searched are
    the few cycles that a piece of work leaves behind: now and then is often enough.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)

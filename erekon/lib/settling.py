"""A process that has read its program and begins to work."""

import gc


def settle() -> None:
    """Leave what stands now, the program itself, out of every later search for cycles of objects that nobody holds.

    Each full search would look through some 300,000 objects that stay until the end.
    """
    gc.collect()
    gc.freeze()

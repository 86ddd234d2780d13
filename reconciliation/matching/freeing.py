"""Giving memory back to the system: the C library keeps what is free, a quarter of a gigabyte behind a giant."""

import ctypes


def trim() -> None:
    """Have the C library hand back what is free; a millisecond or two, so only beside a giant."""
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others keep nothing
    if give_back is not None:
        give_back(0)

"""The append-only, hash-chained record of what was done, by whom; every app writes to it."""

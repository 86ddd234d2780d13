"""Which bytes stand at each place of many rows: one look at a table tells what its columns can hold."""

import numpy as np
import numpy.typing as npt

SPACE, DELETE = 0x20, 0x7F
ABREAST = 16  # rows looked at side by side: short ones alone would cost more to begin than to read


class Span:
    """The lowest and the highest byte seen at each place of a row."""

    def __init__(self, width: int) -> None:
        self.low = np.full(width, 0xFF, dtype=np.uint8)
        self.high = np.zeros(width, dtype=np.uint8)

    def widen(self, matrix: npt.NDArray[np.uint8]) -> None:
        """Take in more rows."""
        count, width = matrix.shape
        many = count // ABREAST
        abreast = matrix[: many * ABREAST].reshape(many, ABREAST * width)
        for rows in (abreast, matrix[many * ABREAST :]):
            if len(rows):
                np.minimum(self.low, rows.min(axis=0).reshape(-1, width).min(axis=0), out=self.low)
                np.maximum(self.high, rows.max(axis=0).reshape(-1, width).max(axis=0), out=self.high)

    def same(self, place: slice) -> bool:
        """Whether all rows seen so far hold the same bytes there."""
        return bool((self.low[place] == self.high[place]).all())

    @property
    def plain(self) -> bool:
        """Whether every byte is printable ASCII."""
        return bool(self.low.min() >= SPACE and self.high.max() < DELETE)

"""Which digits of two whole-rupiah figures differ, for the page and the API. Pure."""

from typing import NamedTuple


class Piece(NamedTuple):
    """A run of a printed figure; `differs` when its digits stand otherwise in the other figure."""

    text: str
    differs: bool


def places_apart(one: int, other: int) -> tuple[int, ...]:
    """The places, from the left, of the digits that differ; none where the figures are not equally long."""
    left, right = str(abs(one)), str(abs(other))
    if len(left) != len(right):
        return ()
    return tuple(at for at, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1])


def pieces(printed: str, places: tuple[int, ...]) -> tuple[Piece, ...]:
    """A printed figure cut where its digits begin or cease to differ; a dot between two of them goes with them."""
    marks, digit = [], 0
    for sign in printed:
        marks.append(sign.isdigit() and digit in places)
        digit += sign.isdigit()
    for at in range(1, len(printed) - 1):
        marks[at] = marks[at] or (printed[at] == "." and marks[at - 1] and marks[at + 1])
    found: list[Piece] = []
    for sign, differs in zip(printed, marks, strict=True):
        if found and found[-1].differs == differs:
            found[-1] = Piece(found[-1].text + sign, differs)
        else:
            found.append(Piece(sign, differs))
    return tuple(found)

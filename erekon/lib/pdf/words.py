"""A paragraph of plain words: the one kind that documents need, at a fraction of a rich paragraph's cost."""

from collections.abc import Sequence

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from erekon.lib.pdf.lines import Line, Run, broken
from erekon.lib.pdf.pen import Pen

_PUSH: dict[object, float] = {
    TA_CENTER: 0.5,
    TA_RIGHT: 1.0,
}  # which share of a line's free room stands left of it
_SAME = 0.01  # points: a frame computes its width anew, with another last bit


class Words(Flowable):
    """Runs of (face, words) in one size, leading, colour and alignment: nothing in them is markup."""

    def __init__(self, runs: Sequence[Run], style: ParagraphStyle) -> None:
        super().__init__()
        self.style = style
        self._runs = tuple(runs)
        self._lines: Sequence[Line] = ()
        self._room = -1.0

    def wrap(self, room: float, _height: float = 0) -> tuple[float, float]:
        """The width given and the height its lines take."""
        if abs(room - self._room) > _SAME:
            self._lines, self._room = broken(self._runs, self.style.fontSize, room), room
        self.width, self.height = room, len(self._lines) * self.style.leading
        return room, self.height

    def split(self, room: float, height: float) -> list[Flowable]:
        """The lines that fit and those that do not; never a single line at the foot of a page."""
        if self._room < 0:  # a frame asks with its own width, which an indent has made narrower
            self.wrap(room)
        fitting = int(height / self.style.leading)
        if fitting >= len(self._lines):
            return [self]
        if fitting <= 1:
            return []
        return [self._part(self._lines[:fitting]), self._part(self._lines[fitting:])]

    def _part(self, lines: Sequence[Line]) -> "Words":
        part = Words([(face, words) for line in lines for _, face, words in line.pieces], self.style)
        part._lines, part._room = lines, self._room
        return part

    def draw(self) -> None:
        """Draw them by themselves, as a frame asks for."""
        pen = Pen(self.canv)
        self.write(pen, 0, self.height)
        pen.close()

    def write(self, pen: Pen, left: float, top: float) -> None:
        """Write the lines downwards from the top left corner."""
        style = self.style
        push = _PUSH.get(style.alignment, 0.0)
        y = top - style.fontSize
        for line in self._lines:
            start = left + push * (self._room - line.width)
            for begin, face, words in line.pieces:
                pen.write(start + begin, y, words, (face, style.fontSize), style.textColor)
            y -= style.leading

"""Tables of parts: rows of cells with fixed column widths, broken over pages between rows, and inside a long one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from erekon.lib.pdf.pen import Pen

Cell = Flowable | Sequence[Flowable]
Ruling = Callable[[Canvas, Sequence[float], float], None]
Parts = list[Flowable]


@dataclass(frozen=True, slots=True)
class Padding:
    """Room around a cell's parts, in points; `gap` stands right of every cell but the last."""

    beside: float
    above: float
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Lines as (thickness, colour): above and below the first row, and below every other."""

    head: tuple[float, Color]
    row: tuple[float, Color]


class Grid(Flowable):
    """A table; with rules, its first row is a head and stands on every page. A row taller than `page` is split."""

    def __init__(
        self,
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        padding: Padding,
        *,
        page: float,
        rules: Rules | None = None,
        heights: Sequence[float] = (),
    ) -> None:
        super().__init__()
        self._rows = [[[cell] if isinstance(cell, Flowable) else list(cell) for cell in row] for row in rows]
        self._widths, self._padding, self._page, self._rules = widths, padding, page, rules
        self._heights = list(heights)

    def wrap(self, _room: float, _height: float) -> tuple[float, float]:
        """Its own width, and the height of all rows."""
        if not self._heights:
            self._heights = [self._height_of(row) for row in self._rows]
        self.width, self.height = sum(self._widths), sum(self._heights)
        return self.width, self.height

    def _room(self, column: int) -> float:
        gap = self._padding.gap if column < len(self._widths) - 1 else 0.0
        return self._widths[column] - 2 * self._padding.beside - gap

    def _height_of(self, row: Sequence[Parts]) -> float:
        heights = [
            sum(_wrapped(part, self._room(column), self._page) for part in cell)
            for column, cell in enumerate(row)
        ]
        return max(heights, default=0.0) + 2 * self._padding.above

    def split(self, room: float, height: float) -> list[Flowable]:
        """What fits and what does not, each with the head; nothing when not even one row fits."""
        self.wrap(room, height)
        first = 1 if self._rules else 0
        left, count = height - sum(self._heights[:first]), first
        while count < len(self._rows) and self._heights[count] <= left:
            left -= self._heights[count]
            count += 1
        if count == len(self._rows):
            return [self]
        if count > first:
            return [self._part(0, 0, count), self._part(first, count, len(self._rows))]
        return self._inside(first, left)

    def _inside(self, first: int, left: float) -> list[Flowable]:
        """A row that no page would hold is cut where this one ends."""
        if self._heights[first] <= self._page - sum(self._heights[:first]):
            return []
        room = left - 2 * self._padding.above
        halves = [_cut(cell, self._room(at), room) for at, cell in enumerate(self._rows[first])]
        if not any(upper for upper, _ in halves):
            return []
        head, rest = self._rows[:first], self._rows[first + 1 :]
        upper, lower = [half[0] for half in halves], [half[1] for half in halves]
        return [self._with([*head, upper]), self._with([*head, lower, *rest])]

    def _part(self, head: int, start: int, end: int) -> "Grid":
        """The first rows as head, then those from start to end, measured already."""
        rows = self._rows[:head] + self._rows[start:end]
        return self._with(rows, self._heights[:head] + self._heights[start:end])

    def _with(self, rows: Sequence[Sequence[Cell]], heights: Sequence[float] = ()) -> "Grid":
        return Grid(rows, self._widths, self._padding, page=self._page, rules=self._rules, heights=heights)

    def draw(self) -> None:
        """Draw the rules, then every cell from its top."""
        pen = Pen(self.canv)
        self.write(pen, 0, self.height)
        pen.close()

    def write(self, pen: Pen, left: float, top: float) -> None:
        """Draw downwards from the top left corner."""
        if self._rules:
            self._rule(pen.canvas, self._rules, left, top)
        for row, height in zip(self._rows, self._heights, strict=True):
            x = left
            for column, cell in enumerate(row):
                _draw_cell(pen, cell, x + self._padding.beside, top - self._padding.above)
                x += self._widths[column]
            top -= height

    def _rule(self, canvas: Canvas, rules: Rules, left: float, top: float) -> None:
        ends = [top]
        for height in self._heights:
            ends.append(ends[-1] - height)
        right = left + sum(self._widths)
        for (thickness, colour), heights in ((rules.head, ends[:2]), (rules.row, ends[2:])):
            canvas.setLineWidth(thickness)
            canvas.setStrokeColor(colour)
            canvas.lines([(left, y, right, y) for y in heights])


def _wrapped(part: Flowable, room: float, height: float) -> float:
    """The height of a part in so much room; the part keeps its measure for being drawn."""
    part.width, part.height = part.wrap(room, height)
    return float(part.height)


def _draw_cell(pen: Pen, cell: Parts, x: float, y: float) -> None:
    for part in cell:
        write: Any = getattr(part, "write", None)
        if write:
            write(pen, x, y)
        else:
            part.drawOn(pen.canvas, x, y - part.height)
        y -= part.height


def _cut(cell: Parts, room: float, height: float) -> tuple[Parts, Parts]:
    """The parts of a cell above and below so much height."""
    above: Parts = []
    for number, part in enumerate(cell):
        taken = _wrapped(part, room, height)
        if taken > height:
            halves = part.split(room, height) or [part]
            return [*above, *halves[:-1]], [halves[-1], *cell[number + 1 :]]
        above.append(part)
        height -= taken
    return above, []

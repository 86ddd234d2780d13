"""Bad cells of an import: each names file, line and column, and says in Indonesian what is wrong."""

from dataclasses import dataclass, field

SHOWN = 50


@dataclass(frozen=True)
class BadCell:
    """One mistake; `line` counts from 1 (the header), `column` may be empty when the whole line is meant."""

    file: str
    line: int
    column: str
    reason: str

    def sentence(self) -> str:
        """`satker.csv, baris 7, kolom kppn: …`"""
        where = f"{self.file}, baris {self.line}"
        return f"{where}, kolom {self.column}: {self.reason}" if self.column else f"{where}: {self.reason}"


@dataclass
class Problems:
    """The bad cells found so far, in the order of files and lines."""

    cells: list[BadCell] = field(default_factory=list)

    def add(self, file: str, line: int, column: str, reason: str) -> None:
        """Note one more bad cell."""
        self.cells.append(BadCell(file, line, column, reason))

    def raise_if_any(self) -> None:
        """Raise ImportRefused when something was noted."""
        if self.cells:
            raise ImportRefused(tuple(self.cells))


class ImportRefused(Exception):
    """Nothing was imported; `cells` holds every bad cell, the message the first fifty."""

    def __init__(self, cells: tuple[BadCell, ...]) -> None:
        self.cells = cells
        lines = [cell.sentence() for cell in cells[:SHOWN]]
        if len(cells) > SHOWN:
            lines.append(f"… dan {len(cells) - SHOWN} kesalahan lain.")
        super().__init__("\n".join([f"Tidak ada yang diimpor, ada {len(cells)} kesalahan:", *lines]))

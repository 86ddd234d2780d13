"""The file around a workbook's parts, packed lightly: XlsxWriter packs so hard that it takes a fifth of a workbook's
time, for a tenth of its size.
"""

import io
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.packager import Packager

LEVEL = 1  # of 9


class _Parts(Packager):  # type: ignore[misc]  # the library is not typed throughout
    """Holds the finished parts back from the library's own packing."""

    def _create_package(self) -> list[Any]:
        self.parts: list[tuple[Any, str, bool]] = super()._create_package()
        return []


class LightWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook as XlsxWriter makes it, packed into `target` when it is closed."""

    def __init__(self, target: io.BytesIO, options: dict[str, Any]) -> None:
        super().__init__(io.BytesIO(), options)
        self._target = target

    def _get_packager(self) -> _Parts:
        self._package = _Parts()
        return self._package

    def _store_workbook(self) -> None:
        super()._store_workbook()
        with ZipFile(self._target, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            for part, name, _ in self._package.parts:
                # By name an entry has the archive's level, and no date that tells when it was made.
                with archive.open(name, "w") as entry:
                    if isinstance(part, io.StringIO):
                        entry.write(part.getvalue().encode())
                    else:
                        _move(Path(part), entry)


def _move(part: Path, entry: Any) -> None:
    with part.open("rb") as written:
        shutil.copyfileobj(written, entry)
    part.unlink()

"""42 payloads in 10 cells each: every one stays text, in the LHR and in the export of all rows."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from erekon.portal.row_export import harmless
from reconciliation.workbook.cells import clean
from reconciliation.workbook.content import WarningLine, WorkbookContent
from reconciliation.workbook.paper import render_paper
from reconciliation.workbook.render import render_workbook
from reconciliation.workbook.rowsheet import stream_workbook
from tests.unit.reconciliation.workbook.contents import HEADER, content, row
from tests.unit.reconciliation.workbook.payloads import PAYLOADS

CELLS = 10


def infected(payload: str) -> WorkbookContent:
    """The payload in the head of the case, the name of an account, a cause twice, an explanation, warnings, INFO."""
    return replace(
        content([row(1)], []),
        header=replace(HEADER, satker=payload),
        account_names={"521111": payload},
        coa_causes={("BLJ", 0): payload},
        detail_causes={("BLJ", 0): payload},
        explanations={("BLJ", "521111"): payload},
        warnings=(WarningLine(payload, payload, "", payload),),
        about=((payload, payload),),
    )


def cells_of(rendered: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(rendered))
    return [cell for sheet in book for cells in sheet.iter_rows() for cell in cells if cell.value is not None]


def live(rendered: bytes) -> int:
    """Formulas and links of a workbook: in its cells and in its parts."""
    cells = [cell for cell in cells_of(rendered) if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        parts = [
            name
            for name in archive.namelist()
            if b"<hyperlink" in archive.read(name) or b"<f>" in archive.read(name) or "externalLink" in name
        ]
    return len(cells) + len(parts)


def same_text(value: Any, payload: str) -> bool:
    """Whether a cell holds the payload as cleaned; openpyxl leaves Excel's own escape in an inline string."""
    return isinstance(value, str) and value.replace("_x005F_", "_").split() == clean(payload).split()


def test_there_are_forty_two() -> None:
    assert len(set(PAYLOADS)) == 42


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_payload_stays_text_in_ten_cells_of_the_lhr(payload: str) -> None:
    rendered = render_workbook(infected(payload))
    assert live(rendered) == 0
    assert sum(same_text(cell.value, payload) for cell in cells_of(rendered)) >= CELLS


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_payload_stays_text_in_ten_cells_of_the_rows(payload: str) -> None:
    titles = [(f"kolom{number}", 9) for number in range(CELLS)]
    rendered = b"".join(stream_workbook(titles, [[[payload]] * CELLS], 1))
    assert live(rendered) == 0
    assert sum(same_text(cell.value, payload) for cell in cells_of(rendered)) == CELLS


def test_a_writer_without_the_guard_makes_formulas_and_links_of_them() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for number, payload in enumerate(PAYLOADS):
        sheet.write(number, 0, clean(payload))
    book.close()
    assert live(buffer.getvalue()) > 10


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_payload_stops_no_pdf(payload: str) -> None:
    document = render_paper(infected(payload), fingerprint="ab" * 32)
    assert not any(mark in document for mark in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"))


def formula_cells(text: str) -> list[str]:
    """What some country's spreadsheet takes for a formula when it opens the text as a part of a CSV."""
    return [part for part in re.split(r"[,;|\t\r\n]", text) if re.match(r"[\s\"]*[=+\-@]", part)]


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_cell_of_the_csv_begins_with_a_sign_whatever_separates_cells(payload: str) -> None:
    assert formula_cells(harmless(payload)) == []


def test_without_the_apostrophe_many_cells_would() -> None:
    assert sum(bool(formula_cells(payload)) for payload in PAYLOADS) > 20


def test_words_and_amounts_pass_the_csv_unchanged() -> None:
    for text in ("SP2D-1", "2611613010/A+B", "a=b", "", "NTPN000000000012", "KU.01.2-3"):
        assert harmless(text) == text
    assert harmless("=1+1") == "'=1+1"
    assert harmless("x;=1+1") == "x;'=1+1"

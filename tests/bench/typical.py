"""The typical build that ours is measured against: dbfread, a table of rows by ORM, pandas, openpyxl.

Written as such portals usually are, without malice: extract the zip, read the table into dicts, check the rows in
a loop, save them in bulk, merge two frames per element, write the sheets with styles, print the BAR.
"""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
from dbfread import DBF
from django.db import connection, models
from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from reconciliation.models import Akun, LedgerRow

KEY_A = ["akun", "kdbaes1", "kddekon", "kdprogram", "kdgiat", "kdoutput", "kdsdcp", "kdwilayah", "register"]
KEY_B = ["akun", "kdbaes1", "kdsdcp"]
DOCUMENT = ["jnsdok1", "nodok1", "tgldok1"]
# Code, KDTRN, KDKEM or any, first digits of the account, sign, key: those that the bench's rows reach.
ELEMENTS = (
    ("PGU", "2", None, ("5", "6", "7"), -1, KEY_A),
    ("EST", "2", None, ("4",), -1, KEY_B),
    ("BLJ", "3", "0", ("5", "6"), 1, KEY_A),
    ("PBLJ", "3", "1", ("5", "6"), 1, KEY_A),
    ("PND", "3", "0", ("4",), -1, KEY_B),
    ("PPND", "3", "1", ("4",), -1, KEY_B),
    ("MUP", "3", None, ("815", "825"), 1, KEY_B),
)
TEXT = [*KEY_A[1:], "kdtrn", "kdkem", "kdmakmap", "perk", *DOCUMENT]
HEAD = PatternFill("solid", fgColor="DDDDDD")
THIN = Border(*(Side(style="thin") for _ in range(4)))
BOLD = Font(bold=True)


class ScratchLine(models.Model):
    """The table of satker lines that a typical build keeps."""

    satker = models.CharField(max_length=6)
    rphreal = models.BigIntegerField()
    kdbaes1 = models.CharField(max_length=5)
    kddekon = models.CharField(max_length=2)
    kdprogram = models.CharField(max_length=4)
    kdgiat = models.CharField(max_length=4)
    kdoutput = models.CharField(max_length=3)
    kdsdcp = models.CharField(max_length=3)
    kdwilayah = models.CharField(max_length=4)
    register = models.CharField(max_length=8)
    kdtrn = models.CharField(max_length=1)
    kdkem = models.CharField(max_length=1)
    kdmakmap = models.CharField(max_length=6)
    perk = models.CharField(max_length=6)
    jnsdok1 = models.CharField(max_length=10)
    nodok1 = models.CharField(max_length=40)
    tgldok1 = models.CharField(max_length=10)

    class Meta:
        app_label = "adk"
        managed = False
        db_table = "bench_scratchline"


def reconcile(satker: str, name: str, content: bytes) -> list[list[Any]]:
    """Element code, both totals and the count of differing CoA lines, for every element with rows."""
    rows = _read(satker, content)
    _save(satker, rows)
    sai = _frame(ScratchLine.objects.filter(satker=satker).values(*TEXT, "rphreal"))
    siap = _frame(_ledger(satker))
    book, found = Workbook(), []
    book.remove(book.active)
    for element in ELEMENTS:
        coa, detail, key = _compare(element, siap, sai)
        if coa.empty:
            continue
        code = element[0]
        _sheet(book, f"{code} CoA", coa, [*key, "siap", "sai", "selisih"])
        _sheet(book, f"{code} Detail", detail, [*key, *DOCUMENT, "siap", "sai", "selisih"])
        different = int((coa["selisih"] != 0).sum())
        found.append([code, int(coa["siap"].sum()), int(coa["sai"].sum()), different])
    book.save(io.BytesIO())
    _bar(satker, found)
    return found


def _read(satker: str, content: bytes) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
        member = next(name for name in archive.namelist() if not name.upper().endswith(".DBF"))
        table = DBF(Path(folder) / member, encoding="cp1252", ignore_missing_memofile=True)
        rows = [dict(row) for row in table]
    accounts = set(Akun.objects.values_list("code", flat=True))
    for number, row in enumerate(rows, 1):
        if row["KDSATKER"] != satker or row["KDTRN"] not in {"0", "2", "3"}:
            raise ValueError(f"row {number}")
        if row["KDMAKMAP"] not in accounts and row["PERKSAI"] not in accounts:
            raise ValueError(f"account in row {number}")
    return rows


def _save(satker: str, rows: list[dict[str, Any]]) -> None:
    if ScratchLine._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(ScratchLine)
    lines = [
        ScratchLine(
            satker=satker,
            rphreal=int(row["RPHREAL"]),
            perk=row["PERKSAI"],
            tgldok1=f"{row['TGLDOK1']:%Y%m%d}" if row["TGLDOK1"] else "",
            kdkem=row["KDKEM"] or "0",
            **{name: row[name.upper()] for name in TEXT if name not in {"perk", "tgldok1", "kdkem"}},
        )
        for row in rows
    ]
    ScratchLine.objects.bulk_create(lines, batch_size=500)


def _ledger(satker: str) -> list[dict[str, Any]]:
    rows = []
    for columns, amount in LedgerRow.objects.filter(satker=satker).values_list("sent__columns", "rphreal"):
        row = {name: columns.get(name, "") for name in TEXT if name != "perk"}
        rows.append({**row, "perk": columns["perksau"], "kdkem": row["kdkem"] or "0", "rphreal": amount})
    return rows


def _frame(rows: Any) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows))
    frame["akun"] = frame["kdmakmap"].where(frame["kdmakmap"] != "", frame["perk"])
    frame["nodok1"] = frame["nodok1"].str.strip().str.upper()
    return frame


def _compare(
    element: Any, siap: pd.DataFrame, sai: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    _, kdtrn, kdkem, digits, sign, key = element
    sides = []
    for frame in (siap, sai):
        taken = frame[(frame["kdtrn"] == kdtrn) & frame["akun"].str.startswith(digits)]
        taken = taken if kdkem is None else taken[taken["kdkem"] == kdkem]
        sides.append(taken.assign(rphreal=taken["rphreal"] * sign))
    return _merged(sides, key), _merged(sides, [*key, *DOCUMENT]), key


def _merged(sides: list[pd.DataFrame], key: list[str]) -> pd.DataFrame:
    left, right = (side.groupby(key, as_index=False)["rphreal"].sum() for side in sides)
    both = left.merge(right, on=key, how="outer", suffixes=("_siap", "_sai")).fillna(
        {"rphreal_siap": 0, "rphreal_sai": 0}
    )
    both = both.rename(columns={"rphreal_siap": "siap", "rphreal_sai": "sai"})
    both[["siap", "sai"]] = both[["siap", "sai"]].astype("int64")
    both["selisih"] = both["siap"] - both["sai"]
    return both


def _sheet(book: Workbook, title: str, frame: pd.DataFrame, columns: list[str]) -> None:
    sheet = book.create_sheet(title)
    sheet.append(columns)
    for cell in sheet[1]:
        cell.font, cell.fill, cell.border = BOLD, HEAD, THIN
    for row in frame[columns].itertuples(index=False):
        sheet.append(list(row))
    for row in sheet.iter_rows(min_row=2, min_col=len(columns) - 2):
        for cell in row:
            cell.number_format = "#,##0"


def _bar(satker: str, found: list[list[Any]]) -> None:
    rows = [["Elemen", "SiAP", "SAI", "Selisih"]]
    rows += [[code, f"{siap:,}", f"{sai:,}", f"{siap - sai:,}"] for code, siap, sai, _ in found]
    table = Table(rows)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    style = getSampleStyleSheet()["Normal"]
    page = SimpleDocTemplate(io.BytesIO(), pagesize=A4)
    page.build([Paragraph(f"Berita Acara Rekonsiliasi {satker}", style), Spacer(1, 12), table])

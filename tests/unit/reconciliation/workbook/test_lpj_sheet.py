"""The sheet LPJ BENDAHARA."""

import io
from dataclasses import replace
from typing import Any

from pypdf import PdfReader

from reconciliation.lpj.lines import Bendahara
from reconciliation.lpj.report import report_of
from reconciliation.workbook.cells import Mark, clean
from reconciliation.workbook.frozen import freeze, thaw
from reconciliation.workbook.lpj import lpj_rows
from reconciliation.workbook.paper import render_paper
from reconciliation.workbook.render import render_workbook
from tests.unit.reconciliation.workbook.contents import content, row
from tests.unit.reconciliation.workbook.payloads import PAYLOADS
from tests.unit.reconciliation.workbook.test_render import read, table

PLAIN = content([row(100)], [row(100)])
REPORT = report_of(
    Bendahara.PENGELUARAN,
    {"BP_BANK": 90, "BP_UP": 70, "BP_LAINNYA": 20},
    {"111611": 100, "111821": 12, "111822": 8},
)


def sheet_of(title: str) -> Any:
    return read(render_workbook(replace(PLAIN, lpj=((title, REPORT),))))["LPJ BENDAHARA"]


def test_sheet_is_there_only_where_an_lpj_was_entered() -> None:
    assert "LPJ BENDAHARA" not in read(render_workbook(PLAIN)).sheetnames


def test_rows_have_figures_account_and_word() -> None:
    rows = {cells[1]: cells[2:] for cells in table(sheet_of("LPJ 7"))[2:]}
    assert rows["Saldo uang persediaan (UP)"] == ("111611", 70, 100, -30, "Berbeda")
    assert rows["Saldo kas lainnya"] == ("1118xx", 20, 20, 0, "Sama")
    assert rows["- akun 111822"][:3] == ("111822", None, 8)
    assert rows["Tunai dan bank, dibanding jumlah saldo LPJ 90"] == (None, 90, None, 0, "Sama")


def test_an_overdrawn_account_is_marked_and_named() -> None:
    hidden = report_of(Bendahara.PENGELUARAN, {"BP_UP": 100}, {"111611": -100, "111614": 200})
    rows = {cells[0]: cells[1:] for cells in lpj_rows(hidden)}
    assert rows["Saldo uang persediaan (UP)"] == ["1116xx", 100, 100, 0, Mark("Berbeda", good=False)]
    assert rows["- akun 111611"] == ["111611", "", -100, "", Mark("Negatif", good=False)]
    assert rows["- akun 111614"] == ["111614", "", 200, "", ""]
    assert [told for told in rows if told.startswith("Akun 111611 bersaldo (100)")]


def test_number_of_an_lpj_stays_text() -> None:
    for payload in PAYLOADS:
        assert sheet_of(payload)["A4"].value.strip() == clean(payload).strip()
        assert sheet_of(payload)["A4"].data_type == "s"


def test_the_paper_says_the_same_and_the_frozen_content_keeps_it() -> None:
    shown = replace(PLAIN, lpj=(("LPJ 7", REPORT),))
    document = render_paper(shown, fingerprint="ab")
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(document)).pages)
    assert "Saldo uang persediaan (UP) 111611 70 100 (30) Berbeda" in text
    assert "- akun 111822 111822 8" in text
    again = thaw(freeze(shown, outcome="ab"), lambda _: PLAIN.outcome)
    assert again.lpj == shown.lpj
    assert render_paper(again, fingerprint="ab") == document

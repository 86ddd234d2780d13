"""The LPJs at the end of Lampiran I."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from bar.documents.content import build_content, canonical
from bar.documents.lpj import LpjFacts
from bar.documents.pdf import render_draft
from reconciliation.lpj.lines import Bendahara
from reconciliation.lpj.report import report_of
from tests.unit.bar.documents.builders import ADDRESS, EQUAL

MOST = 10**15 - 1
NERACA = {"111611": -MOST, "111613": MOST, "111821": 5, "111822": MOST}
AMOUNTS = {"BP_TUNAI": MOST, "BP_BANK": MOST, "BP_UP": MOST, "BP_LAINNYA": -MOST}


def with_lpj(title: str = "LPJ Bendahara Pengeluaran"):
    return replace(EQUAL, lpj=(LpjFacts(title, report_of(Bendahara.PENGELUARAN, AMOUNTS, NERACA)),))


def printed(content) -> list[str]:
    rendered = render_draft(content, verify_address=ADDRESS)
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(rendered)).pages]


def test_without_one_the_content_has_the_bytes_it_always_had() -> None:
    assert "lpj" not in build_content(EQUAL)
    assert canonical(build_content(with_lpj())) != canonical(build_content(EQUAL))


def test_it_stands_in_lampiran_one_down_to_the_account_with_every_rupiah() -> None:
    pages = printed(build_content(with_lpj()))
    assert "Pencocokan UAKPA dengan Bendahara" not in pages[0]
    assert "LAMPIRAN I " in pages[1]
    told = pages[1]
    assert all(
        text in told for text in ("111821", "999.999.999.999.999", "1.999.999.999.999.998", "Belum diisi")
    )
    assert "4 hal perlu diperiksa" in told
    assert "tidak mengubah hasil rekonsiliasi" in told


def test_accounts_that_hide_each_other_are_printed_as_different_and_named() -> None:
    hidden = report_of(Bendahara.PENGELUARAN, {"BP_UP": 100}, {"111611": -100, "111614": 200})
    content = build_content(replace(EQUAL, lpj=(LpjFacts("LPJ", hidden),)))
    rows = {row["akun"]: row for row in content["lpj"]["laporan"][0]["baris"]}
    assert (rows["1116xx"]["sama"], rows["1116xx"]["selisih"]) == (False, "0")
    assert (rows["111611"]["sama"], rows["111611"]["keterangan"]) == (False, "Negatif")
    assert (rows["111614"]["sama"], rows["111614"]["keterangan"]) == (None, "")
    assert "Akun 111611 bersaldo (100)" in printed(content)[1]


def test_it_never_touches_the_outcome() -> None:
    content = build_content(with_lpj())
    assert content["semua_sama"]
    assert content["kesimpulan"] == build_content(EQUAL)["kesimpulan"]


@pytest.mark.parametrize("title", ["<b>&</b> \u202e\x00 {{7*7}}", "N" * 120, "\u65e5\u672c"])
def test_hostile_number_prints(title: str) -> None:
    content = build_content(with_lpj(title))
    assert "\x00" not in content["lpj"]["laporan"][0]["judul"]
    assert printed(content)

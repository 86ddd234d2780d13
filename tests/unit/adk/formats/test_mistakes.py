"""Every named mistake ends in its documented code, every odd trait is accepted, and every finding has a sentence."""

import pytest

from adk.formats.gate import Inspection, inspect
from adk.formats.mistakes import MISTAKES, Mistake
from adk.formats.sentences import CATALOGUE, STEPS_TO_REPAIR, render
from adk.formats.treasury import TreasuryReading, read_treasury
from tests.unit.adk.formats.cast import EXPECTED, REFERENCES, satker, treasury

# Found after the checks: by the daily totals, and by a BAR approved or an ADK of the same date loaded while the file
# was being checked.
OUTSIDE_THE_GATE = {"REKAP", "SUDAH_DITANDATANGANI", "KIRIM_ULANG_TIDAK_PERLU"}
WARNINGS = {"AKUN_TIDAK_DIKENAL", "DUPLIKAT", "REFERENSI"}
DOCUMENTED = {
    "UKURAN_NOL",
    "TOLAK_UKURAN",
    "BUKAN_ZIP",
    "ARSIP_RUSAK",
    "ARSIP_TERENKRIPSI",
    "ARSIP_BERBAHAYA",
    "ISI_TIDAK_SESUAI",
    "PERIODE_TIDAK_DIPERKENANKAN",
    "PERIODE",
    "TAHUN",
    "KODE_SATKER",
    "STRUKTUR_DBF",
    "HEADER_BARIS",
    "TABEL_KOSONG",
    "BUKAN_KUMULATIF",
    "KONTROL",
    "NILAI",
    "TANGGAL",
    "KODE_AKUN",
    "KARAKTER",
    "AKUN_TIDAK_DIKENAL",
    "DUPLIKAT",
    "REFERENSI",
}
DOCUMENTED_TREASURY = {
    "KODE_KPPN",
    "TANGGAL",
    "HEADER_BARIS",
    "LKP_MINGGUAN",
    "LKP_SALDO",
    "KOREKSI_JUMLAH",
    "NILAI",
    "ISI_TIDAK_SESUAI",
    "STRUKTUR_DBF",
}


def judge(mistake: Mistake) -> Inspection | TreasuryReading:
    if mistake.of == "kppn":
        filename, content = mistake.build(treasury())
        return read_treasury(content, filename, "116", weekly_due=lambda _: True)
    filename, content = mistake.build(satker())
    return inspect(content, filename, EXPECTED, REFERENCES)


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_mistake_ends_in_its_documented_code(name: str) -> None:
    mistake = MISTAKES[name]
    result = judge(mistake)
    codes = {finding.code for finding in result.findings}
    if mistake.code is None:
        assert (result.verdict, codes) == ("STANDAR", set())
        return
    assert codes == {mistake.code}
    accepted = mistake.code in WARNINGS
    assert (result.verdict == "STANDAR") is accepted
    assert all(render(finding.code, finding.params) for finding in result.findings)
    assert {finding.severity for finding in result.findings} == {"peringatan" if accepted else "galat"}


def test_there_is_a_mistake_for_every_documented_code() -> None:
    assert {one.code for one in MISTAKES.values() if one.of == "satker" and one.code} == DOCUMENTED
    assert {one.code for one in MISTAKES.values() if one.of == "kppn"} == DOCUMENTED_TREASURY


def test_every_refusing_code_has_steps_to_repair() -> None:
    assert set(STEPS_TO_REPAIR) == DOCUMENTED - WARNINGS
    assert all(len(steps) == 3 for steps in STEPS_TO_REPAIR.values())


def test_every_template_belongs_to_a_documented_code() -> None:
    assert {key.partition(".")[0] for key in CATALOGUE} == DOCUMENTED | DOCUMENTED_TREASURY | OUTSIDE_THE_GATE


def test_the_untouched_drafts_are_accepted() -> None:
    filename, content = satker().build()
    assert inspect(content, filename, EXPECTED, REFERENCES).findings == ()
    filename, content = treasury().build()
    assert read_treasury(content, filename, "116").verdict == "STANDAR"


def test_periods_are_named_in_sentences() -> None:
    sentence = render("PERIODE", {"hal": "nama", "isi": 8, "pilih": 9, "bb": "09"})
    assert sentence.startswith("Berkas ini untuk Agustus, padahal Anda memilih September.")


def test_hostile_text_is_shown_but_never_run() -> None:
    row = {"isi": "{0.__class__}", "baris": 1, "kolom": "KDTRN"}
    assert "{0.__class__}" in render("NILAI", {"hal": "KDTRN", **row})

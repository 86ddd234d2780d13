"""The gate's order, its limits and the lines it hands on."""

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from adk.formats.checks import CHECKS
from adk.formats.gate import Inspection, References, inspect
from adk.formats.mistakes import MISTAKES
from tests.unit.adk.formats.cast import EXPECTED, REFERENCES, row, rows, satker

MAX = 2**63 - 1
NOTHING_LOADED = References(None, None, None, None)


def judge(draft, expected=EXPECTED, references=REFERENCES) -> Inspection:
    filename, content = draft.build()
    return inspect(content, filename, expected, references)


def codes(inspection: Inspection) -> list[str]:
    return [finding.code for finding in inspection.findings]


def test_checks_stand_in_the_documented_order() -> None:
    names = [check.__doc__.split(".")[0] for check in CHECKS]
    assert names == [str(number) for number in range(1, 15)]


def test_lines_hold_the_trimmed_rows() -> None:
    lines = judge(satker()).lines
    first = lines[0]
    assert lines["row"].tolist() == [1, 2, 3, 4]
    assert lines["rphreal"].tolist() == [-50_000_000, 1_000_002, 1_000_003, -70_000]
    assert (first["kdbaes1"], first["kdmakmap"], first["perk"], first["perk1"]) == (
        b"01508",
        b"521111",
        b"115612",
        b"",
    )
    assert (first["revisike"], first["tglpost"], first["periode"], first["kdkem"]) == (
        b"1",
        b"20260106",
        b"01",
        b"0",
    )


def test_blank_kdkem_is_stored_as_zero_and_document_numbers_in_capitals() -> None:
    lines = judge(satker([row(1, KDTRN="2", KDKEM="", NODOK1=" sp é")])).lines
    assert (lines["kdkem"][0], lines["nodok"][0]) == (b"0", "SP É".encode("cp1252"))


def test_deleted_rows_are_skipped_and_keep_their_place() -> None:
    inspection = judge(satker([row(1, **{"*deleted": True}), row(2, KDTRN="2")]))
    assert (inspection.rows, inspection.lines["row"].tolist()) == (1, [2])


def test_opening_balances_come_with_the_lines() -> None:
    opening = judge(satker(opening={"111611": 2**53 + 1, "111822": -5})).opening
    assert opening.tolist() == [(b"111611", 2**53 + 1), (b"111822", -5)]


def test_month_before_the_first_accepted_one_is_answered_before_the_chosen_period() -> None:
    early = judge(satker(month=3), replace(EXPECTED, month=9))
    chosen = judge(satker(month=9), replace(EXPECTED, month=4))
    assert {early.verdict, chosen.verdict} == {"PERIODE_TIDAK_DIPERKENANKAN"}
    assert judge(satker(month=6)).verdict == "TIDAK_STANDAR"


def test_first_failing_check_stops_the_gate() -> None:
    draft = satker([row(1, KDSATKER="999999", RPHREAL="x", TGLPOST="20269999")])
    assert codes(judge(draft)) == ["KODE_SATKER"]


def test_one_check_reports_every_finding() -> None:
    draft = satker([row(1, KDTRN="2", RPHREAL="x", TGLPOST="20269999", PERKSAI="9", KDDK="Z")])
    assert sorted(codes(judge(draft))) == ["KODE_AKUN", "NILAI", "NILAI", "TANGGAL"]


def test_findings_name_member_row_and_field() -> None:
    finding = judge(satker([row(1, KDTRN="2"), row(2, KDTRN="7")])).findings[0]
    assert (finding.member, finding.row, finding.field) == ("KPPN_KD0150836351609.026", 2, "KDTRN")
    assert finding.params["isi"] == "7"


def test_two_hundred_findings_are_listed_and_all_counted() -> None:
    inspection = judge(satker([row(n, KDTRN="9") for n in range(300)]))
    assert (len(inspection.findings), inspection.findings_total) == (200, 300)
    assert inspection.rows == 300
    assert inspection.lines is None


@pytest.mark.parametrize("amount", [2**53 + 1, MAX, -(2**63) + 1])
def test_great_amount_is_kept_exact(amount: int) -> None:
    assert judge(satker([row(1, KDTRN="2", RPHREAL=amount)])).lines["rphreal"].tolist() == [amount]


def test_sum_of_absolute_amounts_beyond_int64_is_refused() -> None:
    assert codes(judge(satker([row(1, KDTRN="2", RPHREAL=MAX), row(2, RPHREAL=-1)]))) == ["NILAI"]
    assert judge(satker([row(1, KDTRN="2", RPHREAL=MAX - 1), row(2, RPHREAL=-1)])).verdict == "STANDAR"


def test_rows_and_opening_balances_that_fit_apart_must_fit_together() -> None:
    half = 2**62
    fitting, beyond = (
        judge(satker([row(1, KDTRN="2", RPHREAL=half)], opening={"111611": 1 - half, "111822": n}))
        for n in (0, -1)
    )
    assert fitting.verdict == "STANDAR"
    assert [(one.code, one.member, one.field) for one in beyond.findings] == [
        ("NILAI", "T_SAWAL.DBF", "SALDO")
    ]


def test_a_sum_that_rows_alone_exceed_is_told_once() -> None:
    beyond = judge(satker([row(1, KDTRN="2", RPHREAL=MAX), row(2, RPHREAL=-1)], opening={"111611": 5}))
    assert [(one.code, one.field) for one in beyond.findings] == [("NILAI", "RPHREAL")]


def test_text_longer_than_its_column_is_refused_rather_than_cut() -> None:
    draft = satker([row(1, KDTRN="2", KDOUTPUT="9940")], control=False)
    main = draft.tables["main"]
    main.fields = [one._replace(width=4) if one.name == "KDOUTPUT" else one for one in main.fields]
    inspection = judge(draft)
    assert [(finding.code, finding.field) for finding in inspection.findings] == [("NILAI", "KDOUTPUT")]


def test_single_month_file_is_told_from_a_cumulative_one() -> None:
    assert codes(judge(satker([row(1, PERIODE="09")]))) == ["BUKAN_KUMULATIF"]
    assert judge(satker([row(1, PERIODE="09"), row(2, PERIODE="09", KDTRN="2")])).verdict == "STANDAR"
    assert judge(satker([row(1, PERIODE="09"), row(2, PERIODE="08")])).verdict == "STANDAR"
    january = replace(EXPECTED, month=1, first_month=1)
    assert judge(satker([row(1, PERIODE="01")], month=1), january).verdict == "STANDAR"


def test_control_may_name_a_kppn_of_the_rows_or_the_satkers() -> None:
    through_another = [one | {"KDKPPN": "183"} for one in rows()]
    assert codes(judge(satker(through_another))) == ["REFERENSI"]
    draft = satker(through_another)
    draft.tables["control"].rows[0]["KDKPPN"] = "183"
    assert judge(draft).verdict == "STANDAR"


def test_twins_are_marked_from_the_second_on_whatever_their_stamps() -> None:
    twin = row(1, KDTRN="2")
    draft = satker(
        [
            twin,
            row(2),
            twin | {"USID": "a", "KATEGORI": "b", "TGLKIRIM": "20260101"},
            twin | {"REVISIKE": 9},
            twin,
        ]
    )
    inspection = judge(draft)
    assert inspection.lines["twin"].tolist() == [False, False, True, False, True]
    assert [(f.code, f.row, f.params["kembar"]) for f in inspection.findings] == [
        ("DUPLIKAT", 3, 1),
        ("DUPLIKAT", 5, 1),
    ]


def test_deleted_row_is_no_twin() -> None:
    twin = row(1, KDTRN="2")
    assert not judge(satker([twin, twin | {"*deleted": True}])).lines["twin"].any()


def test_twins_are_found_across_blocks() -> None:
    many = [row(n % 2500, KDTRN="2") for n in range(2501)]
    inspection = judge(satker(many))
    assert np.flatnonzero(inspection.lines["twin"]).tolist() == [2500]


def test_unknown_code_is_warned_of_once_with_its_count() -> None:
    draft = satker([row(1, KDTRN="2"), *(row(n, KDMAKMAP="599999") for n in (2, 3, 4))])
    finding = judge(draft).findings[0]
    assert (finding.code, finding.row, finding.params["jumlah"], finding.severity) == (
        "AKUN_TIDAK_DIKENAL",
        2,
        3,
        "peringatan",
    )


def test_reference_never_loaded_is_not_tested() -> None:
    draft = satker([row(1, KDTRN="2", KDMAKMAP="599999", KDSDCP="999", KDWILAYAH="9900")])
    assert judge(draft, references=NOTHING_LOADED).findings == ()


def test_blank_references_are_not_looked_up() -> None:
    assert judge(satker([row(1, KDTRN="2", KDSDCP="", KDWILAYAH="")])).findings == ()


@pytest.mark.parametrize(
    "name",
    [
        "folder/KPPN_KD0150836351609 (1).zip",
        "KPPN_KD0150836351609 - Salinan (2).zip",
        "C:\\u\\KPPN_KD0150836351609.ZIP",
    ],
)
def test_upload_name_may_carry_a_copy_suffix(name: str) -> None:
    draft = satker()
    draft.tables["main"].name = "T_GL2600.DBF"
    assert inspect(draft.build()[1], name, EXPECTED, REFERENCES).verdict == "STANDAR"


@pytest.mark.parametrize(
    "name",
    ["data.zip", "KPPN_KD01508363516099.zip", "KPPN_XX0150836351609.zip", "KPPN_KD0150836351613.zip", ""],
)
def test_table_name_needs_an_upload_name_that_parses(name: str) -> None:
    draft = satker()
    draft.tables["main"].name = "T_GL2600.DBF"
    assert codes(inspect(draft.build()[1], name, EXPECTED, REFERENCES)) == ["ISI_TIDAK_SESUAI"]


def test_equal_input_gives_equal_bytes() -> None:
    assert satker().build() == satker().build()
    zip64 = [MISTAKES["zip64"].build(satker()) for _ in range(2)]
    assert zip64[0] == zip64[1]


def test_more_rows_than_a_gigabyte_holds_are_refused_unread() -> None:
    draft = satker(opening={"111611": 1})
    draft.table_done["opening"] = lambda raw: raw[:4] + (3_000_001).to_bytes(4, "little") + raw[8:]
    finding = judge(draft).findings[0]
    assert (finding.code, finding.params["hal"]) == ("STRUKTUR_DBF", "baris")


class Pipe(io.RawIOBase):
    """A stream that cannot seek, so that zipfile writes data descriptors."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:
        self.content += bytes(piece)
        return len(piece)


def test_archives_of_another_writer_are_read_alike() -> None:
    _, content = satker(opening={"111611": 7}).build()
    pipe = Pipe()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            with target.open(name, "w", force_zip64=name.startswith("T_")) as member:
                member.write(source.read(name))
    inspection = inspect(pipe.content, "x.zip", EXPECTED, REFERENCES)
    assert (inspection.verdict, inspection.findings, inspection.rows) == ("STANDAR", (), 4)

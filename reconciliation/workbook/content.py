"""What an LHR workbook says: every string decided, every amount a whole rupiah."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reconciliation.lpj.report import Report
from reconciliation.matching.outcome import Outcome


@dataclass(frozen=True)
class CaseHeader:
    """The head of the REKAP sheet; times are shown as given, in WIB."""

    kppn: str
    ba: str
    es1: str
    satker: str
    period: str
    upload_number: str
    uploaded_at: str
    sha256: str
    siap_per: str
    run_number: str

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Label and value, in the order they stand."""
        return (
            ("KPPN", self.kppn),
            ("Bagian Anggaran", self.ba),
            ("Eselon I", self.es1),
            ("Satker", self.satker),
            ("Periode", self.period),
            ("Unggahan ke-", self.upload_number),
            ("Waktu unggah", self.uploaded_at),
            ("SHA-256 ADK", self.sha256),
            ("Data SiAP per", self.siap_per),
            ("Nomor proses", self.run_number),
        )


@dataclass(frozen=True)
class WarningLine:
    """A warning of the gate; `row` is the physical row of the member, blank where it applies to none."""

    code: str
    message: str
    member: str = ""
    row: str = ""
    field: str = ""

    def cells(self) -> list[str]:
        """In the order of the columns of PERINGATAN."""
        return [self.code, self.member, self.row, self.field, self.message]


@dataclass(frozen=True)
class WorkbookContent:
    """The content of one LHR.

    `account_names` by account; `explanations` by (element, akun); `coa_causes` and `detail_causes` are the
    hints by (element, position in the outcome's `coa` or `detail`); `about` are the pairs of INFO;
    `lpj` are the treasurers' LPJs by title.
    """

    header: CaseHeader
    outcome: Outcome
    account_names: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[tuple[str, str], str] = field(default_factory=dict)
    warnings: tuple[WarningLine, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    coa_causes: Mapping[tuple[str, int], str] = field(default_factory=dict)
    detail_causes: Mapping[tuple[str, int], str] = field(default_factory=dict)
    lpj: tuple[tuple[str, Report], ...] = ()

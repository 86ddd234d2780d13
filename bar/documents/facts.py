"""What a BAR is made from: values read once from the case, before any sentence is decided.

Amounts are whole rupiah; moments are aware; Selisih is SiAP − SAI.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bar.documents.lpj import LpjFacts


@dataclass(frozen=True, slots=True)
class Element:
    """One row of the result, in BAR order; `differing_lines` counts the CoA lines that differ."""

    code: str
    label: str
    siap: int
    sai: int
    rupiah_equal: bool
    coa_equal: bool
    applicable: bool = True
    differing_lines: int = 0

    @property
    def selisih(self) -> int:
        """SiAP − SAI, whole rupiah."""
        return self.siap - self.sai

    @property
    def equal(self) -> bool:
        """Sama: the total and every CoA line agree (an element that does not apply differs from nothing)."""
        return not self.applicable or (self.rupiah_equal and self.coa_equal)


@dataclass(frozen=True, slots=True)
class Difference:
    """The sums of one (element, akun) whose CoA lines differ."""

    element: str
    akun: str
    akun_name: str
    siap: int
    sai: int

    @property
    def selisih(self) -> int:
        """SiAP − SAI, whole rupiah; 0 when only segments beside the account differ."""
        return self.siap - self.sai


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the satker says of one (element, akun), and what the KPPN decided.

    `location` and `reason` are the codes of the matching rules; `decision` is DITERIMA, DITOLAK or empty
    while the KPPN has not decided; `evidence` holds file name and SHA-256 of what backs it.
    """

    element: str
    akun: str
    location: str
    reason: str
    text: str
    decision: str = ""
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A signer by name and NIP (or NRP)."""

    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class SatkerParty:
    """PIHAK PERTAMA: the satker as UAKPA; `kpa` is None while nobody is assigned."""

    code: str
    name: str
    ba_code: str
    ba_name: str
    es1_code: str
    es1_name: str
    kewenangan: str
    lokasi: str
    kpa: Person | None


@dataclass(frozen=True, slots=True)
class KppnParty:
    """PIHAK KEDUA: the KPPN as UAKBUN-Daerah; `zone` is the IANA zone its documents are dated in."""

    code: str
    name: str
    address: str
    kanwil_name: str
    zone: str
    kasi_vera: Person | None

    @property
    def local(self) -> bool:
        """Whether it is a KPPN; central cases may be with the head office."""
        return self.code.isdigit()

    @property
    def unit(self) -> str:
        """The accounting unit it is in a reconciliation."""
        return "UAKBUN-Daerah" if self.local else "UAKBUN-Pusat"


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """The ADK that stands: its number in the case, the moment of its first byte, its SHA-256 in hex."""

    number: int
    received_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class BarFacts:
    """Everything a BAR says. `number` is None before approval; `month` and `year` are the period's."""

    number: str | None
    replaces: str | None
    year: int
    month: int
    place: str
    made_on: date
    satker: SatkerParty
    kppn: KppnParty
    upload: UploadFacts
    siap_per: datetime
    run_number: int
    content_hash: str
    elements: tuple[Element, ...]
    differences: tuple[Difference, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    lpj: tuple[LpjFacts, ...] = ()

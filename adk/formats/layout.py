"""The public layouts: field lists of every table we read or write. Sources: the predecessor's table, our stand-ins.

A field is (name, type, width, decimals). The gate finds fields by name; order and width may differ.
"""

from typing import NamedTuple


class Field(NamedTuple):
    """One DBF field: `kind` is C, N or D; width in bytes."""

    name: str
    kind: str
    width: int
    decimals: int = 0


def fields(text: str) -> tuple[Field, ...]:
    """Field list from `NAME C5, NAME N20.2, NAME D` (a date is 8 wide)."""
    found = []
    for part in text.split(","):
        name, kind = part.split()
        width, _, decimals = (kind[1:] or "8").partition(".")
        found.append(Field(name, kind[0], int(width), int(decimals or 0)))
    return tuple(found)


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GL = fields(
    "KDBAES1 C5, KDKANWIL C3, KDWILAYAH C4, KDKPPN C3, KDSATKER C6, KDFUNGSI C2, KDSFUNG C2, KDPROGRAM C4, "
    "KDGIAT C4, KDSGIAT C5, KDOUTPUT C3, KDSOUTPUT C3, KDKEM C1, KDKAS C1, NKAS C1, KDVAL C1, KDTRN C1, "
    "KDMAKMAP C6, KDDK C1, PERKSAI C6, PERKSAI1 C6, PERKKOR C6, PERKKOR1 C6, KDKM C1, KDSDCP C3, THNANG C4, "
    "PERIODE C2, RPHREAL N20, TGLKIRIM D, TGLTERIMA D, TGLUPDATE D, FLAGREV C1, KDBAPEL C3, KDES1PEL C2, "
    "JNSDOK1 C10, NODOK1 C40, TGLDOK1 D, KDDEKON C2, REGISTER C8, KDJENDOK C2, KDKANWILK C3, TGLPOST D, "
    "REVISIKE N2, DIPAKE N3, KDCRBAY C1, NOKARWAS C5, KDBEBAN C1, KDJNSBAN C1, KDBLU C1, NOREGIS C40, "
    "KDVALAS C3, NILKURS N20.2, TGLKURS D, KDKPKNL C5, STAT_REKON C1, KATEGORI C40, TRN_BMN C3, NIL_VALAS N20, "
    "CAD1 C10, CAD2 C10, CAD3 C10, USID C20"
)
GL_USED = _names(
    "KDBAES1 KDWILAYAH KDKPPN KDSATKER KDPROGRAM KDGIAT KDOUTPUT KDKEM KDTRN KDMAKMAP KDDK PERKSAI PERKSAI1 KDSDCP "
    "THNANG PERIODE RPHREAL JNSDOK1 NODOK1 TGLDOK1 KDDEKON REGISTER TGLPOST"
)
CONTROL = fields(
    "VERSI C8, APLIKASI C10, KDBAES1 C5, KDSATKER C6, KDDEKON C2, KDKPPN C3, THNANG C4, PERIODE C2, KUMULATIF C1, "
    "JMLREC N10, TOTDEBET N20, TOTKREDIT N20, SHA256 C64"
)
CONTROL_USED = _names("KDBAES1 KDSATKER KDDEKON KDKPPN THNANG PERIODE KUMULATIF JMLREC TOTDEBET TOTKREDIT")
OPENING = fields("KDSATKER C6, KDPERK C6, SALDO N20")
OPENING_USED = ("KDSATKER", "KDPERK", "SALDO")

# What two postings of one thing may differ in: stamps, not content.
STAMPS = ("USID", "KATEGORI", "TGLUPDATE", "TGLKIRIM", "TGLTERIMA")

HEADER = fields(
    "KDKPPN C3, TANGGAL D, JMLLAK N10, JMLLKP N10, TOTDEBET N20, TOTKREDIT N20, LKPMINGGU C1, TGLKIRIM D"
)
LAK = fields(
    "KDBAES1 C5, KDKPPN C3, KDSATKER C6, KDWILAYAH C4, KDPROGRAM C4, KDGIAT C4, KDOUTPUT C3, KDSDCP C3, REGISTER C8, "
    "KDDEKON C2, KDTRN C1, KDKEM C1, KDMAKMAP C6, PERKSAU C6, PERKSAU1 C6, KDDK C1, RPHREAL N20, JNSDOK1 C10, "
    "NODOK1 C40, TGLDOK1 D, TGLPOST D, THNANG C4, NTPN C16, KDBANK C5, JNSSETOR C5, KDJENDOK C2, SEBAB C1, "
    "URAIAN C60, IDTRN C20, KOREKSI C20"
)
LKP = fields(
    "KDBANK C5, NOREK C30, SALDOAWAL N20, TERIMA N20, KELUAR N20, KIRIMTRM N20, KIRIMKLR N20, SALDOAKHIR N20"
)
REKAP = fields("TANGGAL D, JMLREC N10, TOTDEBET N20, TOTKREDIT N20")

"""Family: names of uploads."""

from tests.corpus.case import Case, Made
from tests.unit.adk.formats.cast import satker

WRONG_NAMES = [
    "",
    ".zip",
    "laporan.zip",
    "KPPN_.zip",
    "KPPN.zip",
    "KPPN_KD015083635160.zip",
    "KPPN_KD01508363516099.zip",
    "KPPN_KD0150836351600.zip",
    "KPPN_KD0150836351613.zip",
    "KPPN_XX0150836351609.zip",
    "KPPN_0150836351609.zip",
    "KPPN_KD01508363516O9.zip",
    "KPPN KD0150836351609.zip",
    "KPPN_KD0150836351609",
    "KPPN_KD0150836351609.rar",
    "KPPN_KD0150836351609.zip.exe",
    "xKPPN_KD0150836351609.zip",
    "KPPN_KD٠١٥٠٨٣٦٣٥١٦٠٩.zip",
    "ＫＰＰＮ_KD0150836351609.zip",
    "KPPN_KD0150836351609" + "x" * 41 + ".zip",
    "KPPN_KD0150836351609.zip/",
    "piz.9061536380510DK_NPPK.zip",
]
OTHERS_NAMES = {
    "KPPN_KD0150836351608.zip": "PERIODE",
    "KPPN_KD0150836351604.zip": "PERIODE_TIDAK_DIPERKENANKAN",
    "KPPN_KD0150899999909.zip": "KODE_SATKER",
    "KPPN_KP0150836351609.zip": "KODE_SATKER",
    "KPPN_KD9990836351609.zip": "KODE_SATKER",
    "KPPN_KD0159936351609.zip": "KODE_SATKER",
}


def uploaded_as(filename: str) -> Made:
    """The valid ADK with its member called T_GL2600.DBF, so that the upload's name is needed."""
    draft = satker()
    draft.tables["main"].name = "T_GL2600.DBF"
    return filename, draft.build()[1]


NAMES = [
    *(
        Case("names", f"upload {name[:60]!r}", "ISI_TIDAK_SESUAI", lambda name=name: uploaded_as(name))
        for name in WRONG_NAMES
    ),
    *(
        Case("names", f"upload {name!r}", code, lambda name=name: uploaded_as(name))
        for name, code in OTHERS_NAMES.items()
    ),
]

"""How each stage of a case looks: its tag tone, icon and monitoring colour. Its words are the lifecycle's."""

from typing import NamedTuple

from reconciliation.lifecycle import Stage


class Look(NamedTuple):
    """`tone` is a class of `.tag` in tags.css, `icon` a symbol of icons.svg, `cell` a class of `.sel`."""

    tone: str
    icon: str
    cell: str


STAGE_LOOK: dict[Stage, Look] = {
    Stage.BELUM_UPLOAD: Look("", "circle", "putih"),
    Stage.TIDAK_STANDAR: Look("err", "x", "hitam"),
    Stage.UPLOAD: Look("info", "cloud-upload", "abu"),
    Stage.PROSES_SAI: Look("info", "refresh-cw", "abu"),
    Stage.CETAK_EXCEL: Look("info", "table-properties", "abu"),
    Stage.PERSETUJUAN_BAR: Look("info", "hourglass", "abu"),
    Stage.UPLOAD_ULANG: Look("awas", "rotate-ccw", "coklat"),
    Stage.TTD_KPA: Look("ttd", "pen-line", "abu"),
    Stage.TTD_KASI_VERA: Look("ttd", "pen-line", "abu"),
    Stage.SIAP_DOWNLOAD: Look("ok", "check", "hijau"),
    Stage.DIBATALKAN: Look("awas", "rotate-ccw", "coklat"),
}


def look_of(stage: str) -> Look:
    """The look of a stored stage code. Raises ValueError for a code the lifecycle does not know."""
    return STAGE_LOOK[Stage(stage)]

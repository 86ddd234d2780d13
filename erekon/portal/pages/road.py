"""The seven steps of a case: the one place of their words."""

from dataclasses import dataclass

from reconciliation.lifecycle import Stage


@dataclass(frozen=True)
class RoadStep:
    """One step: its short name, whose work it is (to anybody, and to the operator who uploads), and what happens in
    it, empty where the name says all."""

    stage: Stage
    name: str
    whose: str
    to_operator: str
    happens: str = ""


ROAD: tuple[RoadStep, ...] = (
    RoadStep(Stage.UPLOAD, "Upload", "Operator satker", "Anda", "Berkas diterima dan diperiksa."),
    RoadStep(Stage.PROSES_SAI, "Proses SAI", "Sistem", "sistem", "Sistem mencocokkan ADK dengan data SiAP."),
    RoadStep(
        Stage.CETAK_EXCEL, "Cetak Excel Rekon", "Sistem", "sistem", "LHR terbentuk dan hasilnya tampil."
    ),
    RoadStep(Stage.PERSETUJUAN_BAR, "Persetujuan BAR", "Seksi Vera KPPN", "KPPN"),
    RoadStep(Stage.TTD_KPA, "TTD KPA", "KPA satker", "KPA satker"),
    RoadStep(Stage.TTD_KASI_VERA, "TTD Kasi Vera", "KPPN", "KPPN"),
    RoadStep(Stage.SIAP_DOWNLOAD, "BAR siap", "Unduh BAR", ""),
)
PLACES = {step.stage: place for place, step in enumerate(ROAD)}

"""The story of the open month: which satker stands in which situation, one function each."""

from collections.abc import Callable
from datetime import timedelta

from erekon.portal.demo.steps import Steps, Why
from erekon.portal.demo.timeline import Timeline

Scene = Callable[[Steps, Timeline], None]

_CANCELLED = Why(
    "BEDA_PERIODE",
    "RETUR_VOID",
    "SP2D perjalanan dinas dibatalkan KPPN pada bulan ini, sedangkan di SAIBA pembatalannya baru dibukukan "
    "bulan berikutnya. Bukti pembatalan sudah kami terima.",
)
_WRONG_IN_SIAP = Why(
    "SIAP",
    "SALAH_SIAP",
    "Akun pada SP2D ini di data SiAP berbeda dari SPM yang kami ajukan. Permohonan koreksi data sudah kami "
    "kirim ke Seksi Vera, menunggu koreksi KPPN.",
)


def _broken(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.10), mistakes=("baris_kembar", "rupiah_pecahan"))


def _early_month(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.12), month=timeline.first_month - 1)


def _rejected(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.15), mistakes=("sp2d_hilang",))
    steps.reject(
        timeline.at(timeline.month, 0.40),
        "Satu SP2D bulan ini belum direkam di SAIBA. Rekam dahulu, posting ulang, lalu unggah ADK yang baru.",
    )


def _all_equal(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.20))


def _all_equal_with_lpj(steps: Steps, timeline: Timeline) -> None:
    _all_equal(steps, timeline)
    steps.enter_lpj(timeline.at(timeline.month, 0.21))


def _unexplained(steps: Steps, timeline: Timeline) -> None:
    """Uploaded twice: since the first, one difference is gone, one is smaller, one stays."""
    first = ("tanda_terbalik", "setoran_hilang", "revisi_hilang")
    steps.upload(timeline.at(timeline.month, 0.18), mistakes=first)
    steps.upload(timeline.at(timeline.month, 0.22), mistakes=("angka_tertukar", "setoran_hilang"))


def _explained(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.24), mistakes=("batal_belum_direkam",))
    steps.enter_lpj(timeline.at(timeline.month, 0.30), short=UNBOOKED)
    steps.explain(timeline.at(timeline.month, 0.45), _CANCELLED)
    steps.talk(timeline.at(timeline.month, 0.46), "VERA", "Mohon lampirkan nota pembatalan SP2D-nya.")
    steps.attach(
        timeline.at(timeline.month, 0.47),
        "Nota-pembatalan-SP2D.pdf",
        "Bersama ini kami lampirkan nota pembatalan SP2D perjalanan dinas.",
    )
    steps.talk(timeline.at(timeline.month, 0.48), "OPERATOR_SATKER", "Sudah kami lampirkan.")


def _waits_for_kpa(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.26))
    steps.approve(timeline.at(timeline.month, 0.50))


def _waits_for_kpa_explained(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.28), mistakes=("akun_salah",))
    steps.explain(timeline.at(timeline.month, 0.46), _WRONG_IN_SIAP)
    steps.accept(timeline.at(timeline.month, 0.52))
    steps.approve(timeline.at(timeline.month, 0.53))


def _waits_for_kasi(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.30))
    steps.approve(timeline.at(timeline.month, 0.55))
    steps.sign(timeline.at(timeline.month, 0.60))


def _ready(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.32))
    steps.finish(timeline.at(timeline.month, 0.62))


def _cancelled_bar(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.34))
    steps.finish(timeline.at(timeline.month, 0.64))
    steps.ask_reset(
        timeline.at(timeline.month, 0.72),
        "Ada jurnal penyesuaian yang belum masuk ke ADK yang kami unggah; kami mohon BAR dibatalkan.",
        granted_at=timeline.at(timeline.month, 0.80),
    )


def _asks_reset(steps: Steps, timeline: Timeline) -> None:
    steps.upload(timeline.at(timeline.month, 0.36))
    steps.finish(timeline.at(timeline.month, 0.66))
    steps.ask_reset(
        timeline.at(timeline.month, 0.85),
        "Kode register hibah pada dua SP2D keliru dan sudah kami perbaiki; kami mohon BAR dibatalkan.",
    )


def _nothing_yet(steps: Steps, timeline: Timeline) -> None:
    """The visitor's satker: its operator has not uploaded."""


# The first is the visitor's; the order is also that of the sign-in page.
SCENES: dict[str, Scene] = {
    "990101": _nothing_yet,
    "990102": _ready,
    "990103": _waits_for_kpa,
    "990104": _unexplained,
    "990105": _waits_for_kasi,
    "990106": _broken,
    "990201": _waits_for_kpa_explained,
    "990202": _explained,
    "990203": _all_equal_with_lpj,
    "990204": _cancelled_bar,
    "990205": _early_month,
    "990206": _rejected,
    "990207": _asks_reset,
    "990301": _all_equal,
}
VISITOR = "990101"
CANCELLED_SP2D = "990202"
# A payment that the treasurer of 990202 made and the books do not have yet.
UNBOOKED = 1_250_000
# Two satkers missed a month, so that the monitors have somebody late: code and months before the open one.
MISSED = {("990206", 1), ("990205", 2)}


def earlier_month(steps: Steps, timeline: Timeline, place: int) -> None:
    """A month gone by: uploaded, approved, signed twice. `place` spreads the satkers over its days."""
    share = place / len(SCENES)
    steps.upload(timeline.at(steps.month, 0.05 + share * 0.4))
    steps.finish(timeline.at(steps.month, 0.5 + share * 0.4) + timedelta(minutes=1))

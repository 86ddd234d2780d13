"""The lifecycle of a case: the only order in which a stage moves. Pure: no Django.

Source: the lifecycle of the design (seeds 000 and 001; PMK 104/PMK.05/2017). `docs/lifecycle.md` is
generated from this module.
"""

from dataclasses import dataclass
from enum import StrEnum

from accounts.roles import Power


class Stage(StrEnum):
    """What a case is waiting for."""

    BELUM_UPLOAD = "BELUM_UPLOAD"
    TIDAK_STANDAR = "TIDAK_STANDAR"
    UPLOAD = "UPLOAD"
    PROSES_SAI = "PROSES_SAI"
    CETAK_EXCEL = "CETAK_EXCEL"
    PERSETUJUAN_BAR = "PERSETUJUAN_BAR"
    UPLOAD_ULANG = "UPLOAD_ULANG"
    TTD_KPA = "TTD_KPA"
    TTD_KASI_VERA = "TTD_KASI_VERA"
    SIAP_DOWNLOAD = "SIAP_DOWNLOAD"
    DIBATALKAN = "DIBATALKAN"


class Action(StrEnum):
    """What moves a case."""

    SUBMIT = "SUBMIT"
    REFUSE = "REFUSE"
    LOAD = "LOAD"
    MATCH = "MATCH"
    PUBLISH = "PUBLISH"
    RERUN = "RERUN"
    APPROVE = "APPROVE"
    UNDO_APPROVE = "UNDO_APPROVE"
    REJECT = "REJECT"
    SIGN_KPA = "SIGN_KPA"
    SIGN_KASI_VERA = "SIGN_KASI_VERA"
    DECLINE = "DECLINE"
    RESET = "RESET"


@dataclass(frozen=True)
class StageLook:
    """How a stage reads on the screen: its official label, its Keterangan, and whose turn it is.

    `turn` is a role code, or None for the system and for nobody.
    """

    label: str
    note: str
    turn: str | None


@dataclass(frozen=True)
class Step:
    """One allowed move. `powers` empty means the system; `needs_window` asks for an open upload window."""

    action: Action
    sources: frozenset[Stage]
    target: Stage
    powers: frozenset[Power]
    guard: str
    by_system: bool = False
    needs_window: bool = False
    needs_content_hash: bool = False
    needs_reason: bool = False


S, A, P = Stage, Action, Power

LOOKS: dict[Stage, StageLook] = {
    S.BELUM_UPLOAD: StageLook("Belum Upload", "Unggah ADK kumulatif", "OPERATOR_SATKER"),
    S.TIDAK_STANDAR: StageLook(
        "ADK Tidak Standar", "Buat ulang ADK di SAIBA, lalu unggah", "OPERATOR_SATKER"
    ),
    S.UPLOAD: StageLook("Upload", "Menunggu", None),
    S.PROSES_SAI: StageLook("Proses SAI (Bawah)", "Menunggu", None),
    S.CETAK_EXCEL: StageLook("Cetak Excel Rekon", "Menunggu", None),
    S.PERSETUJUAN_BAR: StageLook(
        "Menunggu Persetujuan BAR", "Periksa hasil rekon; jelaskan bila ada selisih", "VERA"
    ),
    S.UPLOAD_ULANG: StageLook(
        "Menunggu Satker Mengupload Ulang",
        "Perbaiki data sesuai pesan KPPN, lalu unggah ulang",
        "OPERATOR_SATKER",
    ),
    S.TTD_KPA: StageLook("Menunggu TTD KPA", "KPA masuk dan menandatangani dengan PIN", "KPA"),
    S.TTD_KASI_VERA: StageLook("Menunggu TTD Kasi Vera", "Menunggu", "KASI_VERA"),
    S.SIAP_DOWNLOAD: StageLook("BAR Siap Didownload", "Unduh BAR", None),
    S.DIBATALKAN: StageLook("BAR Dibatalkan, Upload Ulang", "Unggah ulang ADK yang benar", "OPERATOR_SATKER"),
}
# The same stage after a refusal by check 5 reads differently.
EARLY_MONTH_LABEL = "ADK Periode Jan-Apr Tidak Diperkenankan"

BEFORE_DATA = frozenset({S.BELUM_UPLOAD, S.TIDAK_STANDAR, S.UPLOAD_ULANG, S.DIBATALKAN})
RUNNING = frozenset({S.UPLOAD, S.PROSES_SAI, S.CETAK_EXCEL})
UPLOADABLE = BEFORE_DATA | RUNNING | {S.PERSETUJUAN_BAR}
FROZEN = frozenset({S.TTD_KPA, S.TTD_KASI_VERA, S.SIAP_DOWNLOAD})
HAS_DOCUMENTS = FROZEN | {S.PERSETUJUAN_BAR}

STEPS: tuple[Step, ...] = (
    Step(
        A.SUBMIT,
        UPLOADABLE,
        S.UPLOAD,
        frozenset({P.UPLOAD}),
        "the file passed every check and its bytes differ from those that stand",
        by_system=True,
        needs_window=True,
    ),
    Step(
        A.REFUSE,
        BEFORE_DATA,
        S.TIDAK_STANDAR,
        frozenset(),
        "a file failed its checks and no data stands",
        by_system=True,
    ),
    Step(
        A.LOAD,
        frozenset({S.UPLOAD}),
        S.PROSES_SAI,
        frozenset(),
        "lines counted, balances stored",
        by_system=True,
    ),
    Step(
        A.MATCH,
        frozenset({S.PROSES_SAI}),
        S.CETAK_EXCEL,
        frozenset(),
        "every element compared",
        by_system=True,
    ),
    Step(
        A.PUBLISH,
        frozenset({S.CETAK_EXCEL}),
        S.PERSETUJUAN_BAR,
        frozenset(),
        "the LHR workbook is stored",
        by_system=True,
    ),
    Step(
        A.RERUN,
        frozenset({S.PERSETUJUAN_BAR}),
        S.PROSES_SAI,
        frozenset({P.RERUN}),
        "by Vera, or by the system when the treasury data changed",
        by_system=True,
    ),
    Step(
        A.APPROVE,
        frozenset({S.PERSETUJUAN_BAR}),
        S.TTD_KPA,
        frozenset({P.APPROVE}),
        "all elements Sama, or every difference explained and accepted; the content hash that Vera saw holds",
        needs_content_hash=True,
    ),
    Step(
        A.UNDO_APPROVE,
        frozenset({S.TTD_KPA}),
        S.PERSETUJUAN_BAR,
        frozenset({P.APPROVE}),
        "by the same Vera within 10 seconds, not yet signed",
    ),
    Step(
        A.REJECT,
        frozenset({S.PERSETUJUAN_BAR}),
        S.UPLOAD_ULANG,
        frozenset({P.REJECT}),
        "a reason of at least 10 characters",
        needs_reason=True,
    ),
    Step(
        A.SIGN_KPA,
        frozenset({S.TTD_KPA}),
        S.TTD_KASI_VERA,
        frozenset({P.SIGN_KPA}),
        "PIN right; content hash holds; is not the operator who uploaded",
        needs_content_hash=True,
    ),
    Step(
        A.SIGN_KASI_VERA,
        frozenset({S.TTD_KASI_VERA}),
        S.SIAP_DOWNLOAD,
        frozenset({P.SIGN_KASI_VERA}),
        "PIN right; content hash holds; is not the Vera officer who approved; the sealed PDF is stored first",
        needs_content_hash=True,
    ),
    Step(
        A.DECLINE,
        frozenset({S.TTD_KPA, S.TTD_KASI_VERA}),
        S.PERSETUJUAN_BAR,
        frozenset({P.DECLINE}),
        "a reason; earlier signatures are voided; KPA at TTD_KPA, Kasi Vera at TTD_KASI_VERA",
        needs_reason=True,
    ),
    Step(
        A.RESET,
        frozenset({S.TTD_KPA, S.TTD_KASI_VERA, S.SIAP_DOWNLOAD}),
        S.DIBATALKAN,
        frozenset({P.GRANT_RESET}),
        "on the satker's written request (letter number, date, scan); never bound to the window",
        needs_reason=True,
    ),
)


def find_step(action: Action, stage: Stage) -> Step | None:
    """The step that this action is from this stage, or None when the lifecycle knows none."""
    return next((step for step in STEPS if step.action == action and stage in step.sources), None)


def allowed_actions(stage: Stage, powers: frozenset[Power], *, window: bool) -> tuple[Action, ...]:
    """The actions that a holder of these powers may take at this stage, in the order of STEPS."""
    return tuple(
        step.action
        for step in STEPS
        if stage in step.sources
        and step.powers & _powers_at(stage, powers)
        and (window or not step.needs_window)
    )


def may(step: Step, stage: Stage, powers: frozenset[Power], *, window: bool) -> bool:
    """Whether a holder of these powers may take this step from this stage."""
    return step.action in allowed_actions(stage, powers, window=window)


def turn_of(stage: Stage, *, unexplained: int) -> str | None:
    """Whose turn it is: a role code, or None; the operator while a difference has no explanation written."""
    if stage is Stage.PERSETUJUAN_BAR and unexplained:
        return "OPERATOR_SATKER"
    return LOOKS[stage].turn


def label_of(stage: Stage, *, early_month: bool = False) -> str:
    """The official label of the stage; `early_month` is the refusal by check 5."""
    if stage is Stage.TIDAK_STANDAR and early_month:
        return EARLY_MONTH_LABEL
    return LOOKS[stage].label


def _powers_at(stage: Stage, powers: frozenset[Power]) -> frozenset[Power]:
    """A signer declines only while it is his turn to sign."""
    signing = {Stage.TTD_KPA: Power.SIGN_KPA, Stage.TTD_KASI_VERA: Power.SIGN_KASI_VERA}.get(stage)
    if signing is not None and signing not in powers:
        return powers - {Power.DECLINE}
    return powers

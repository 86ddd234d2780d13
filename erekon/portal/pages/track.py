"""The seven steps of a case as every page draws them."""

from dataclasses import dataclass

from erekon.portal.lists import left_at
from erekon.portal.pages.common import when
from reconciliation.lifecycle import Stage
from reconciliation.models import Reconciliation

STEPS: tuple[tuple[Stage, str, str], ...] = (
    (Stage.UPLOAD, "Upload", "Operator satker"),
    (Stage.PROSES_SAI, "Proses SAI", "Sistem"),
    (Stage.CETAK_EXCEL, "Cetak Excel Rekon", "Sistem"),
    (Stage.PERSETUJUAN_BAR, "Persetujuan BAR", "Seksi Vera KPPN"),
    (Stage.TTD_KPA, "TTD KPA", "KPA satker"),
    (Stage.TTD_KASI_VERA, "TTD Kasi Vera", "KPPN"),
    (Stage.SIAP_DOWNLOAD, "BAR siap", "Unduh BAR"),
)
_PLACE = {stage: place for place, (stage, _, _) in enumerate(STEPS)}


@dataclass(frozen=True)
class StepView:
    """One step: its words, a note, and whether it is done ("ok"), under way ("kini") or to come ("nanti")."""

    label: str
    note: str
    state: str


def track_of(case: Reconciliation, zone: str) -> list[StepView]:
    """The steps of a case; a stage outside the road (rejected, reset) stands at its first step."""
    stage = Stage(case.stage)
    here = _PLACE.get(stage, 0)
    left = left_at(case)
    views = []
    for place, (step, label, note) in enumerate(STEPS):
        done = place < here or stage is Stage.SIAP_DOWNLOAD
        state = "ok" if done else "kini" if place == here else "nanti"
        moment = left.get(step) if done and stage is not step else case.stage_since if place == here else None
        views.append(StepView(label, when(moment, zone) or note, state))
    return views

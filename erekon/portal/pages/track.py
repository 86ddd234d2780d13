"""The seven steps of a case as every page draws them."""

from dataclasses import dataclass

from erekon.portal.lists import left_at
from erekon.portal.pages.common import briefly
from erekon.portal.pages.road import PLACES, ROAD
from reconciliation.lifecycle import Stage
from reconciliation.models import Reconciliation


@dataclass(frozen=True)
class StepView:
    """One step: its words, a note, and whether it is done ("ok"), under way ("kini") or to come ("nanti")."""

    label: str
    note: str
    state: str


def track_of(case: Reconciliation, zone: str) -> list[StepView]:
    """The steps of a case; a stage outside the road (rejected, reset) stands at its first step."""
    stage = Stage(case.stage)
    here = PLACES.get(stage, 0)
    left = left_at(case)
    views = []
    for place, step in enumerate(ROAD):
        done = place < here or stage is Stage.SIAP_DOWNLOAD
        state = "ok" if done else "kini" if place == here else "nanti"
        moment = (
            left.get(step.stage)
            if done and stage is not step.stage
            else case.stage_since
            if place == here
            else None
        )
        views.append(StepView(step.name, briefly(moment, zone) or step.whose, state))
    return views

"""Downloads of a case: what is handed out, and the event that says to whom."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.services import append
from bar.queries import bar_of
from reconciliation.lifecycle import Stage
from reconciliation.models import MatchRun, Reconciliation


def lhr_of(case: Reconciliation, run: MatchRun) -> str:
    """The SHA-256 of the workbook that stands: of the run while Vera decides, after approval the final one."""
    bar = bar_of(case)
    final = bar is not None and bar.run_id == run.pk and case.stage != Stage.PERSETUJUAN_BAR
    workbook: str = bar.workbook if bar is not None and final else run.workbook
    return workbook


def note_download(
    *, case: Reconciliation, person: User, action: str, subject: str, form: str, now: datetime
) -> None:
    """Write who took what, and in which form, to the audit trail; one transaction."""
    with transaction.atomic():
        append(
            at=now,
            actor=f"pengguna:{person.pk}",
            actor_name=person.name,
            action=action,
            subject=subject,
            satker=case.satker_id,
            content={"bentuk": form} if form else {},
        )

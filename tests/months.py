"""The satker's case of several months, all equal, so that many BARs wait at once."""

from reconciliation.models import Reconciliation
from tests.builders import make_period
from tests.story import API, CORRECTED, LEDGER_DAY, Story, expect, named_file, process_all, satker_adk

MONTHS = range(2, 6)


def months_compared(story: Story, months: range = MONTHS) -> list[Reconciliation]:
    """One case a month at PERSETUJUAN_BAR, everything posted in January and equal."""
    expect(story.send_treasury(date=LEDGER_DAY.replace(month=1)), 202)
    for month in months:
        make_period(month=month)
        form = {"file": named_file(*satker_adk(CORRECTED, month=month)), "period": f"2026-{month:02d}"}
        expect(story.by("operator").post(f"{API}/adk/", form, format="multipart"), 202)
    process_all()
    cases = Reconciliation.objects.select_related("period", "satker", "office", "run")
    return list(cases.filter(satker="503202", period__month__in=months, stage="PERSETUJUAN_BAR"))


def months_approved(story: Story, months: range = MONTHS) -> list[Reconciliation]:
    """The same, approved: they wait for the KPA."""
    cases = months_compared(story, months)
    for case in cases:
        body = {"content_hash": case.content_hash}
        expect(story.by("vera").post(f"{API}/cases/{case.pk}/approve/", body, format="json"), 200)
    return cases

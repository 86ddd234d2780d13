"""The template of the letter that asks for the reset of one BAR."""

from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.actors import holders
from bar.models import Bar
from erekon.lib.letters.letter import render_letter
from erekon.lib.letters.reset import ResetFacts, reset_request
from reconciliation.models import Reconciliation


def reset_letter_of(case: Reconciliation, bar: Bar, *, now: datetime) -> bytes:
    """The letter as PDF, filled in as far as the portal knows: number, date and reason are the satker's."""
    satker, office = case.satker, case.office
    kpa = next(iter(holders("KPA", satker.code, at=now)), None)
    facts = ResetFacts(
        ba=satker.ba.name.upper(),
        es1=satker.eselon_satu.name.upper(),
        satker=f"{satker.code} {satker.name}",
        kppn=f"KPPN {office.code} {office.name.removeprefix('KPPN ')}",
        bar_number=bar.number,
        bar_date=bar.approved_at.astimezone(ZoneInfo(office.kanwil.timezone)).date(),
        period=case.period.label,
        kpa=kpa.user.name if kpa else "",
        kpa_nip=kpa.user.nip if kpa else "",
    )
    return render_letter(reset_request(facts))

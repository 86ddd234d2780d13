"""Reads of the BAR: the one that counts for a case, its PDF, and the public verdict."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from accounts.models import User
from bar.documents.content import build_content
from bar.documents.pdf import VoidNote, render_bar, render_voided_cover
from bar.documents.verify_id import normalise_verify_id
from bar.facts import facts_of
from bar.installation import verify_address
from bar.models import Bar, BarStatus, ResetRequest, Signature
from erekon.lib import files
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import FROZEN, HAS_DOCUMENTS, Stage
from reconciliation.models import Reconciliation

PublicVerdict = Literal["SAH", "DIBATALKAN", "TIDAK_DIKENAL"]


def bar_of(case: Reconciliation) -> Bar | None:
    """The newest BAR of a case: the one that stands, or the voided one until the next."""
    return Bar.objects.filter(case=case).select_related("replaces").order_by("-revision").first()


def pdf_of(case: Reconciliation, *, now: datetime) -> bytes:
    """The BAR as it is to be handed out: draft, sealed, or the cover sheet of a voided one.

    Raises BELUM_ADA before PERSETUJUAN_BAR while there is nothing to show.
    """
    bar = bar_of(case)
    if bar is not None and bar.status == BarStatus.BERLAKU:
        return files.read(bar.sealed)
    if bar is not None and bar.status == BarStatus.DIBATALKAN:
        return _voided_cover(bar)
    return _draft(content_of(case, bar, now=now))


def content_of(case: Reconciliation, bar: Bar | None, *, now: datetime) -> dict[str, Any]:
    """The content of the BAR of a case: the frozen one from approval on, before it what would be frozen now.

    `bar` is the newest BAR of the case. Raises BELUM_ADA while there is nothing to show.
    """
    stage = Stage(case.stage)
    if bar is not None and (bar.status == BarStatus.DIBATALKAN or stage in FROZEN):
        frozen: dict[str, Any] = bar.content
        return frozen
    if stage not in HAS_DOCUMENTS or case.run is None:
        raise Refusal("BELUM_ADA")
    facts = facts_of(
        case,
        case.run,
        number=bar.number if bar else None,
        replaces=None,
        content_hash=case.content_hash,
        now=now,
    )
    return build_content(facts)


def _draft(content: dict[str, Any]) -> bytes:
    return render_bar(
        content, signatures=(), draft=True, qr_url=None, kpa_qr_url=None, verify_address=verify_address("")
    )


def _voided_cover(bar: Bar) -> bytes:
    if bar.voided_at is None or bar.void_letter_date is None:
        raise Refusal("BELUM_ADA")
    successor = Bar.objects.filter(replaces=bar, status=BarStatus.BERLAKU).first()
    zone = ZoneInfo(bar.kppn.kanwil.timezone)
    note = VoidNote(
        voided_on=bar.voided_at.astimezone(zone).date(),
        letter_number=bar.void_letter,
        letter_date=bar.void_letter_date,
        replaced_by=successor.number if successor else None,
    )
    return render_voided_cover(bar.content, voided=note, verify_address=verify_address(bar.verify_id))


@dataclass(frozen=True)
class Verification:
    """What the public may know of a BAR: no rupiah."""

    verdict: PublicVerdict
    bar: Bar | None = None
    signatures: tuple[Signature, ...] = ()
    replaced_by: Bar | None = None


def verification_of(text: str) -> Verification:
    """The verdict on a typed or scanned id; an unknown, malformed or unsealed one is TIDAK_DIKENAL."""
    verify_id = normalise_verify_id(text)
    bar = None
    if verify_id:
        sealed = Bar.objects.exclude(sealed="").select_related("case__satker", "case__period", "kppn__kanwil")
        bar = sealed.filter(verify_id=verify_id).first()
    if bar is None:
        return Verification("TIDAK_DIKENAL")
    signatures = tuple(bar.signatures.filter(voided_at__isnull=True).select_related("key").order_by("id"))
    if bar.status == BarStatus.DIBATALKAN:
        successor = Bar.objects.filter(replaces=bar, status=BarStatus.BERLAKU).first()
        return Verification("DIBATALKAN", bar, signatures, successor)
    return Verification("SAH", bar, signatures)


def visible_reset(user: User, pk: int) -> ResetRequest:
    """The reset request among those the user sees; TIDAK_DITEMUKAN for any other."""
    request = (
        ResetRequest.objects.visible_to(user).select_related("case__period", "bar").filter(pk=pk).first()
    )
    if request is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return request

"""Reads of the BAR: the one that counts for a case, its PDF, and the public verdict."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.db.models import Max

from accounts.models import User
from bar.documents.content import build_content
from bar.documents.covers import with_original
from bar.documents.pdf import VoidNote, render_draft, render_voided_cover
from bar.documents.verify_id import normalise_verify_id
from bar.facts import facts_of
from bar.installation import verify_address
from bar.models import Bar, BarStatus, ResetRequest, Signature, SignerKey
from erekon.lib import files
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import FROZEN, HAS_DOCUMENTS, Stage
from reconciliation.models import Reconciliation

PublicVerdict = Literal["SAH", "DIBATALKAN", "TIDAK_DIKENAL"]

_NEWEST = Prepared(
    lambda: Bar.objects.filter(case=Slot("case")).select_related("replaces").order_by("-revision")[:1]
)


def bar_of(case: Reconciliation) -> Bar | None:
    """The newest BAR of a case: the one that stands, or the voided one until the next."""
    return _NEWEST.first(case=case)


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
    return render_draft(content, verify_address=verify_address(""))


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
        original=f"{bar.number.replace('/', '-')}.pdf" if bar.sealed else "",
    )
    cover = render_voided_cover(bar.content, voided=note, verify_address=verify_address(bar.verify_id))
    return with_original(cover, files.read(bar.sealed), note.original) if bar.sealed else cover


@dataclass(frozen=True)
class Verification:
    """What the public may know of a BAR: no rupiah. `revoked` is the signature of a key that did not count any more
    when it was made."""

    verdict: PublicVerdict
    bar: Bar | None = None
    signatures: tuple[Signature, ...] = ()
    replaced_by: Bar | None = None
    revoked: Signature | None = None


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
    revoked = next(filter(_made_after_revocation, signatures), None)
    return Verification("TIDAK_DIKENAL", revoked=revoked) if revoked else Verification("SAH", bar, signatures)


def _made_after_revocation(signature: Signature) -> bool:
    """In whole seconds, as the PDF and the published list tell them: here and offline it is the same verdict."""
    since = signature.key.revoked_from
    return since is not None and int(since.timestamp()) <= int(signature.at.timestamp())


def key_named(text: str) -> SignerKey | None:
    """The key with this id, or the one in use of the user with this name."""
    keys = SignerKey.objects.select_related("user")
    in_use = keys.filter(user__username=text, retired_at__isnull=True)
    return keys.filter(key_id=text).first() or in_use.first()


def expiring_keys(until: datetime) -> list[SignerKey]:
    """The keys in use whose newest certificate ends before this instant."""
    newest = Max("certificates__expires_at")
    keys = SignerKey.objects.filter(retired_at__isnull=True).annotate(ends=newest).filter(ends__lt=until)
    return list(keys.select_related("user"))


def visible_reset(user: User, pk: int) -> ResetRequest:
    """The reset request among those the user sees; TIDAK_DITEMUKAN for any other."""
    request = (
        ResetRequest.objects.visible_to(user).select_related("case__period", "bar").filter(pk=pk).first()
    )
    if request is None:
        raise Refusal("TIDAK_DITEMUKAN")
    return request

"""Evidence: up to three files for one (element, akun), added and removed by the operator until accepted."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from erekon.lib import files
from erekon.lib.attachments.checking import checked
from erekon.lib.attachments.refusing import field_fault
from erekon.lib.refusals import Refusal
from reconciliation.lifecycle import Stage
from reconciliation.models import Evidence, Reconciliation
from reconciliation.services.changes import changed_refusal
from reconciliation.services.content import refresh
from reconciliation.services.differing import difference_in, note, number_of, open_case, unaccepted

MOST = 3
# Removed ones count too: their bytes stay in the store.
MOST_EVER = 30


def attach_evidence(
    *,
    case: Reconciliation,
    element: str,
    akun: str,
    filename: str,
    content: bytes,
    actor: Actor,
    now: datetime,
) -> Evidence:
    """Check a file, store its bytes, then name it with its difference; the rows in one transaction.

    Raises ISIAN with a code BUKTI_… on the field `file`, BERUBAH when the case is not at PERSETUJUAN_BAR or
    the explanation was accepted, TIDAK_DITEMUKAN when there is no such difference.
    """
    # Asked before the costly look, and again below where the answer counts.
    if case.stage != Stage.PERSETUJUAN_BAR:
        raise changed_refusal(case)
    difference_in(case, element, akun)
    _refuse_too_many(case, element, akun)
    attachment = checked(filename, content)
    stored = files.store(content)
    with transaction.atomic():
        case = open_case(case.pk)
        difference_in(case, element, akun)
        unaccepted(case, element, akun)
        _refuse_too_many(case, element, akun)
        _refuse_same(case, element, akun, stored)
        evidence = Evidence.objects.create(
            case=case,
            element=element,
            akun=akun,
            name=attachment.name,
            kind=attachment.kind,
            size=len(content),
            content=stored,
            added_for=number_of(case),
            added_by=actor.person,
            added_at=now,
        )
        refresh(case)
        note(case, "LAMPIRKAN_BUKTI", element, akun, actor=actor, now=now, name=evidence.name, sha256=stored)
    return evidence


def remove_evidence(*, evidence: Evidence, actor: Actor, now: datetime) -> None:
    """Take a file away from its difference; its row and its bytes stay for the record. One transaction.

    Raises BERUBAH as `attach_evidence` does, TIDAK_DITEMUKAN when it was removed already.
    """
    element, akun = evidence.element, evidence.akun
    with transaction.atomic():
        case = open_case(evidence.case_id)
        unaccepted(case, element, akun)
        standing = Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True)
        if standing.update(removed_by=actor.person, removed_at=now) != 1:
            raise Refusal("TIDAK_DITEMUKAN")
        refresh(case)
        note(
            case,
            "HAPUS_BUKTI",
            element,
            akun,
            actor=actor,
            now=now,
            name=evidence.name,
            sha256=evidence.content,
        )


def _refuse_too_many(case: Reconciliation, element: str, akun: str) -> None:
    every = Evidence.objects.filter(case=case, element=element, akun=akun)
    if every.filter(removed_at__isnull=True).count() >= MOST:
        raise field_fault(
            "BUKTI_PENUH", f"Sudah ada {MOST} bukti. Hapus satu dulu, lalu lampirkan yang baru."
        )
    if every.count() >= MOST_EVER:
        raise field_fault(
            "BUKTI_PENUH", "Bukti selisih ini sudah terlalu sering diganti. Hubungi KPPN mitra."
        )


def _refuse_same(case: Reconciliation, element: str, akun: str, stored: str) -> None:
    same = Evidence.objects.filter(
        case=case, element=element, akun=akun, content=stored, removed_at__isnull=True
    ).first()
    if same is not None:
        raise field_fault("BUKTI_SAMA", f"Berkas yang sama sudah dilampirkan sebagai {same.name}.")

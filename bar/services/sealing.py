"""From a signature to the PDF that carries it: rendered, stamped, signed, stored; no row is touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from audit.checkpoints import keep_checkpoint
from audit.models import Checkpoint
from bar.documents.pdf import render_unsigned, short_hash
from bar.documents.stamps import SignatureBlock, render_stamp
from bar.documents.token import make_token
from bar.installation import authority, keyring, long_term, vault, verify_address, verify_url
from bar.models import Bar, BarStatus, Signature
from bar.services.certificates import revocation_lists
from bar.services.role_certificates import certificate_for
from bar.signing import pades
from bar.signing.pades import Layer
from bar.signing.signer import SigningSession
from bar.signing.timestamps import NO_TIME
from erekon.lib import files
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.refusals import Refusal
from reconciliation.models import Reconciliation
from reconciliation.services.changes import changed_refusal

# One stands at most: the database sees to it.
_FIRST = Prepared(
    lambda: Signature.objects.filter(bar=Slot("bar"), role="KPA", voided_at__isnull=True).select_related(
        "key"
    )
)
_TRAIL_HASH = 32  # hex digits: 128 bits bind a history, and the QR stays readable


def certify(signature: Signature, session: SigningSession) -> None:
    """Put the KPA's signature into the BAR and name the stored PDF in its row, which is not saved here."""
    bar = signature.bar
    unsigned = render_unsigned(bar.content, verify_address=verify_address(bar.verify_id))
    layer = _layer(signature, session, verify_url(bar.verify_id))
    witness = long_term(signature.at, revocation_lists)
    with _answering():
        signed = pades.certify(unsigned.pdf, unsigned.places, layer, witness)
    signature.document = files.store(signed)


def sealed(case: Reconciliation, last: Signature, session: SigningSession) -> dict[str, Any]:
    """Put the Kasi Vera's signature over the KPA's, store the PDF, and say what the BAR becomes.

    Raises BERUBAH when the KPA's signature does not stand any more.
    """
    bar = last.bar
    first = _FIRST.first(bar=bar.pk)
    if first is None or not first.document:
        raise changed_refusal(case)
    kid, key = keyring().current()
    checkpoint = keep_checkpoint(now=last.at)
    claims = _claims(case, bar, (first, last)) | _trail_claim(checkpoint)
    token = make_token(claims, key, kid)
    layer = _layer(last, session, verify_url(bar.verify_id, token), _trail_words(checkpoint))
    witness = long_term(last.at, revocation_lists)
    with _answering():
        signed = pades.countersign(files.read(first.document), layer, witness)
    last.document = files.store(signed)
    return {"sealed": last.document, "sealed_at": last.at, "token": token, "status": BarStatus.BERLAKU}


@contextmanager
def _answering() -> Iterator[None]:
    """A time-stamping authority that gives no time is a refusal that says so; nothing was changed."""
    try:
        yield
    except NO_TIME as error:
        raise Refusal("PENANDA_WAKTU") from error


def _layer(signature: Signature, session: SigningSession, qr_url: str, trail: str = "") -> Layer:
    shown = SignatureBlock(
        role=signature.role,
        name=signature.name,
        nip=signature.nip,
        signed_at=signature.at,
        key_id=signature.key.key_id,
        qr_url=qr_url,
        kind=vault(signature.key.vault).kind,
        trail=trail,
    )
    return Layer(
        role=signature.role,
        session=session,
        chain=(certificate_for(signature), authority(signature.at).ca_pem()),
        at=signature.at,
        stamp=render_stamp(shown, zone=signature.bar.content["zona"]),
        contact=qr_url,
    )


def _claims(case: Reconciliation, bar: Bar, signatures: tuple[Signature, Signature]) -> dict[str, Any]:
    return {
        "id": bar.verify_id,
        "no": bar.number,
        "rev": bar.revision,
        "satker": case.satker_id,
        "kppn": case.office_id,
        "periode": case.period.code,
        "sha256": bar.content_hash,
        "ttd": [[each.role, each.key.key_id[:16], int(each.at.timestamp())] for each in signatures],
    }


def _trail_claim(checkpoint: Checkpoint | None) -> dict[str, Any]:
    """How many events the audit trail had, and the start of the hash of the last."""
    return {"jejak": [checkpoint.seq, checkpoint.hash[:_TRAIL_HASH]]} if checkpoint else {}


def _trail_words(checkpoint: Checkpoint | None) -> str:
    if checkpoint is None:
        return ""
    return f"Jejak audit: {checkpoint.seq} peristiwa, {short_hash(checkpoint.hash)}"

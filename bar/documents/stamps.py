"""What a signature shows of itself: one small page per signature, drawn as the document is."""

from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from bar.documents.blocks import PLACE_HEIGHT, PLACE_WIDTH
from bar.documents.wording import SIGNATURE_KIND
from erekon.lib.indonesian import long_moment
from erekon.lib.pdf.layout import columns
from erekon.lib.pdf.parts import Qr
from erekon.lib.pdf.sheet import render_card
from erekon.lib.pdf.text import MUTED_SMALL, SMALL, STRONG, block

_QR_SIDE = 33 * mm  # a full token then has modules above a third of a millimetre, which phones read
_GAP = 12  # the quiet zone of the symbol, in points
_LONGEST_NAME = 90


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """One signature as it stands: whose, when (aware), with which key, and the text of its QR; `kind` is
    the signer's honest word for what it is worth, `trail` how far the audit trail had come."""

    role: str
    name: str
    nip: str
    signed_at: datetime
    key_id: str
    qr_url: str
    kind: str = SIGNATURE_KIND
    trail: str = ""


def render_stamp(signature: SignatureBlock, *, zone: str) -> bytes:
    """The visible part of a signature as a PDF of one page, as large as its place; equal input gives equal
    bytes. `zone` is the IANA zone in which its time is told."""
    proof: list[Flowable] = [
        block("Ditandatangani secara elektronik", SMALL),
        block(long_moment(signature.signed_at, zone), SMALL),
        block(f"Kunci {signature.key_id}", MUTED_SMALL),
        block(_sentence(signature.kind), MUTED_SMALL),
    ]
    if signature.trail:
        proof.append(block(signature.trail, MUTED_SMALL))
    beside = PLACE_WIDTH - _QR_SIDE - _GAP
    body = columns([Qr(signature.qr_url, _QR_SIDE), proof], [_QR_SIDE + _GAP, beside], gap=_GAP)
    person = [block(_shortened(signature.name), STRONG), block(f"NIP {signature.nip}")]
    return render_card([body, Spacer(0, 6), *person], PLACE_WIDTH, PLACE_HEIGHT)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}\u2026"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

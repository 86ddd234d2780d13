"""Signatures inside the PDF: PAdES by pyHanko. Pure: bytes in, bytes out.

Layer 1 is the KPA's, certifying: from then on the document may only be signed. Layer 2 is the Kasi Vera's,
and closes it: its field is locked so that nothing may come after. Both fields are made with layer 1, so that
layer 2 fills one and adds none. What pyHanko is told to sign, the signer's own session signs; it never sees
a private key.
"""

import asyncio
import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference

from bar.signing.certificates import encoded
from bar.signing.roles import FIELD_OF_ROLE, KASI_VERA, KPA
from bar.signing.session_signer import SessionSigner
from bar.signing.signer import SigningSession
from bar.signing.stamping import DrawnStamp
from bar.signing.timestamps import LongTerm
from erekon.lib.pdf.parts import Spot

# Beside its certificates. Written as hexadecimal, and read sign by sign by everyone who opens the document: no more
# than the longest names need.
_CMS_ROOM = 900
_TIMESTAMP_ROOM = 12_000


@dataclass(frozen=True, slots=True)
class Layer:
    """One signature to be put in: in which role, by whose opened key, with which chain of certificates (PEM,
    the signer's own first), when (aware), the one-page PDF that shows it, and the address (the text of its QR)
    where the document can be verified."""

    role: str
    session: SigningSession
    chain: tuple[bytes, ...]
    at: datetime
    stamp: bytes
    contact: str = ""


def certify(pdf: bytes, places: Mapping[str, Spot], layer: Layer, long_term: LongTerm | None = None) -> bytes:
    """The document with places for both signatures and the first one in it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for role in (KPA, KASI_VERA):
        fields.append_signature_field(writer, _field(role, places[role]))
    return _signed(writer, layer, long_term, certify=True)


def countersign(pdf: bytes, layer: Layer, long_term: LongTerm | None = None) -> bytes:
    """The certified document with the second signature, after which nothing may come."""
    return _signed(IncrementalPdfFileWriter(io.BytesIO(pdf)), layer, long_term, certify=False)


def _field(role: str, spot: Spot) -> fields.SigFieldSpec:
    last = role == KASI_VERA
    return fields.SigFieldSpec(
        FIELD_OF_ROLE[role],
        on_page=spot.page,
        box=(round(spot.left), round(spot.bottom), round(spot.right), round(spot.top)),
        field_mdp_spec=fields.FieldMDPSpec(fields.FieldMDPAction.ALL) if last else None,
        doc_mdp_update_value=fields.MDPPerm.NO_CHANGES if last else None,
    )


def _signed(
    writer: IncrementalPdfFileWriter, layer: Layer, long_term: LongTerm | None, *, certify: bool
) -> bytes:
    signer = _Signing(
        _metadata(layer, long_term, certify=certify),
        SessionSigner(layer.session, layer.chain),
        stamp_style=DrawnStamp(pdf=layer.stamp),
        timestamper=long_term.timestamper if long_term else None,
    )
    # In a thread of its own: pyHanko wants an event loop, and the caller's may be running.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _sign(signer, writer, layer, long_term)).result()


class _Signing(signers.PdfSigner):
    """Both layers are ours: that the first allows the second needs no reading of the first."""

    def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
        """Nothing to ask: `certify` gets a fresh rendering, `countersign` what `certify` made."""


async def _sign(
    signer: signers.PdfSigner, writer: IncrementalPdfFileWriter, layer: Layer, long_term: LongTerm | None
) -> bytes:
    session = signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = layer.at
    known = await session.perform_presign_validation(writer)
    certificates = sum(len(encoded(pem)) for pem in layer.chain)
    room = 2 * (_CMS_ROOM + certificates + (_TIMESTAMP_ROOM if long_term else 0))
    document = session.prepare_tbs_document(validation_info=known, bytes_reserved=room)
    output = io.BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    attributes = PdfCMSSignedAttributes(signing_time=layer.at)
    await document.perform_signature(prepared.document_digest, attributes)
    return output.getvalue()


def _metadata(layer: Layer, long_term: LongTerm | None, *, certify: bool) -> signers.PdfSignatureMetadata:
    context = long_term.validation(layer.at) if long_term else None
    return signers.PdfSignatureMetadata(
        field_name=FIELD_OF_ROLE[layer.role],
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        contact_info=layer.contact or None,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS if certify else fields.MDPPerm.NO_CHANGES,
        embed_validation_info=context is not None,
        validation_context=context,
        # Inside what is signed, so that the last signature still covers the whole file.
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )

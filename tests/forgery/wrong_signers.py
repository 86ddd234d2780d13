"""BARs that are truly signed, by the wrong people, in the wrong order, under the wrong rules or tokens."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata

from bar.documents.token import make_token
from bar.signing.authority import SIGNER_LIFE
from bar.signing.pades import Layer, certify, countersign
from bar.signing.roles import FIELD_OF_ROLE
from bar.signing.session_signer import SessionSigner
from bar.verify.verdicts import Verdict
from tests.forgery.cases import Case
from tests.forgery.mint import HOST, ISSUED, KASI_VERA, KPA, SIGNED, Mint, Wish, verify_id

DIFFERENT, UNKNOWN = Verdict.ISI_BERBEDA, Verdict.TIDAK_DIKENAL


def signed_with(
    pdf: bytes, layer: Layer, field: str, *, certify: bool = False, permit: MDPPerm | None = None
) -> bytes:
    """Signed by pyHanko as somebody would who minds none of our rules; an absent field is made."""
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=permit,
        contact_info=layer.contact,
    )
    signer = signers.PdfSigner(metadata, SessionSigner(layer.session, layer.chain))
    output = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=output)
    return output.getvalue()


def cases(mint: Mint, folder: Path) -> Iterator[Case]:
    yield from _people(mint)
    yield from _other_authority(mint, Mint(folder / "palsu", "palsu"))
    yield from _certificates(mint)
    yield from _order(mint)
    yield from _tokens(mint)


def _people(mint: Mint) -> Iterator[Case]:
    kpa, kasi = mint.kpa, mint.kasi_vera
    wrong_role = Wish(signers=(kpa, mint.other_kpa))
    yield Case("a KPA's certificate in the Kasi Vera's place", mint.sealed(wrong_role), DIFFERENT)
    yield Case(
        "a Kasi Vera's in the KPA's place", mint.sealed(Wish(signers=(mint.other_kasi_vera, kasi))), DIFFERENT
    )
    yield Case("the two exchanged", mint.sealed(Wish(signers=(kasi, kpa))), DIFFERENT)
    honest = mint.token(Wish())
    other = Wish(signers=(kpa, mint.other_kasi_vera), token=honest)
    yield Case("another Kasi Vera than the token names", mint.sealed(other), DIFFERENT)
    other = Wish(signers=(mint.other_kpa, kasi), token=honest)
    yield Case("another KPA than the token names", mint.sealed(other), DIFFERENT)
    both = mint.person(KASI_VERA, kpa.name, kpa.nip)
    yield Case("one person in both roles", mint.sealed(Wish(signers=(kpa, both))), DIFFERENT)


def _other_authority(mint: Mint, false: Mint) -> Iterator[Case]:
    yield Case("an authority of the same name", false.sealed(Wish()), UNKNOWN)
    stranger = Wish(signers=(mint.kpa, false.kasi_vera))
    yield Case("its Kasi Vera beside our KPA", mint.sealed(stranger), DIFFERENT)
    stranger = Wish(signers=(false.kpa, mint.kasi_vera))
    yield Case("its KPA beside our Kasi Vera", mint.sealed(stranger), DIFFERENT)


def _certificates(mint: Mint) -> Iterator[Case]:
    late = Wish(at=ISSUED + SIGNER_LIFE + timedelta(days=1))
    yield Case("an expired certificate", mint.sealed(late), UNKNOWN)
    early = Wish(at=ISSUED - timedelta(days=1))
    yield Case("a certificate of tomorrow", mint.sealed(early), UNKNOWN)
    for person in (mint.kpa, mint.kasi_vera):
        revoked = mint.status(revoked={person.serial: SIGNED - timedelta(days=1)})
        yield Case(f"the {person.role}'s certificate revoked before", mint.sealed(Wish()), UNKNOWN, revoked)


def _order(mint: Mint) -> Iterator[Case]:
    """The same fields and people, put together otherwise."""
    wish, bar = Wish(), mint.unsigned()
    first, last = mint.layer(wish, KPA), mint.layer(wish, KASI_VERA)
    kpa_field, kasi_field = FIELD_OF_ROLE[KPA], FIELD_OF_ROLE[KASI_VERA]
    sealed = mint.sealed(wish)
    yield Case("a third signature after the last", signed_with(sealed, first, "TTD_LAIN"), DIFFERENT)
    certified = mint.certified(wish)
    third = signed_with(certified, replace(last, session=mint.other_kasi_vera), "TTD_LAIN")
    yield Case("a third signature before the last", countersign(third, last), DIFFERENT)
    yield Case("the Kasi Vera in a field of his own", signed_with(certified, last, "TTD_LAIN"), DIFFERENT)
    fallback = signed_with(certified, last, kasi_field, permit=MDPPerm.FILL_FORMS)
    yield Case("signed past our rules", fallback, DIFFERENT)
    plain = signed_with(signed_with(bar.pdf, first, kpa_field), last, kasi_field)
    yield Case("nobody certified", plain, DIFFERENT)
    loose = signed_with(bar.pdf, first, kpa_field, certify=True, permit=MDPPerm.ANNOTATE)
    yield Case("certified with leave to annotate", signed_with(loose, last, kasi_field), DIFFERENT)
    kasi_first = certify(bar.pdf, bar.places, replace(last, role=KASI_VERA))
    yield Case("the Kasi Vera alone", kasi_first, DIFFERENT)
    kasi_first = signed_with(bar.pdf, last, kasi_field, certify=True, permit=MDPPerm.FILL_FORMS)
    yield Case("the Kasi Vera first", signed_with(kasi_first, first, kpa_field), DIFFERENT)


def _tokens(mint: Mint) -> Iterator[Case]:
    plain, other = f"{HOST}/v/{verify_id(1)}", mint.token(Wish(2))
    yield Case("the token of another BAR", mint.sealed(Wish(token=other)), DIFFERENT)
    whole = f"{HOST}/v/{verify_id(2)}#{other}"
    yield Case("the QR of another BAR", mint.sealed(Wish(contacts=(None, whole))), DIFFERENT)
    yield Case("no token", mint.sealed(Wish(contacts=(None, plain))), DIFFERENT)
    yield Case("no address", mint.sealed(Wish(contacts=("", ""))), DIFFERENT)
    yield Case(
        "the KPA's address of another BAR",
        mint.sealed(Wish(contacts=(f"{HOST}/v/{verify_id(2)}", None))),
        DIFFERENT,
    )
    strange = make_token(mint.claims(Wish()), Ed25519PrivateKey.from_private_bytes(b"\x07" * 32), "asing")
    yield Case("a token by an unknown key", mint.sealed(Wish(token=strange)), UNKNOWN)
    for name, claims in {
        "number": {"no": "BAR-2/KPPN.912/2020"},
        "satker": {"satker": "498766"},
        "KPPN": {"kppn": "017"},
        "period": {"periode": "2020-10"},
        "content": {"sha256": "0" * 64},
        "code": {"id": verify_id(2)},
        "times": {"ttd": [["KPA", mint.kpa.key_id, 1], ["KASI_VERA", mint.kasi_vera.key_id, 2]]},
        "signers": {"ttd": []},
    }.items():
        yield Case(f"a token that says another {name}", mint.sealed(Wish(claims=claims)), DIFFERENT)

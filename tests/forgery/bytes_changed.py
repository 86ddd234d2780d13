"""Sealed BARs whose bytes somebody changed, cut or added to, without touching what a PDF is."""

from collections.abc import Iterator

from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from bar.documents.content import build_content
from bar.documents.pdf import render_draft
from bar.verify.verdicts import Verdict
from tests.forgery.cases import Case
from tests.forgery.mint import Mint, Wish
from tests.unit.bar.documents.builders import ADDRESS, EQUAL

DIFFERENT, UNKNOWN = Verdict.ISI_BERBEDA, Verdict.TIDAK_DIKENAL
CONTENTS = b"/Contents <"
KASI_VERA_TWIN = "the twin of the Kasi Vera's signature"


def flipped(pdf: bytes, place: int, bits: int = 1) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= bits
    return bytes(changed)


def replaced(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """The first `old` gives way to a `new` of the same length."""
    assert len(old) == len(new)
    assert old in pdf, old
    return pdf.replace(old, new, 1)


def last_gap(pdf: bytes) -> tuple[int, int]:
    """Where the hexadecimal text of the last signature starts and ends."""
    return gap_at(pdf, pdf.rindex(CONTENTS))


def gap_at(pdf: bytes, place: int) -> tuple[int, int]:
    """The same for the signature whose contents begin at this place."""
    start = place + len(CONTENTS)
    return start, pdf.index(b">", start)


def other_signature(pdf: bytes, gap: tuple[int, int]) -> bytes:
    """One bit of the ECDSA value changed, which ends the CMS; spelled as it should be."""
    start, end = gap
    held = bytes.fromhex(pdf[start:end].decode())
    changed = flipped(held, len(held.rstrip(b"\x00")) - 5)
    return pdf[:start] + changed.hex().upper().encode() + pdf[end:]


def twin(signature: bytes) -> bytes:
    """(r, n − s) of (r, s): it holds over the same bytes, and no key is needed to write it."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, ec.SECP256R1().group_order - s)


def twin_signature(pdf: bytes, gap: tuple[int, int]) -> bytes:
    """The signature's value exchanged for its twin, in a CMS that is otherwise the same."""
    start, end = gap
    content = cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))
    (signer,) = content["content"]["signer_infos"]
    signer["signature"] = twin(signer["signature"].native)
    return _with_envelope(pdf, gap, content)


def twin_certificate(pdf: bytes, gap: tuple[int, int]) -> bytes:
    """The value under the signer's certificate exchanged for its twin: another certificate of the same words."""
    start, end = gap
    content = cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))
    for each in content["content"]["certificates"]:
        if not each.chosen.ca:
            each.chosen["signature_value"] = twin(each.chosen["signature_value"].native)
    return _with_envelope(pdf, gap, content)


def _with_envelope(pdf: bytes, gap: tuple[int, int], content: cms.ContentInfo) -> bytes:
    start, end = gap
    held = content.dump(force=True).hex().upper().encode().ljust(end - start, b"0")
    assert held != pdf[start:end]
    return pdf[:start] + held + pdf[end:]


def cases(mint: Mint) -> Iterator[Case]:
    sealed, other = mint.sealed(Wish()), mint.sealed(Wish(2))
    certified = mint.certified(Wish())
    yield from _changed(sealed)
    yield from _cut(mint, sealed)
    yield from _twins(sealed, mint)
    yield Case("a line end after the end", sealed + b"\n", DIFFERENT)
    yield Case("rubbish after the end", sealed + b"\x00" * 500, DIFFERENT)
    yield Case("a second end of file", sealed + b"%%EOF\n", UNKNOWN)
    yield Case("another BAR appended", sealed + other, UNKNOWN)
    yield Case("the KPA's layer appended to the whole", sealed + certified, DIFFERENT)
    yield Case("something before the header", b"#!/bin/sh\n" + sealed, UNKNOWN)
    yield Case("the front of one BAR, the rest of another", certified + other[len(certified) :], UNKNOWN)


def _changed(sealed: bytes) -> Iterator[Case]:
    start, end = last_gap(sealed)
    yield Case("a bit of a font", flipped(sealed, 9_000), UNKNOWN)
    yield Case(
        "a bit of the page's size",
        replaced(sealed, b"/MediaBox [ 0 0 595", b"/MediaBox [ 0 0 594"),
        DIFFERENT,
    )
    yield Case("a bit of the KPA's stamp", flipped(sealed, sealed.index(b"/ByteRange") - 9_000), DIFFERENT)
    yield Case("a bit of the trailer", flipped(sealed, len(sealed) - 60), UNKNOWN)
    yield Case("the version in the header", replaced(sealed, b"%PDF-1.4", b"%PDF-1.7"), DIFFERENT)
    yield Case("the number in the keywords", replaced(sealed, b"nomor=BAR-1/", b"nomor=BAR-7/"), DIFFERENT)
    for name, gap in (("KPA", gap_at(sealed, sealed.index(CONTENTS))), ("Kasi Vera", (start, end))):
        yield Case(f"a bit of the signature of the {name}", other_signature(sealed, gap), DIFFERENT)
    yield Case("something in the padding", sealed[: end - 4] + b"CAFE" + sealed[end:], DIFFERENT)
    lower = sealed[:start] + sealed[start:end].lower() + sealed[end:]
    yield Case("the signature in other letters", lower, DIFFERENT)
    words = b">/Keterangan(sudah diganti)/X<"
    wrapped = sealed[: end - 100] + words + sealed[end - 100 + len(words) :]
    yield Case("entries smuggled into the gap", wrapped, DIFFERENT)
    spaced = sealed[: end - 2] + b"  " + sealed[end:]
    yield Case("spaces in the gap", spaced, DIFFERENT)


def _twins(sealed: bytes, mint: Mint) -> Iterator[Case]:
    yield Case(KASI_VERA_TWIN, twin_signature(sealed, last_gap(sealed)), DIFFERENT)
    between = Wish(between=lambda pdf: twin_signature(pdf, last_gap(pdf)))
    yield Case("between the signatures: the twin of the KPA's", mint.sealed(between), DIFFERENT)
    yield Case("the twin of the certificate's value", twin_certificate(sealed, last_gap(sealed)), DIFFERENT)


def _cut(mint: Mint, sealed: bytes) -> Iterator[Case]:
    yield Case("the last byte cut", sealed[:-1], DIFFERENT)
    yield Case("the second signature cut off", mint.certified(Wish()), DIFFERENT)
    yield Case("half of the file", sealed[: len(sealed) // 2], UNKNOWN)
    yield Case("both signatures cut off", mint.unsigned().pdf, UNKNOWN)
    yield Case("the draft", render_draft(build_content(EQUAL), verify_address=ADDRESS), UNKNOWN)
    yield Case("nothing", b"", UNKNOWN)
    yield Case("a picture", b"\x89PNG\r\n\x1a\n" + bytes(2_000), UNKNOWN)

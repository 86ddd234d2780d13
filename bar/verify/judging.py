"""From the bytes of a PDF to a verdict."""

import io
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from bar.documents.imprint import Imprint, differs_from, read_imprint
from bar.documents.status_list import StatusList, Voided
from bar.documents.token import TokenProblem, read_token
from bar.verify.anchors import Anchors
from bar.verify.layers import ROLE_WORDS, SignedLayer, read_layers
from bar.verify.verdicts import Finding, RejectedError, Verdict, different, unknown

_LARGEST = 64 * 1024 * 1024
_CONTACT = re.compile(r"https?://[^\s#]+/v/([0-9A-HJKMNP-TV-Z]{26})(?:#(\S+))?")
_UNREADABLE = "Berkas bukan PDF yang dapat dibaca, atau rusak."
_WIB = timezone(timedelta(hours=7), "WIB")  # no zone database: the command runs anywhere


def judge(pdf: bytes, anchors: Anchors, status: StatusList | None = None) -> Finding:
    """The verdict on a file; never raises for what a stranger made. Without a status list nothing is said of
    what was voided since."""
    try:
        return _judged(pdf, anchors, status)
    except RejectedError as rejected:
        return rejected.finding


def _judged(pdf: bytes, anchors: Anchors, status: StatusList | None) -> Finding:
    reader = _opened(pdf)
    try:
        layers = read_layers(reader, pdf, anchors)
        imprint = _imprint(reader)
    except RejectedError:
        raise
    except Exception as error:  # a hostile file may break the reader anywhere
        raise unknown(_UNREADABLE) from error
    verify_id, claims = _claims(layers, anchors)
    _check_claims(claims, imprint, verify_id, layers)
    _check_revoked(layers, status)
    voided = status.voided.get(verify_id) if status else None
    if voided:
        return Finding(Verdict.DIBATALKAN, _voided_sentence(imprint, voided))
    return Finding(Verdict.SAH, _valid_sentence(imprint, layers, status))


def _opened(pdf: bytes) -> PdfFileReader:
    if len(pdf) > _LARGEST:
        raise unknown(_UNREADABLE)
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted or reader.xrefs.hybrid_xrefs_present:
            raise unknown(_UNREADABLE)
    except RejectedError:
        raise
    except Exception as error:  # whatever a stranger's file does to the reader
        raise unknown(_UNREADABLE) from error
    return reader


def _imprint(reader: PdfFileReader) -> Imprint:
    """The facts as they stood when the document was printed, before anybody signed."""
    information = reader.get_historical_resolver(0).trailer_view["/Info"]
    found = read_imprint(str(information.get("/Keywords", "")))
    if found is None:
        raise different("Berkas tidak memuat keterangan BAR yang ditandatangani.")
    return found


def _claims(layers: tuple[SignedLayer, SignedLayer], anchors: Anchors) -> tuple[str, dict[str, Any]]:
    """The verify id that both layers carry, and the claims of the token in the second."""
    first, last = (_CONTACT.fullmatch(each.contact) for each in layers)
    if not first or not last or first[1] != last[1] or first[2] or not last[2]:
        raise different("Berkas tidak memuat token BAR ini.")
    claims = read_token(last[2], anchors.keys)
    if claims is TokenProblem.UNKNOWN_KEY:
        raise unknown("Token ditandatangani kunci yang tidak dikenal.")
    if isinstance(claims, TokenProblem):
        raise different("Token di dalam berkas tidak asli.")
    return last[1], claims


def _check_claims(
    claims: Mapping[str, Any], imprint: Imprint, verify_id: str, layers: tuple[SignedLayer, SignedLayer]
) -> None:
    names = differs_from(imprint, claims)
    if names or claims.get("id") != verify_id:
        raise different(f"Token milik BAR lain ({', '.join(names) or 'kode'} berbeda).")
    signers = [[each.role, each.key_id, int(each.at.timestamp())] for each in layers]
    if claims.get("ttd") != signers:
        raise different("Penanda tangan tidak sama dengan yang tercatat di token.")
    if layers[0].nip == layers[1].nip:
        raise different("Kedua tanda tangan dibuat oleh orang yang sama.")


def _check_revoked(layers: tuple[SignedLayer, SignedLayer], status: StatusList | None) -> None:
    for each in layers if status else ():
        since = status.revoked.get(each.serial) if status else None
        if since is not None and since <= each.at:
            raise unknown(f"Sertifikat {ROLE_WORDS[each.role]} sudah dicabut ketika menandatangani.")


def _voided_sentence(imprint: Imprint, voided: Voided) -> str:
    by = f"digantikan {voided.replaced_by}" if voided.replaced_by else "belum ada penggantinya"
    return (
        f"{imprint.number} dibatalkan {_when(voided.at)} atas surat {voided.letter_number} "
        f"tanggal {voided.letter_date:%d-%m-%Y}; {by}."
    )


def _valid_sentence(
    imprint: Imprint, layers: tuple[SignedLayer, SignedLayer], status: StatusList | None
) -> str:
    people = " dan ".join(f"{each.name} ({ROLE_WORDS[each.role]})" for each in layers)
    seen = (
        f"Belum dibatalkan menurut daftar status per {_when(status.issued_at)}."
        if status
        else "Pembatalan belum diperiksa: sertakan daftar status dengan --status."
    )
    return (
        f"{imprint.number}, satker {imprint.satker}, KPPN {imprint.kppn}, periode {imprint.period}, "
        f"ditandatangani {people}. {seen}"
    )


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(_WIB):%d-%m-%Y %H.%M} WIB"

"""PDF: one whole document, open to read, that runs nothing and carries nothing."""

import io
import logging
import re
from typing import Any

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from erekon.lib.attachments.refusing import refused

MOST_OBJECTS = 30_000
_LAST = 1024  # bytes in which readers look for the end mark
_DEEP = 40

# A name of the file format, and what it means to the person who attached it.
_CARRIED = {
    "/JS": "skrip",
    "/JavaScript": "skrip",
    "/Launch": "perintah menjalankan program",
    "/EmbeddedFile": "berkas lain di dalamnya",
    "/EmbeddedFiles": "berkas lain di dalamnya",
    "/EF": "berkas lain di dalamnya",
    "/RichMedia": "media interaktif",
    "/XFA": "formulir dinamis",
    "/SubmitForm": "perintah mengirim isian",
    "/ImportData": "perintah mengambil isian",
    "/GoToE": "tautan ke berkas di dalamnya",
}
# Short names also occur by chance in packed pictures; the long ones do not.
_IN_BYTES = re.compile(
    b"/(?:" + b"|".join(name[1:].encode() for name in _CARRIED if len(name) > 6) + b")(?![A-Za-z])"  # noqa: PLR2004
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT = re.compile(rb"\bobj\b")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a hostile file would write the log


class _TooMuch(Exception):
    """The document has more parts than paper needs."""


def check_pdf(content: bytes) -> None:
    """Raise the refusal of a PDF that is torn, locked, more than a PDF, or not only paper."""
    _check_outline(content)
    _refuse_carried(_found_in_bytes(content))
    try:
        found = _found_in_objects(content)
    except (_TooMuch, RecursionError, MemoryError):
        raise refused("BUKTI_RUMIT") from None
    except FileNotDecryptedError:
        raise refused("BUKTI_TERSANDI") from None
    except Exception as error:
        raise refused("BUKTI_RUSAK", jenis="PDF") from error
    _refuse_carried(found)


def _check_outline(content: bytes) -> None:
    end = content.rfind(b"%%EOF")
    if end < 0 or end < len(content) - _LAST:
        raise refused("BUKTI_GANDA" if end > 0 else "BUKTI_RUSAK", jenis="PDF")
    if content[end + 5 :].strip(b"\0\t\n\f\r "):
        raise refused("BUKTI_GANDA", jenis="PDF")
    if len(_OBJECT.findall(content)) > 2 * MOST_OBJECTS:
        raise refused("BUKTI_RUMIT")


def _found_in_bytes(content: bytes) -> str:
    """What the plain bytes name, also in parts that the table of objects leaves out."""
    found = _IN_BYTES.search(content)
    if not found and b"#" in content:
        found = _IN_BYTES.search(_ESCAPED.sub(lambda two: bytes([int(two[1], 16)]), content))
    return found.group().decode() if found else ""


def _found_in_objects(content: bytes) -> str:
    """What the objects name, packed ones too. Raises what pypdf raises for a document that is none."""
    reader = PdfReader(
        io.BytesIO(content), root_object_recovery_limit=100, xref_stream_maximum_entries=2 * MOST_OBJECTS
    )
    if reader.is_encrypted:
        raise FileNotDecryptedError
    keys = [(generation, number) for generation, places in reader.xref.items() for number in places]
    keys += [(0, number) for number in reader.xref_objStm]
    if len(keys) > MOST_OBJECTS:
        raise _TooMuch
    for generation, number in keys:
        found = _named(reader.get_object(IndirectObject(number, generation, reader)), _DEEP)
        if found:
            return found
    if not reader.pages[0]:
        raise ValueError
    return ""


def _named(value: Any, depth: int) -> str:
    """The first forbidden name in this object: as a key, or as a name standing by itself."""
    if depth == 0:
        raise _TooMuch
    if isinstance(value, DictionaryObject):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, ArrayObject):
        parts = list(value)
    else:
        return str(value) if isinstance(value, NameObject) and value in _CARRIED else ""
    return next((found for part in parts if (found := _named(part, depth - 1))), "")


def _refuse_carried(name: str) -> None:
    if name:
        raise refused("BUKTI_AKTIF", isi=_CARRIED[name])

"""Everything an answer says, made readable: its headers, its text, and what is packed into its file."""

import gzip
import hashlib
import io
import re
import zipfile
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from pypdf import PdfReader

_VOLATILE = re.compile(
    r"Content-Length: \d+|messages=[^;\n]*|"
    r'name="csrfmiddlewaretoken" value="[^"]*"|(csrftoken|sessionid)=[^;]*|expires=[^;]*|Kode [0-9A-F]{10}'
    r"|\d\d[.:]\d\d([.:]\d\d)?( WIB)?"
    r'|"left": \d+'  # the seconds of a session
)
_PDFS: dict[str, str] = {}


def body_of(answer: Any) -> bytes:
    """The bytes of an answer, streamed or not."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def text_of(answer: Any, body: bytes) -> str:
    """Status line, headers, cookies and body as one text."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    said = "\n".join(map(str, _said_next(answer)))
    return "\n".join((str(answer.status_code), headers, answer.cookies.output(), said, unpacked(body)))


def _said_next(answer: Any) -> Any:
    """The sentences that the answer leaves for the next page, packed into its cookie."""
    packed = answer.cookies.get("messages")
    return (CookieStorage(None)._decode(packed.value) or ()) if packed and packed.value else ()


def shows(text: str, mark: str) -> bool:
    """Whether this mark stands there; a number only as a whole one."""
    if mark not in text or not mark.isdecimal():
        return mark in text
    return re.search(rf"(?<![\d.]){mark}(?!\d)", text) is not None


def unpacked(body: bytes) -> str:
    """The text in these bytes: every member of an archive, every page of a PDF, else the bytes themselves."""
    if body[:2] == b"\x1f\x8b":
        return unpacked(gzip.decompress(body))
    if body[:4] == b"PK\x03\x04":
        archive = zipfile.ZipFile(io.BytesIO(body))
        return "\n".join(name + "\n" + unpacked(archive.read(name)) for name in archive.namelist())
    if body[:5] == b"%PDF-":
        return _pdf_text(body)
    return body.decode("utf-8", "replace")


def _pdf_text(body: bytes) -> str:
    known = hashlib.sha256(body).hexdigest()
    if known not in _PDFS:
        reader = PdfReader(io.BytesIO(body))
        pages = [page.extract_text() for page in reader.pages]
        _PDFS[known] = "\n".join([str(reader.metadata), *pages])
    return _PDFS[known]


def without_noise(text: str, *asked: str) -> str:
    """A text without what differs from call to call, and without what the caller himself had said."""
    for one in sorted(filter(None, asked), key=len, reverse=True):
        text = text.replace(one, "·")
    return _VOLATILE.sub("", text)

"""The one question to an attached file: what are you, and are you only that?"""

import io
import threading
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from erekon.lib.attachments.looking import look_apart
from erekon.lib.attachments.refusing import LIMIT, refused
from erekon.lib.plaintext import inert
from erekon.lib.refusals import Refusal

KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
WORDS = {"pdf": "PDF", "jpg": "JPG", "png": "PNG"}
_ENDINGS = {"pdf": {".pdf"}, "jpg": {".jpg", ".jpeg"}, "png": {".png"}}
_LONGEST_STEM = 100
# Signs that a file name cannot have somewhere, or that mean something in a header or a shell.
_REPLACED = str.maketrans(dict.fromkeys("\\/:*?\"<>|%;`$&'", "_"))

# A picture unfolds to a hundred megabytes: one look at a time keeps the machine within its memory.
_ONE_AT_A_TIME = threading.Lock()
# Who waits longer holds a thread that others need: let him come again.
PATIENCE = 10


@dataclass(frozen=True)
class Attachment:
    """A file that passed: its bytes, its kind as the content told it, and a safe name."""

    name: str
    kind: str
    content: bytes


def checked(filename: str, content: bytes) -> Attachment:
    """The file as it may be kept. Raises ISIAN on the field `file` with a code BUKTI_…, or TERLALU_SERING."""
    if not content:
        raise refused("BUKTI_KOSONG")
    if len(content) > LIMIT:
        raise too_large(len(content))
    kind = next((name for magic, name in KINDS.items() if content.startswith(magic)), "")
    if not kind:
        raise refused("BUKTI_JENIS")
    _check_ending(filename, kind)
    # A zip is read from its end, so any file can be one besides.
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refused("BUKTI_GANDA", jenis=WORDS[kind])
    _look_in_turn(kind, content)
    return Attachment(safe_name(filename, kind), kind, content)


def _look_in_turn(kind: str, content: bytes) -> None:
    """Raises TERLALU_SERING when others' files take the looking place for longer than one can wait."""
    if not _ONE_AT_A_TIME.acquire(timeout=PATIENCE):
        raise Refusal("TERLALU_SERING", detik=2 * PATIENCE, extra={"retry_after": 2 * PATIENCE})
    try:
        look_apart(kind, content)
    finally:
        _ONE_AT_A_TIME.release()


def too_large(size: int) -> Refusal:
    """The refusal of a file above the limit, before its bytes are read."""
    return refused("BUKTI_BESAR", mb=f"{size / 1024 / 1024:.1f}".replace(".", ","))


def safe_name(filename: str, kind: str) -> str:
    """The last part of the name, visible signs only, with the ending of its kind."""
    last = PureWindowsPath(PurePosixPath(filename.replace("\\", "/")).name).name
    stem = inert(unicodedata.normalize("NFC", last)).translate(_REPLACED)
    for ending in sorted({end for ends in _ENDINGS.values() for end in ends}):
        if stem.lower().endswith(ending):
            stem = stem[: -len(ending)]
            break
    stem = stem.strip(" .")[:_LONGEST_STEM].rstrip(" .")
    return f"{stem or 'bukti'}.{kind}"


def _check_ending(filename: str, kind: str) -> None:
    ending = PurePosixPath(filename.lower().rstrip()).suffix
    if ending not in _ENDINGS[kind]:
        shown = inert(ending)[:12] or "lain"
        raise refused("BUKTI_AKHIRAN", akhiran=shown, jenis=WORDS[kind], jenis_kecil=kind)

"""Checkpoints of the chain as signed text (C2SP tlog-checkpoint in a C2SP signed-note, Ed25519). Pure.

A checkpoint says: at this installation the chain had this many events, and the last one had this hash. Three
lines, a blank one, and the signature; anybody with the published key can check it with any tool that reads
signed notes.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ED25519 = b"\x01"
_NAME_LENGTH = 4
_TEXT_LINES = 3
_SIGNATURE_START = "\u2014 "


class NoteError(ValueError):
    """Why a text is not a checkpoint signed by one of the keys."""


@dataclass(frozen=True)
class Checkpoint:
    """`size` events in the chain of `origin`, the last with the SHA-256 `root` (64 hex digits)."""

    origin: str
    size: int
    root: str

    def text(self) -> str:
        """The three lines that are signed, each with its end of line."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(bytes.fromhex(self.root)).decode()}\n"


def sign_note(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The signed note of a checkpoint, ending with a line end; equal checkpoint and key give equal text."""
    text = checkpoint.text()
    signed = _key_name(checkpoint.origin, key.public_key()) + key.sign(text.encode())
    return f"{text}\n{_SIGNATURE_START}{checkpoint.origin} {base64.b64encode(signed).decode()}\n"


def open_note(note: str, keys: Iterable[Ed25519PublicKey]) -> Checkpoint:
    """The checkpoint in a note that one of the keys signed; raises NoteError for anything else."""
    text, parted, signatures = note.partition("\n\n")
    checkpoint = _checkpoint(f"{text}\n")
    if not parted or not any(_is_signed(checkpoint, signatures, key) for key in keys):
        raise NoteError("not signed by a key of this installation")
    return checkpoint


def _checkpoint(text: str) -> Checkpoint:
    lines = text.splitlines()
    if len(lines) != _TEXT_LINES:
        raise NoteError("not the three lines of a checkpoint")
    origin, size, root = lines
    try:
        read = Checkpoint(origin, int(size), base64.b64decode(root, validate=True).hex())
    except (ValueError, binascii.Error) as error:
        raise NoteError("not the three lines of a checkpoint") from error
    if read.text() != text:
        raise NoteError("not written the way a checkpoint is written")
    return read


def _is_signed(checkpoint: Checkpoint, signatures: str, key: Ed25519PublicKey) -> bool:
    name = _key_name(checkpoint.origin, key)
    for line in signatures.splitlines():
        start, _, encoded = line.rpartition(" ")
        if start != f"{_SIGNATURE_START}{checkpoint.origin}":
            continue
        try:
            signed = base64.b64decode(encoded, validate=True)
            if signed[:_NAME_LENGTH] == name and base64.b64encode(signed).decode() == encoded:
                key.verify(signed[_NAME_LENGTH:], checkpoint.text().encode())
                return True
        except (binascii.Error, InvalidSignature):
            continue
    return False


def _key_name(origin: str, key: Ed25519PublicKey) -> bytes:
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(origin.encode() + b"\n" + _ED25519 + raw).digest()[:_NAME_LENGTH]

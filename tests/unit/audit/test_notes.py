import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from audit.notes import Checkpoint, NoteError, open_note, sign_note

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = [KEY.public_key()]
CHECKPOINT = Checkpoint("rekon.example/jejak", 1532, "ab" * 32)
NOTE = sign_note(CHECKPOINT, KEY)


def test_a_note_has_the_form_of_the_published_convention():
    origin, size, root, blank, signature, end = NOTE.split("\n")
    assert (origin, size, blank, end) == ("rekon.example/jejak", "1532", "", "")
    assert base64.b64decode(root).hex() == "ab" * 32
    signed = base64.b64decode(signature.removeprefix("\u2014 rekon.example/jejak "))
    raw = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert signed[:4] == hashlib.sha256(b"rekon.example/jejak\n\x01" + raw).digest()[:4]
    KEY.public_key().verify(signed[4:], f"{origin}\n{size}\n{root}\n".encode())


def test_an_honest_note_opens_beside_other_keys_and_signatures():
    other = Ed25519PrivateKey.generate()
    witnessed = NOTE + sign_note(CHECKPOINT, other).partition("\n\n")[2]
    assert open_note(NOTE, [other.public_key(), *KEYS]) == CHECKPOINT
    assert open_note(witnessed, KEYS) == CHECKPOINT


@pytest.mark.parametrize("position", range(len(NOTE.encode())))
def test_no_changed_byte_of_a_note_is_believed(position):
    changed = bytearray(NOTE.encode())
    changed[position] ^= 1
    try:
        read = open_note(changed.decode("utf-8", errors="replace"), KEYS)
    except NoteError:
        return
    # A line end after the signature carries nothing.
    assert read == CHECKPOINT
    assert position >= len(NOTE.encode()) - 1


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        NOTE.partition("\n\n")[0] + "\n",
        NOTE.replace("1532", "01532"),
        NOTE.replace("1532", "satu"),
        NOTE.replace("\n\n", "\nlagi\n\n"),
        sign_note(Checkpoint("lain.example/jejak", 1532, "ab" * 32), Ed25519PrivateKey.generate()),
    ],
)
def test_what_no_key_signed_is_not_a_checkpoint(note):
    with pytest.raises(NoteError):
        open_note(note, KEYS)

"""Which bytes a signature covers, and that the gap between them holds the signature and nothing else."""

from collections.abc import Sequence

from asn1crypto.core import Sequence as DerSequence
from pyhanko.sign.validation import EmbeddedPdfSignature

from bar.verify.verdicts import different

_PARTS = 4


def check_bytes(pdf: bytes, found: Sequence[EmbeddedPdfSignature]) -> None:
    """Each covers the file from its first byte with the one gap of its own signature; the last one ends it."""
    ends = [_end(pdf, each) for each in found]
    if ends[-1] != len(pdf):
        raise different("Ada isi sesudah tanda tangan terakhir.")
    if ends != sorted(set(ends)):
        raise different("Tanda tangan tidak berurutan.")


def _end(pdf: bytes, signature: EmbeddedPdfSignature) -> int:
    """Where the bytes under a signature end."""
    numbers = [int(each) for each in signature.byte_range]
    if len(numbers) != _PARTS or numbers[0] != 0 or min(numbers) < 0:
        raise different("Jangkauan tanda tangan tidak wajar.")
    _, gap, rest, length = numbers
    held = signature.pkcs7_content
    # Written in upper case: another spelling of the same signature is another file.
    if pdf[gap:rest] != b"<" + held.hex().upper().encode() + b">" or rest + length > len(pdf):
        raise different("Jangkauan tanda tangan tidak wajar.")
    if held[_der_length(held) :].strip(b"\x00"):
        raise different("Ada isi yang disisipkan di dalam tanda tangan.")
    return rest + length


def _der_length(content: bytes) -> int:
    return len(DerSequence.load(content).dump())

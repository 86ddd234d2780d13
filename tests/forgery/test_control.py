"""The control: a reader that asks pyHanko alone, as most do, takes many of the same files for valid BARs."""

import contextlib
import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from bar.verify.anchors import Anchors
from bar.verify.layers import _context
from tests.forgery.bytes_changed import KASI_VERA_TWIN
from tests.forgery.cases import Case
from tests.forgery.mint import Mint

TAKEN = {
    KASI_VERA_TWIN,
    "between the signatures: the twin of the KPA's",
    "the second signature cut off",
    "rubbish after the end",
    "something in the padding",
    "a new title",
    "a KPA's certificate in the Kasi Vera's place",
    "another Kasi Vera than the token names",
    "the Kasi Vera in a field of his own",
    "one person in both roles",
    "nobody certified",
    "the Kasi Vera first",
    "the token of another BAR",
}


def plainly_valid(pdf: bytes, anchors: Anchors) -> bool:
    """Whether every signature in the file holds, by pyHanko's own bottom line."""
    found = []
    with contextlib.suppress(Exception):  # it refuses to read some of them
        for each in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
            context = _context(anchors, each.self_reported_timestamp)
            found.append(validate_pdf_signature(each, context).bottom_line)
        return bool(found) and all(found)
    return False


@pytest.mark.once
def test_plain_validation_takes_what_the_verifier_refuses(
    mint: Mint, sealed: bytes, tampered: list[Case]
) -> None:
    anchors = mint.anchors()
    taken = {each.name for each in tampered if plainly_valid(each.pdf, anchors)}
    assert plainly_valid(sealed, anchors)
    assert TAKEN - taken == set()
    assert len(tampered) - len(taken) > 20

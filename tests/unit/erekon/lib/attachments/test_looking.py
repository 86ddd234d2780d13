import subprocess

import pytest

from erekon.lib.attachments import looking
from erekon.lib.attachments.looking import look_apart
from erekon.lib.refusals import Refusal
from tests import evidence_files as made

# Every entry of its table points into a long comment: a reader walks there again and again.
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n%" + b"x" * 4_000_000 + b"\n"
)
MAZE = (
    PAGE
    + b"xref\n0 29000\n"
    + b"".join(b"%010d 00000 n \n" % (place % 1000 + 9) for place in range(29_000))
    + b"trailer<</Size 29000/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(PAGE)
)


def code_of(kind: str, content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        look_apart(kind, content)
    return str(caught.value.errors[0]["code"])


def test_the_other_process_finds_what_this_one_finds() -> None:
    look_apart("pdf", made.pdf())
    look_apart("jpg", made.picture("JPEG"))
    assert code_of("pdf", made.pdf_with_packed_script()) == "BUKTI_AKTIF"
    assert code_of("png", made.png_bomb(40_000, 40_000)) == "BUKTI_PIKSEL"


def test_a_file_that_would_take_minutes_is_ended_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SECONDS", 1)
    assert code_of("pdf", MAZE) == "BUKTI_RUMIT"


def test_an_end_without_a_word_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess([], 0, b"", b"")
    monkeypatch.setattr(looking.subprocess, "run", lambda *args, **options: answer)
    assert code_of("pdf", made.pdf()) == "BUKTI_RUMIT"

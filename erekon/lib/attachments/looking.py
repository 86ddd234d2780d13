"""The look inside a file of a stranger, in a process of its own that may neither run long nor grow large.

`python -m erekon.lib.attachments.looking <kind>` reads the file on its standard input and prints why it is
refused: one line of JSON, `null` when it is not.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from erekon.lib.attachments.pdfs import check_pdf
from erekon.lib.attachments.pictures import check_picture
from erekon.lib.attachments.refusing import SENTENCES, field_fault, refused
from erekon.lib.refusals import Refusal

SECONDS = 10
MEMORY = 1024 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[3]


def look(kind: str, content: bytes) -> None:
    """Raise the refusal of this file, found in this very process."""
    if kind == "pdf":
        check_pdf(content)
    else:
        check_picture(content, kind)


def look_apart(kind: str, content: bytes) -> None:
    """As `look`, in a process of its own; one that had to be ended there is refused as BUKTI_RUMIT."""
    command = [sys.executable, "-m", __name__, kind]
    try:
        told = subprocess.run(  # noqa: S603  our own module, no shell, no words of a stranger
            command, input=content, capture_output=True, cwd=_ROOT, timeout=2 * SECONDS, check=True
        )
        fault = json.loads(told.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise refused("BUKTI_RUMIT") from None
    if fault:
        raise field_fault(fault["code"], fault["message"])


def _limit() -> None:
    """Less time, less memory, less claim to the processor than anybody who is waiting."""
    os.nice(10)
    for name, amount in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        _, most = resource.getrlimit(name)
        resource.setrlimit(name, (amount if most < 0 else min(amount, most), most))


def main(kind: str) -> None:
    """Look, and say what was found."""
    _limit()
    fault: dict[str, Any] | None = None
    try:
        look(kind, sys.stdin.buffer.read())
    except Refusal as refusal:
        fault = refusal.errors[0]
    except MemoryError:
        fault = {"code": "BUKTI_RUMIT", "message": SENTENCES["BUKTI_RUMIT"]}
    sys.stdout.write(json.dumps(fault))


if __name__ == "__main__":
    main(sys.argv[1])

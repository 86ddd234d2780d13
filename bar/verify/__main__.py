"""`python -m bar.verify file.pdf --keys jwks.json [--status status.jwt] [--ca bar-ca.pem]`.

Exit codes: 0 SAH, 3 DIBATALKAN, 4 TIDAK DIKENAL, 5 ISI BERBEDA; 2 when the call itself is wrong.
"""

import argparse
import logging
import sys
from pathlib import Path

from bar.documents.status_list import StatusList, read_status_list
from bar.documents.token import TokenProblem
from bar.verify.anchors import AnchorError, Anchors, read_anchors
from bar.verify.judging import judge

WRONG_CALL = 2


def main(arguments: list[str] | None = None) -> int:
    """Print the verdict and its sentence; the answer is the exit code."""
    asked = _parser().parse_args(arguments)
    for library in ("pyhanko", "pyhanko_certvalidator"):
        # What they have to tell of a broken file is not for the reader of a verdict.
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        anchors = _anchors(asked)
        status = _status(asked.status, anchors)
        pdf = asked.file.read_bytes()
    except (OSError, AnchorError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_CALL
    found = judge(pdf, anchors, status)
    sys.stdout.write(f"{found.verdict.word}\n{found.sentence}\n")
    return found.verdict.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bar.verify", description="Memeriksa keaslian BAR tanpa jaringan."
    )
    parser.add_argument("file", type=Path, help="PDF yang diperiksa")
    parser.add_argument("--keys", type=Path, required=True, help="jwks.json dari /.well-known/jwks.json")
    parser.add_argument("--status", type=Path, help="daftar status dari /v/status.jwt")
    parser.add_argument("--ca", type=Path, help="bar-ca.pem, bila bukan yang ada di jwks.json")
    return parser


def _anchors(asked: argparse.Namespace) -> Anchors:
    authority = asked.ca.read_bytes() if asked.ca else None
    return read_anchors(asked.keys.read_text(encoding="utf-8"), authority)


def _status(path: Path | None, anchors: Anchors) -> StatusList | None:
    if path is None:
        return None
    found = read_status_list(path.read_text(encoding="utf-8"), anchors.keys)
    if isinstance(found, TokenProblem):
        raise AnchorError(f"{path}: not a status list signed by one of the keys ({found})")
    return found


if __name__ == "__main__":
    sys.exit(main())

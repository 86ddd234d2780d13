"""The control: the gate most would write, on `zipfile` and `dbfread`. `python -m tests.corpus.naive FOLDER`.

It is honest work: it checks the name, opens the zip, tests its CRCs, reads the table and compares satker, year and
month. An alarm and a memory limit stand around it, or the corpus would never end. Prints one JSON object: what it
said per file, `accept`, `refuse`, or how it failed.
"""

import json
import re
import resource
import signal
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from dbfread import DBF

PATIENCE = 0.3
MEMORY = 2**30
NAME = re.compile(r"KPPN_(KP|KD|DK|TP|UB)015083635160*9.*\.zip", re.IGNORECASE)


class RefusedError(Exception):
    """The file was looked at and found wrong."""


def gate(filename: str, path: Path) -> None:
    """Return when the file is right, raise RefusedError when it is wrong."""
    if not zipfile.is_zipfile(path):
        raise RefusedError("not a zip")
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        if archive.testzip():
            raise RefusedError("damaged")
        main = [name for name in archive.namelist() if name.endswith(".026") or name == "T_GL2600.DBF"]
        if not main:
            raise RefusedError("no main member")
        if main[0].startswith("T_GL") and not NAME.fullmatch(filename):
            raise RefusedError("name")
        archive.extractall(folder)
        table = DBF(str(Path(folder) / main[0]), encoding="cp1252", ignore_missing_memofile=True)
        _check_rows(list(table))


def _check_rows(rows: list[dict[str, Any]]) -> None:
    if not rows:
        raise RefusedError("no rows")
    for row in rows:
        if (row["KDSATKER"], row["KDBAES1"], str(row["THNANG"])) != ("363516", "01508", "2026"):
            raise RefusedError("another satker or year")
        if not 1 <= int(row["PERIODE"]) <= 9:
            raise RefusedError("period")
        int(row["RPHREAL"])


def _alarm(*_: object) -> None:
    raise TimeoutError


def said(filename: str, path: Path) -> str:
    """What the naive gate says of one file within its limits."""
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        gate(filename, path)
    except RefusedError:
        return "refuse"
    except TimeoutError:
        return "hang"
    except MemoryError:
        return "memory"
    except Exception as error:
        return f"crash: {type(error).__name__}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "accept"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _alarm)
    where = Path(sys.argv[1])
    uploads = json.loads((where / "uploads.json").read_text())
    sys.stdout.write(json.dumps({name: said(upload, where / name) for name, upload in uploads.items()}))

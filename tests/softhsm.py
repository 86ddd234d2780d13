"""A SoftHSM token of a test's own, in a folder of its own."""

import os
import subprocess
from pathlib import Path

from tests.availability import softhsm

LABEL, PIN = "uji", "4711"


def make_token(folder: Path) -> str:
    """Initialise a token in this folder and answer the module's path.

    The module reads SOFTHSM2_CONF when it is first loaded, so one process has one folder of tokens.
    """
    (folder / "tokens").mkdir(parents=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    command = [
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        LABEL,
        "--so-pin",
        "12345678",
        "--pin",
        PIN,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return softhsm() or ""

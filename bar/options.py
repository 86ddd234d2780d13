"""What an installation may set for its signatures, from the environment; all of it may be absent."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import environ


@dataclass(frozen=True, slots=True)
class Options:
    """`tsa_url`: a time-stamping authority (RFC 3161); with `tsa_certificate` (PEM of its CA) signatures also carry
    what verifies them for long (B-LT), without it only the time (B-T); `tsa_list` is the file of that CA's own
    revocation list. `token_module`, `token_label` and
    `token_pin_file`: the PKCS#11 token that keeps signers' keys; without a module they lie in our database."""

    tsa_url: str = ""
    tsa_certificate: str = ""
    tsa_list: str = ""
    token_module: str = ""
    token_label: str = ""
    token_pin_file: str = ""

    def token_pin(self) -> str:
        """The token's own PIN, which the server knows; from a file, so that no process list shows it."""
        return Path(self.token_pin_file).read_text(encoding="utf-8").strip()


@cache
def options() -> Options:
    """The options of this process: TSA_URL, TSA_CA_FILE, TSA_CRL_FILE, PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN_FILE."""
    env = environ.Env()
    return Options(
        tsa_url=env.str("TSA_URL", default=""),
        tsa_certificate=env.str("TSA_CA_FILE", default=""),
        tsa_list=env.str("TSA_CRL_FILE", default=""),
        token_module=env.str("PKCS11_MODULE", default=""),
        token_label=env.str("PKCS11_TOKEN", default="erekon-lk"),
        token_pin_file=env.str("PKCS11_PIN_FILE", default=""),
    )

"""Family: characters."""

from tests.corpus.case import Case, with_row
from tests.corpus.of_numbers import opening

FOREIGN = [*range(0x20), 0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D]
CHARACTERS = [
    *(
        Case("characters", f"byte {byte:#04x}", "KARAKTER", with_row(NODOK1=b"A" + bytes([byte]) + b"B"))
        for byte in FOREIGN
    ),
    *(
        Case("characters", f"{where} {byte:#04x}", "KARAKTER", with_row(NODOK1=raw))
        for byte in (0x00, 0x0A, 0x1A, 0x7F, 0x9D)
        for where, raw in {"begins with": bytes([byte]) + b"A", "ends with": b"A" + bytes([byte])}.items()
    ),
    *(
        Case("characters", f"{field} holds a bell", "KARAKTER", with_row(**{field: b"\x07"}))
        for field in ("KDOUTPUT", "KDPROGRAM", "REGISTER", "JNSDOK1", "USID", "KATEGORI", "CAD1", "NOREGIS")
    ),
    Case("characters", "opening balances of NUL", "KODE_SATKER", opening(KDSATKER=b"36351\x00")),
]

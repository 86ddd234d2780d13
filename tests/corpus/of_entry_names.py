"""Family: names and kinds of the archive's entries."""

from adk.formats.zipwriting import ZipMember
from tests.corpus.case import Case, drafted

DANGEROUS = [
    b"",
    b"/etc/passwd",
    b"\\windows\\system32",
    b"../T_SAWAL.DBF",
    b"..\\T_SAWAL.DBF",
    b"..",
    b".",
    b"./T_SAWAL.DBF",
    b"a/b",
    b"a/",
    b"a\\",
    b"krm/T_CTRL.DBF",
    b"C:T_SAWAL.DBF",
    b"C:\\T_SAWAL.DBF",
    b"T_SAWAL.DBF:stream",
    b"\\\\server\\share",
    b"CON",
    b"con.dbf",
    b"PRN.DBF",
    b"AUX",
    b"NUL.DBF",
    b"COM1",
    b"com9.txt",
    b"LPT1.DBF",
    b"T_SAWAL.DBF\x00.exe",
    b"T_SAWAL\n.DBF",
    b"T_SAWAL\r.DBF",
    b"T_SAWAL\t.DBF",
    b"T_SAWAL\x1b[2J.DBF",
    b"T_SAWAL\x7f.DBF",
]
DANGEROUS_UNICODE = ["T_SAWAL\u202efbd.exe", "T_SA\u200bWAL.DBF", "T_SAWAL\u0085.DBF", "\ufeffT_SAWAL.DBF"]
UTF8_FLAG = 0x800


def named(name: bytes, flags: int = 0, attributes: int = 0):
    """The valid ADK with one more member of this name."""
    extra = ZipMember(name, b"x", flags=flags, attributes=attributes)
    return drafted(lambda draft: draft.members_done.append(lambda members: [*members, extra]))


KINDS = {
    "folder": 0o040755,
    "symbolic link": 0o120777,
    "device": 0o020666,
    "pipe": 0o010666,
    "socket": 0o140666,
}
ENTRY_NAMES = [
    *(Case("entry names", repr(name), "ARSIP_BERBAHAYA", named(name)) for name in DANGEROUS),
    *(
        Case("entry names", ascii(name), "ARSIP_BERBAHAYA", named(name.encode(), UTF8_FLAG))
        for name in DANGEROUS_UNICODE
    ),
    Case("entry names", "broken utf-8", "ARSIP_BERBAHAYA", named(b"T_SAWAL\xff.DBF", UTF8_FLAG)),
    *(
        Case("entry names", f"a {kind}", "ARSIP_BERBAHAYA", named(b"T_X.DBF", 0, mode << 16))
        for kind, mode in KINDS.items()
    ),
    *(
        Case("entry names", f"DOS attribute {bit:#x}", "ARSIP_BERBAHAYA", named(b"T_X.DBF", 0, bit))
        for bit in (0x08, 0x10, 0x40, 0x400)
    ),
]

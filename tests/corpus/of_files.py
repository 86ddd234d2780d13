"""Families: file types, upload names, entry names and members."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from random import Random

from adk.formats.container import SIZE_MAX
from adk.formats.zipwriting import ZipMember, write_zip
from tests.corpus.case import MAIN, UPLOAD, Case, Made, drafted, honest, spoilt
from tests.unit.adk.formats.cast import satker


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.add(__file__, "KPPN_KD0150836351609.026")
    return buffer.getvalue()


def _office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


def _table() -> bytes:
    return satker().tables["main"].build()


FOREIGN = {
    "one byte": b"P",
    "two letters": b"PK",
    "three bytes": b"PK\x03",
    "another PK record": b"PK\x01\x02" + bytes(60),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(40),
    "gif": b"GIF89a" + bytes(40),
    "windows program": b"MZ\x90\x00" + bytes(200),
    "linux program": b"\x7fELF" + bytes(60),
    "rar 4": b"Rar!\x1a\x07\x00" + bytes(40),
    "rar 5": b"Rar!\x1a\x07\x01\x00" + bytes(40),
    "7-zip": b"7z\xbc\xaf\x27\x1c" + bytes(40),
    "gzip": gzip.compress(b"x" * 100, mtime=0),
    "bzip2": bz2.compress(b"x" * 100),
    "xz": lzma.compress(b"x" * 100),
    "cabinet": b"MSCF" + bytes(40),
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "html": b"<!DOCTYPE html><html></html>",
    "xml": b"<?xml version='1.0'?><x/>",
    "json": b'{"gl": []}',
    "csv": b"KDSATKER;RPHREAL\n363516;1\n",
    "utf-16 text": "PK\x03\x04".encode("utf-16"),
    "text with byte order mark": b"\xef\xbb\xbfPK\x03\x04",
    "zeros": bytes(4096),
    "noise": Random(5).randbytes(4096),
    "newline before the zip": b"\n" + honest()[1],
    "self-extracting zip": b"MZ" + bytes(510) + honest()[1],
    "zip in base64": b"UEsDBBQAAAAIAA==",
    "the table without its zip": _table(),
    "tar": _tar(),
}
ZIPPED = {
    "workbook": ("ARSIP_BERBAHAYA", _office("[Content_Types].xml", "xl/workbook.xml")),
    "document": ("ARSIP_BERBAHAYA", _office("[Content_Types].xml", "word/document.xml")),
    "java archive": ("ARSIP_BERBAHAYA", _office("META-INF/MANIFEST.MF")),
    "zip in a zip": ("ISI_TIDAK_SESUAI", write_zip([ZipMember(UPLOAD.encode(), honest()[1])])),
    "text under the right name": ("STRUKTUR_DBF", write_zip([ZipMember(MAIN, b"KDSATKER;RPHREAL")])),
    "zip under the right name": ("STRUKTUR_DBF", write_zip([ZipMember(MAIN, honest()[1])])),
    "empty member": ("STRUKTUR_DBF", write_zip([ZipMember(MAIN, b"")])),
}
TYPES = [
    Case("types", "empty", "UKURAN_NOL", lambda: (UPLOAD, b"")),
    Case("types", "too large", "TOLAK_UKURAN", lambda: (UPLOAD, bytes(SIZE_MAX + 1))),
    *(Case("types", name, "BUKAN_ZIP", lambda raw=raw: (UPLOAD, raw)) for name, raw in FOREIGN.items()),
    *(Case("types", name, code, lambda raw=raw: (UPLOAD, raw)) for name, (code, raw) in ZIPPED.items()),
]

WRONG_NAMES = [
    "",
    ".zip",
    "laporan.zip",
    "KPPN_.zip",
    "KPPN.zip",
    "KPPN_KD015083635160.zip",
    "KPPN_KD01508363516099.zip",
    "KPPN_KD0150836351600.zip",
    "KPPN_KD0150836351613.zip",
    "KPPN_XX0150836351609.zip",
    "KPPN_0150836351609.zip",
    "KPPN_KD01508363516O9.zip",
    "KPPN KD0150836351609.zip",
    "KPPN_KD0150836351609",
    "KPPN_KD0150836351609.rar",
    "KPPN_KD0150836351609.zip.exe",
    "xKPPN_KD0150836351609.zip",
    "KPPN_KD٠١٥٠٨٣٦٣٥١٦٠٩.zip",
    "ＫＰＰＮ_KD0150836351609.zip",
    "KPPN_KD0150836351609" + "x" * 41 + ".zip",
    "KPPN_KD0150836351609.zip/",
    "piz.9061536380510DK_NPPK.zip",
]
OTHERS_NAMES = {
    "KPPN_KD0150836351608.zip": "PERIODE",
    "KPPN_KD0150836351604.zip": "PERIODE_TIDAK_DIPERKENANKAN",
    "KPPN_KD0150899999909.zip": "KODE_SATKER",
    "KPPN_KP0150836351609.zip": "KODE_SATKER",
    "KPPN_KD9990836351609.zip": "KODE_SATKER",
    "KPPN_KD0159936351609.zip": "KODE_SATKER",
}


def uploaded_as(filename: str) -> Made:
    """The valid ADK with its member called T_GL2600.DBF, so that the upload's name is needed."""
    draft = satker()
    draft.tables["main"].name = "T_GL2600.DBF"
    return filename, draft.build()[1]


NAMES = [
    *(
        Case("names", f"upload {name[:60]!r}", "ISI_TIDAK_SESUAI", lambda name=name: uploaded_as(name))
        for name in WRONG_NAMES
    ),
    *(
        Case("names", f"upload {name!r}", code, lambda name=name: uploaded_as(name))
        for name, code in OTHERS_NAMES.items()
    ),
]

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


def _named(name: bytes, flags: int = 0, attributes: int = 0):
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
    *(Case("entry names", repr(name), "ARSIP_BERBAHAYA", _named(name)) for name in DANGEROUS),
    *(
        Case("entry names", ascii(name), "ARSIP_BERBAHAYA", _named(name.encode(), UTF8_FLAG))
        for name in DANGEROUS_UNICODE
    ),
    Case("entry names", "broken utf-8", "ARSIP_BERBAHAYA", _named(b"T_SAWAL\xff.DBF", UTF8_FLAG)),
    *(
        Case("entry names", f"a {kind}", "ARSIP_BERBAHAYA", _named(b"T_X.DBF", 0, mode << 16))
        for kind, mode in KINDS.items()
    ),
    *(
        Case("entry names", f"DOS attribute {bit:#x}", "ARSIP_BERBAHAYA", _named(b"T_X.DBF", 0, bit))
        for bit in (0x08, 0x10, 0x40, 0x400)
    ),
]

ALIENS = [
    b"BACA.TXT",
    b"setup.exe",
    b"T_GL26.DBF",
    b"T_CTRL.DBF.bak",
    b"T_CTRL",
    b"T_CTRL.DBT",
    b"T_SAWAL.FPT",
    b"T_CTRL.DBF ",
    b" T_CTRL.DBF",
    b"T_CTRL.DBF.",
    b".DBF",
    b"KPPN_KD0150836351609.zip",
    b"KPPN_KD0150836351609.DBF",
    b"KPPN_KD0150836351613.026",
    b"Thumbs.db",
    b"desktop.ini",
]


def _keep(*keys: str):
    def change(draft) -> None:
        for key in set(draft.tables) - set(keys):
            del draft.tables[key]

    return drafted(change)


def _twice(index: int, **changes: object):
    def again(members):
        first = members[index]
        return [*members, ZipMember(first.name.lower() if changes else first.name, first.content)]

    return drafted(lambda draft: draft.members_done.append(again))


def _crowd(count: int):
    more = [ZipMember(f"T_{n}.DBF".encode(), b"x") for n in range(count)]
    return drafted(lambda draft: draft.members_done.append(lambda members: [*members, *more]))


MEMBERS = [
    *(Case("members", f"alien {name!r}", "ISI_TIDAK_SESUAI", _named(name)) for name in ALIENS),
    *(Case("members", f"member {n} twice", "ISI_TIDAK_SESUAI", _twice(n)) for n in range(3)),
    *(
        Case("members", f"member {n} twice, once in small letters", "ISI_TIDAK_SESUAI", _twice(n, lower=True))
        for n in range(3)
    ),
    Case("members", "both names of the main member", "ISI_TIDAK_SESUAI", _named(b"T_GL2600.DBF")),
    Case("members", "two months", "ISI_TIDAK_SESUAI", _named(b"KPPN_KD0150836351608.026")),
    Case("members", "only the control table", "ISI_TIDAK_SESUAI", _keep("control")),
    Case("members", "only the opening balances", "ISI_TIDAK_SESUAI", _keep("opening")),
    Case("members", "no main member", "ISI_TIDAK_SESUAI", _keep("control", "opening")),
    Case("members", "no member at all", "ISI_TIDAK_SESUAI", _keep()),
    Case("members", "no member, but a comment", "ISI_TIDAK_SESUAI", lambda: (UPLOAD, write_zip([], b"halo"))),
    *(Case("members", f"{3 + n} members", "ARSIP_BERBAHAYA", _crowd(n)) for n in (3, 10, 1000)),
    Case("members", "swapped contents", "STRUKTUR_DBF", spoilt(lambda _: _swapped())),
]


def _swapped() -> bytes:
    draft = satker()
    main, control = draft.tables["main"].build(), draft.tables["control"].build()
    return write_zip([ZipMember(MAIN, control), ZipMember(b"T_CTRL.DBF", main)])

"""The zip as a container: check 2 and 3 of the gate. Nothing is ever written to disk.

Reading is bounded: at most MEMBERS_MAX members, EXPANDED_MAX bytes in all, RATIO_MAX times the packed bytes,
and each member is inflated piece by piece up to its announced size, so a lying header cannot make it grow.
"""

import re
import stat
import unicodedata

from isal.isal_zlib import crc32

from adk.formats.findings import Findings, shown
from adk.formats.inflating import OtherBytesError, inflated
from adk.formats.kinds import kind_of
from adk.formats.unpacked import Raw, Unpacked
from adk.formats.zipdirectory import (
    END_MARK,
    LOCAL_MARK,
    SPANNED_MARK,
    UNICODE_PATH_EXTRA,
    BrokenArchiveError,
    Entry,
    read_directory,
    read_entries,
)
from adk.formats.zipspans import OverlapError, data_spans

SIZE_MAX = 50 * 2**20
MEMBERS_MAX = 5
EXPANDED_MAX = 2**30
RATIO_MAX = 200

STORED, DEFLATED, AES = 0, 8, 99
_ENCRYPTED_FLAGS = 0x01 | 0x40 | 0x2000
_DOS_SPECIAL = 0x08 | 0x10 | 0x40 | 0x400  # volume label, folder, device, reparse point
_DEVICE_NAME = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)", re.IGNORECASE)

Members = list[tuple[str, Raw | Unpacked]]


def check_is_zip(content: bytes, findings: Findings) -> None:
    """Refuse what does not begin as a zip, whatever its name says."""
    if content[:4] not in (LOCAL_MARK, END_MARK, SPANNED_MARK):
        kind = kind_of(content)
        if kind:
            findings.refuse("BUKAN_ZIP", hal="jenis", isi=kind)
        else:
            findings.refuse("BUKAN_ZIP")


def read_members(content: bytes, findings: Findings) -> Members:
    """The members by name, in the order of the directory; empty when findings refuse the archive."""
    try:
        directory, tail = read_directory(content)
        if directory.count > MEMBERS_MAX:
            findings.refuse("ARSIP_BERBAHAYA", hal="jumlah", jumlah=directory.count, batas=MEMBERS_MAX)
            return []
        entries = read_entries(content, directory, tail)
        _check_entries(entries, findings)
        if findings.refused:
            return []
        spans = data_spans(content, entries, directory)
    except BrokenArchiveError as broken:
        findings.refuse("ARSIP_RUSAK", hal=str(broken.args[0]))
        return []
    except OverlapError:
        findings.refuse("ARSIP_BERBAHAYA", hal="tumpang")
        return []
    return _unpack_all(content, spans, findings)


def _check_entries(entries: list[Entry], findings: Findings) -> None:
    for entry in entries:
        member = shown(entry.name)
        if entry.flags & _ENCRYPTED_FLAGS or entry.method == AES:
            findings.refuse("ARSIP_TERENKRIPSI", member=member)
        elif entry.method not in (STORED, DEFLATED):
            findings.refuse("ARSIP_RUSAK", member=member, hal="metode", metode=entry.method)
        if reason := _danger(entry):
            findings.refuse("ARSIP_BERBAHAYA", member=member, hal=reason, nama=member)
        if UNICODE_PATH_EXTRA in entry.extra and entry.extra[UNICODE_PATH_EXTRA][5:] != entry.raw_name:
            findings.refuse("ARSIP_RUSAK", member=member, hal="lokal")
        if entry.size > RATIO_MAX * entry.packed:
            findings.refuse("ARSIP_BERBAHAYA", member=member, hal="rasio", batas=RATIO_MAX)
    if sum(entry.size for entry in entries) > EXPANDED_MAX:
        findings.refuse("ARSIP_BERBAHAYA", hal="besar", batas=EXPANDED_MAX // 2**20)


def _danger(entry: Entry) -> str | None:
    """Why an entry's name or kind is dangerous: `nama`, `folder` or `tautan`; None when it is not."""
    name = entry.name
    if not name or any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in name) or "\\x" in name:
        return "nama"
    kind = stat.S_IFMT(entry.attributes >> 16)
    if kind == stat.S_IFDIR or name.endswith(("/", "\\")):
        return "folder"
    if kind not in (0, stat.S_IFREG) or entry.attributes & _DOS_SPECIAL:
        return "tautan"
    if any(c in name for c in "/\\:") or name in (".", "..") or _DEVICE_NAME.match(name):
        return "folder"
    return None


def _unpack_all(content: bytes, spans: list[tuple[Entry, int]], findings: Findings) -> Members:
    members: Members = []
    for entry, start in spans:
        unpacked = _unpack(memoryview(content)[start : start + entry.packed], entry)
        if unpacked is None:
            findings.refuse("ARSIP_RUSAK", member=shown(entry.name), hal="crc", nama=shown(entry.name))
        else:
            members.append((entry.name, unpacked))
    return [] if findings.refused else members


def _unpack(packed: memoryview, entry: Entry) -> Raw | Unpacked | None:
    """The bytes of a member, or None when they are not as long as announced or their CRC is another."""
    if entry.method == STORED:
        return packed if entry.size == entry.packed and crc32(packed) == entry.crc else None
    try:
        return Unpacked(entry.size, lambda: inflated(packed, entry.size, entry.crc))
    except OtherBytesError:
        return None

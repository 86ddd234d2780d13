"""Mistakes in the file and its zip: empty, foreign, broken, locked and dangerous archives."""

import struct
from collections.abc import Callable
from dataclasses import replace
from random import Random

from adk.formats.container import EXPANDED_MAX, MEMBERS_MAX, RATIO_MAX, SIZE_MAX
from adk.formats.drafts import Draft, Members
from adk.formats.zipdirectory import CENTRAL_MARK, LOCAL_MARK
from adk.formats.zipwriting import ZipMember

Spoil = Callable[[Draft], None]
_SYMLINK, _DEVICE, _FOLDER = 0o120777 << 16, 0o020666 << 16, 0o040755 << 16
_BZIP2, _AES = 12, 99


def on_bytes(change: Callable[[bytes], bytes]) -> Spoil:
    """A mistake that changes the finished file."""

    def spoil(draft: Draft) -> None:
        draft.bytes_done.append(change)

    return spoil


def on_members(change: Callable[[Members], Members]) -> Spoil:
    """A mistake that changes the list of members before it is packed."""

    def spoil(draft: Draft) -> None:
        draft.members_done.append(change)

    return spoil


def on_first(**changes: object) -> Spoil:
    """A mistake in how the first member is packed."""
    return on_members(lambda members: [replace(members[0], **changes), *members[1:]])  # type: ignore[arg-type]


def _add(name: bytes, **options: int) -> Spoil:
    return on_members(lambda members: [*members, ZipMember(name, b"x", **options)])  # type: ignore[arg-type]


def _patch(mark: bytes, offset: int, change: Callable[[bytes], bytes], width: int) -> Spoil:
    """Change `width` bytes at `offset` in the first header that begins with `mark`."""

    def patch(content: bytes) -> bytes:
        at = content.index(mark) + offset
        return content[:at] + change(content[at : at + width]) + content[at + width :]

    return on_bytes(patch)


def _flip(raw: bytes) -> bytes:
    return bytes(byte ^ 1 for byte in raw)


def _overlap(content: bytes) -> bytes:
    """Let the second directory entry point at the first member."""
    at = content.index(CENTRAL_MARK, content.index(CENTRAL_MARK) + 1)
    return content[: at + 42] + struct.pack("<I", 0) + content[at + 46 :]


def _gap(content: bytes) -> bytes:
    """Foreign bytes between the last member and the directory, with the end record's offset moved along."""
    at = content.index(CENTRAL_MARK)
    offset = struct.unpack_from("<I", content, len(content) - 6)[0] + 4
    return content[:at] + b"sisa" + content[at:-6] + struct.pack("<I", offset) + content[-2:]


def _bomb(members: Members) -> Members:
    return [*members, ZipMember(b"T_SAWAL.DBF", bytes(20 * 2**20))]


def _huge(members: Members) -> Members:
    noise = Random(1).randbytes(EXPANDED_MAX // RATIO_MAX + 2**16)  # noqa: S311 - filler, not a secret
    return [*members, ZipMember(b"T_SAWAL.DBF", noise, claimed_size=EXPANDED_MAX)]


def _many(members: Members) -> Members:
    return [*members, *(ZipMember(f"A{n}.DBF".encode(), b"x") for n in range(MEMBERS_MAX))]


def _too_short_claim(members: Members) -> Members:
    return [replace(members[0], claimed_size=len(members[0].content) - 1), *members[1:]]


def _crc(content: bytes) -> bytes:
    """Change the CRC in both headers of the first member alike."""
    for mark, offset in ((LOCAL_MARK, 14), (CENTRAL_MARK, 16)):
        at = content.index(mark) + offset
        content = content[:at] + _flip(content[at : at + 1]) + content[at + 1 :]
    return content


ARCHIVE: dict[str, tuple[str, Spoil]] = {
    "kosong_nol_byte": ("UKURAN_NOL", on_bytes(lambda _: b"")),
    "terlalu_besar": ("TOLAK_UKURAN", on_bytes(lambda content: content + bytes(SIZE_MAX))),
    "bukan_zip": ("BUKAN_ZIP", on_bytes(lambda _: b"%PDF-1.4 bukan ADK")),
    "awalan_asing": ("BUKAN_ZIP", on_bytes(lambda content: b"MZ" + content)),
    "terpotong": ("ARSIP_RUSAK", on_bytes(lambda content: content[: len(content) // 2])),
    "ekor_asing": ("ARSIP_RUSAK", on_bytes(lambda content: content + b"ekor")),
    "celah": ("ARSIP_RUSAK", on_bytes(_gap)),
    "nama_lokal_lain": ("ARSIP_RUSAK", _patch(LOCAL_MARK, 30, _flip, 1)),
    "crc_salah": ("ARSIP_RUSAK", on_bytes(_crc)),
    "ukuran_bohong": ("ARSIP_RUSAK", on_members(_too_short_claim)),
    "metode_bzip2": ("ARSIP_RUSAK", on_first(method=_BZIP2)),
    "kata_sandi": ("ARSIP_TERENKRIPSI", on_first(flags=1)),
    "kata_sandi_aes": ("ARSIP_TERENKRIPSI", on_first(method=_AES)),
    "tumpang_tindih": ("ARSIP_BERBAHAYA", on_bytes(_overlap)),
    "bom_rasio": ("ARSIP_BERBAHAYA", on_members(_bomb)),
    "bom_besar": ("ARSIP_BERBAHAYA", on_members(_huge)),
    "enam_berkas": ("ARSIP_BERBAHAYA", on_members(_many)),
    "folder": ("ARSIP_BERBAHAYA", _add(b"folder/", attributes=_FOLDER)),
    "dalam_folder": ("ARSIP_BERBAHAYA", _add(b"krm/T_SAWAL.DBF")),
    "alamat_mutlak": ("ARSIP_BERBAHAYA", _add(b"/etc/passwd")),
    "alamat_induk": ("ARSIP_BERBAHAYA", _add(b"..\\T_SAWAL.DBF")),
    "huruf_kandar": ("ARSIP_BERBAHAYA", _add(b"C:T_SAWAL.DBF")),
    "tautan": ("ARSIP_BERBAHAYA", _add(b"T_SAWAL.DBF", attributes=_SYMLINK)),
    "perangkat": ("ARSIP_BERBAHAYA", _add(b"T_SAWAL.DBF", attributes=_DEVICE)),
    "nama_perangkat": ("ARSIP_BERBAHAYA", _add(b"NUL.DBF")),
    "nama_kendali": ("ARSIP_BERBAHAYA", _add(b"T_SAWAL\x07.DBF")),
    "berkas_asing": ("ISI_TIDAK_SESUAI", _add(b"BACA.TXT")),
    "berkas_ganda": ("ISI_TIDAK_SESUAI", on_members(lambda members: [*members, members[0]])),
    "tanpa_berkas_utama": ("ISI_TIDAK_SESUAI", on_members(lambda members: members[1:])),
    "zip_kosong": ("ISI_TIDAK_SESUAI", on_members(lambda _: [])),
}

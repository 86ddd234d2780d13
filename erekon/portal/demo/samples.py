"""ADKs for the visitor to upload: green, red, one with a wrong row, one of a wrong month, one broken."""

from pathlib import Path

from accounts.models import Satker
from erekon.portal.demo.story import VISITOR
from erekon.portal.demo.timeline import Timeline
from erekon.portal.making.adk import satker_adk


def write_samples(folder: Path, timeline: Timeline) -> list[tuple[Path, str]]:
    """Write the files and say of each what will happen to it, in Indonesian."""
    satker = Satker.objects.select_related("eselon_satu").get(pk=VISITOR)
    year, month = timeline.year, timeline.month
    other = month - 1 if month > timeline.first_month else month + 1
    made = (
        ("hijau.zip", month, (), "semua sama, menunggu persetujuan KPPN"),
        ("merah.zip", month, ("sp2d_hilang", "angka_tertukar"), "ada selisih yang harus dijelaskan"),
        ("isi-salah.zip", month, ("rupiah_pecahan",), "ditolak: satu baris bukan rupiah bulat"),
        ("bulan-salah.zip", other, (), "ditahan sebelum terkirim: bulan berkas bukan bulan yang dipilih"),
        ("rusak.zip", month, ("terpotong",), "ditahan sebelum terkirim: arsip rusak"),
    )
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, of_month, mistakes, meaning in made:
        _, content = satker_adk(satker, year, of_month, mistakes=mistakes)
        (folder / name).write_bytes(content)
        written.append((folder / name, meaning))
    return written

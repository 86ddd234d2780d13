"""The invented offices and satkers of the demo. Only Kanwil, bagian anggaran, eselon I and lokasi are real."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoKppn:
    """An invented KPPN under a real Kanwil; its code stands in no public list."""

    code: str
    name: str
    kanwil: str
    letter_code: str
    address: str
    wilayah: str


@dataclass(frozen=True)
class DemoSatker:
    """An invented satker of the demo; `scale` is its monthly salary in million rupiah."""

    code: str
    name: str
    ba: str
    es1: str
    kppn: str
    lokasi: str
    kewenangan: str = "KD"
    scale: int = 400


TIRTASARI = DemoKppn("912", "KPPN Tirtasari (rekaan)", "07", "12", "Jalan Melati 7, Tirtasari", "1203")
GIRILAYA = DemoKppn("913", "KPPN Girilaya (rekaan)", "14", "13", "Jalan Kenanga 21, Girilaya", "0402")
KPPNS = (TIRTASARI, GIRILAYA)

_TREASURY = ("015", "08")
_TAXES = ("015", "04")
_HEALTH = ("024", "04")
_SECRETARIAT = ("024", "01")

SATKERS = (
    DemoSatker("990101", "Balai Diklat Keuangan Tirtasari", *_TREASURY, "912", "12", scale=310),
    DemoSatker("990102", "Kantor Pelayanan Perbendaharaan Tirtasari", *_TREASURY, "912", "12", "KD", 420),
    DemoSatker("990103", "Kantor Pengolahan Data Perbendaharaan", *_TREASURY, "912", "12", scale=260),
    DemoSatker("990104", "KPP Pratama Tirtasari", *_TAXES, "912", "12", scale=980),
    DemoSatker("990105", "KPP Pratama Sukamakmur", *_TAXES, "912", "12", scale=870),
    DemoSatker("990106", "Kantor Penyuluhan Pajak Tirtasari", *_TAXES, "912", "12", scale=190),
    DemoSatker("990201", "RSUP Bunga Tirta", *_HEALTH, "912", "12", scale=2400),
    DemoSatker("990202", "Balai Kesehatan Paru Tirtasari", *_HEALTH, "912", "12", scale=640),
    DemoSatker("990203", "Balai Laboratorium Kesehatan Tirtasari", *_HEALTH, "912", "12", scale=530),
    DemoSatker("990204", "Kantor Kesehatan Pelabuhan Tirtasari", *_SECRETARIAT, "912", "12", scale=450),
    DemoSatker("990205", "Dinas Kesehatan Provinsi (dekonsentrasi)", *_SECRETARIAT, "912", "12", "DK", 150),
    DemoSatker(
        "990206", "Dinas Kesehatan Kabupaten (tugas pembantuan)", *_SECRETARIAT, "912", "12", "TP", 120
    ),
    DemoSatker("990207", "Balai Pelatihan Kesehatan Tirtasari", *_SECRETARIAT, "912", "12", scale=380),
    DemoSatker("990301", "Balai Kesehatan Mata Girilaya", *_HEALTH, "913", "04", scale=360),
)


def satkers_of(kppn: str) -> list[DemoSatker]:
    """The demo's satkers of one KPPN."""
    return [satker for satker in SATKERS if satker.kppn == kppn]

"""The invented people of the demo, one row per role, with fresh passwords and PINs."""

import secrets
from dataclasses import dataclass
from itertools import count

from accounts.roles import BY_CODE, SIGNING_ROLES
from bar.signing.pins import weaknesses
from erekon.portal.demo.places import GIRILAYA, KPPNS, SATKERS, TIRTASARI

_FIRST = (
    *("Siti", "Budi", "Ratna", "Agus", "Dewi", "Eko", "Nur", "Hendra", "Sri", "Yusuf", "Maria", "Wayan"),
    *("Putri", "Rahmat", "Indah", "Joko", "Lestari", "Taufik", "Fitri", "Bambang", "Ayu", "Slamet"),
)
_LAST = (
    *("Rahayu", "Santoso", "Wulandari", "Setiawan", "Lubis", "Siregar", "Hidayat", "Permana", "Manurung"),
    *("Kusuma", "Saputra", "Handayani", "Nasution", "Pratama", "Utami", "Wibowo", "Simanjuntak"),
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Person:
    """One person with one role: as the import and the sign-in page's list take it."""

    username: str
    name: str
    nip: str
    role: str
    place: str
    place_name: str
    password: str
    pin: str

    @property
    def email(self) -> str:
        """An address at a domain that can never exist."""
        return f"{self.username}@erekon.example"

    @property
    def role_label(self) -> str:
        """What the screen calls the role."""
        return BY_CODE[self.role].label


def new_password() -> str:
    """One password for all people of one demo, made once: easy to type, different on every machine."""
    return "Demo-" + "".join(secrets.choice(_LETTERS) for _ in range(8))


def _new_pin(nip: str) -> str:
    while True:
        pin = f"{secrets.randbelow(10**6):06d}"
        if not weaknesses(pin, nip):
            return pin


def _nip(number: int) -> str:
    """An invented NIP: born, appointed, sex, number in the series."""
    born = f"{1970 + number % 25}{1 + number % 12:02d}{1 + number * 7 % 28:02d}"
    return f"{born}{2000 + number % 18}{1 + number * 5 % 12:02d}{1 + number % 2}{number:03d}"


def cast(password: str) -> list[Person]:
    """Everybody: operator and KPA of each satker, the offices' people, and one of every other role."""
    wanted = [
        *((role, satker.code, satker.name) for satker in SATKERS for role in ("OPERATOR_SATKER", "KPA")),
        *(
            (role, kppn.code, kppn.name)
            for kppn in KPPNS
            for role in ("VERA", "KASI_VERA", "SUPERVISOR_KPPN", "KEPALA_KPPN", "ADMIN_KPPN")
        ),
        ("KANWIL", TIRTASARI.kanwil, "Kanwil DJPb Provinsi Lampung"),
        ("KANWIL", GIRILAYA.kanwil, "Kanwil DJPb Provinsi Daerah Istimewa Yogyakarta"),
        ("DJPB", "", "Kantor Pusat DJPb"),
        ("UAPPA_W", "0240412", "Ditjen Pelayanan Kesehatan, Lampung"),
        ("UAPPA_E1", "01508", "Ditjen Perbendaharaan"),
        ("UAPA", "024", "Kementerian Kesehatan"),
        ("ADMIN_PUSAT", "", "Pusat"),
        ("ADMIN_LOKAL", SATKERS[0].code, SATKERS[0].name),
    ]
    numbers = count(1)
    return [_person(next(numbers), role, place, name, password) for role, place, name in wanted]


def _person(number: int, role: str, place: str, place_name: str, password: str) -> Person:
    nip = _nip(number)
    prefix = {"OPERATOR_SATKER": "oprsatker", "KPA": "kpasatker"}.get(role)
    return Person(
        username=prefix + place if prefix else nip,
        name=f"{_FIRST[number % len(_FIRST)]} {_LAST[number * 3 % len(_LAST)]}",
        nip=nip,
        role=role,
        place=place,
        place_name=place_name,
        password=password,
        pin=_new_pin(nip) if role in SIGNING_ROLES else "",
    )

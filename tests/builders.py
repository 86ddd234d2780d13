"""The named cast of the tests, their places and periods. A stranger of another KPPN belongs in every test."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

from accounts.models import (
    Assignment,
    BagianAnggaran,
    EselonSatu,
    Kanwil,
    Kppn,
    Lokasi,
    Satker,
    User,
)
from reconciliation.models import Period
from reconciliation.services.periods import set_period

PASSWORD = "Sandi-Bersama-Uji"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FAR_OFF = datetime(2099, 12, 31, tzinfo=UTC)

_numbers = count(1)


@cache
def password_hash(password: str = PASSWORD) -> str:
    """The hash of a password, worked out once per test process: argon2 is slow on purpose."""
    return make_password(password)


@dataclass(frozen=True)
class Places:
    """Two satkers of KPPN 116 (`satker`, `neighbour`) and one of a KPPN and Kanwil far away (`far`)."""

    kppn: Kppn
    far_kppn: Kppn
    satker: Satker
    neighbour: Satker
    far: Satker


def make_satker(
    code: str, kppn: Kppn, *, ba: str = "015", es1: str = "08", lokasi: str = "12", **fields
) -> Satker:
    """A satker with whatever bagian anggaran, eselon I and lokasi it needs."""
    section, _ = BagianAnggaran.objects.get_or_create(code=ba, defaults={"name": f"BA {ba}"})
    unit, _ = EselonSatu.objects.get_or_create(ba=section, code=es1, defaults={"name": f"Eselon {ba}.{es1}"})
    province, _ = Lokasi.objects.get_or_create(code=lokasi, defaults={"name": f"Lokasi {lokasi}"})
    given = {"name": f"Kantor {code}", "kewenangan": "KD", **fields}
    return Satker.objects.create(code=code, kppn=kppn, ba=section, eselon_satu=unit, lokasi=province, **given)


def make_places() -> Places:
    """Kanwil 07 with KPPN 116 and two satkers; Kanwil 25 with KPPN 156 and one."""
    lampung = Kanwil.objects.create(code="07", name="Kanwil Lampung")
    tenggara = Kanwil.objects.create(code="25", name="Kanwil Sulawesi Tenggara", timezone="Asia/Makassar")
    kppn = Kppn.objects.create(code="116", name="KPPN Kotabumi", kanwil=lampung, letter_code="03")
    far_kppn = Kppn.objects.create(code="156", name="KPPN Kolaka", kanwil=tenggara, letter_code="04")
    return Places(
        kppn=kppn,
        far_kppn=far_kppn,
        satker=make_satker("503202", kppn),
        neighbour=make_satker("441905", kppn, ba="024", es1="01"),
        far=make_satker("627898", far_kppn, lokasi="20"),
    )


def make_user(role: str, place: str = "", *, username: str = "", name: str = "", nip: str = "") -> User:
    """A user with one assignment since long ago; the password is PASSWORD."""
    number = next(_numbers)
    nip = nip or f"1980010120050{number:05d}"
    user = User.objects.create(
        username=username or nip,
        name=name or f"{role} {place} {number}".strip(),
        nip=nip,
        email=f"orang{number}@contoh.go.id",
        password=password_hash(),
    )
    assign(user, role, place)
    return user


def assign(user: User, role: str, place: str = "", **fields) -> Assignment:
    """One more role for a user, since long ago unless told."""
    return Assignment.objects.create(user=user, role=role, place=place, **{"valid_from": LONG_AGO, **fields})


def make_period(year: int = 2026, month: int = 9, **instants: datetime) -> Period:
    """A period that is open as long as anybody lives, with the cases of the satkers that stand."""
    schedule = {
        "opens_at": LONG_AGO,
        "closes_at": FAR_OFF,
        "on_time_until": FAR_OFF,
        "sanction_from": FAR_OFF,
    }
    return set_period(
        year=year,
        month=month,
        letter_number=f"S-{month}/PB.6/{year}",
        letter_date=date(year, 1, 5),
        **{**schedule, **instants},
    )


@dataclass(frozen=True)
class Cast:
    """One KPPN's people, and strangers of another KPPN in another Kanwil."""

    places: Places
    operator: User
    kpa: User
    vera: User
    kasi_vera: User
    supervisor: User
    stranger_operator: User
    stranger_kpa: User
    stranger_vera: User
    stranger_kasi_vera: User


def make_cast() -> Cast:
    """Places and people; everybody's password is PASSWORD."""
    places = make_places()
    satker, kppn, far, far_kppn = "503202", "116", "627898", "156"
    return Cast(
        places=places,
        operator=make_user("OPERATOR_SATKER", satker, username="oprsatker503202"),
        kpa=make_user("KPA", satker),
        vera=make_user("VERA", kppn),
        kasi_vera=make_user("KASI_VERA", kppn),
        supervisor=make_user("SUPERVISOR_KPPN", kppn),
        stranger_operator=make_user("OPERATOR_SATKER", far, username="oprsatker627898"),
        stranger_kpa=make_user("KPA", far),
        stranger_vera=make_user("VERA", far_kppn),
        stranger_kasi_vera=make_user("KASI_VERA", far_kppn),
    )

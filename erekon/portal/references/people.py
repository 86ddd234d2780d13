"""Users and their roles: one row per role, the person's own columns repeat."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Assignment, BagianAnggaran, Kanwil, Kppn, Lokasi, Satker, User
from accounts.roles import BY_CODE, ROLES, PlaceKind
from bar.services.pins import set_pin
from erekon.portal.references.columns import Column, choice, email, pattern, text
from erekon.portal.references.kinds import BATCH, Kind, Load
from erekon.portal.references.offices import PUSAT, ensure_pusat
from erekon.portal.references.plain import NAME
from erekon.portal.references.reading import Row
from erekon.portal.references.satkers import units

# So early that what happened before the import is judged by these assignments too.
SINCE = datetime(2000, 1, 1, tzinfo=UTC)
PERSON = ("name", "nip", "email", "password", "pin")
OWN = ("name", "nip", "email")

PlaceTest = Callable[[str], bool]


def _load(load: Load) -> int:
    if any(row["place"] == PUSAT for row in load.sheet.rows):
        ensure_pusat()
    known = _known_places()
    first: dict[str, Row] = {}
    for row in load.sheet.rows:
        _compare(load, row, first.setdefault(row["username"], row))
        if not known[BY_CODE[row["role"]].place](row["place"]):
            load.bad(row, "place", f"“{row['place']}” bukan tempat yang dikenal untuk peran {row['role']}")
    _save_users(load, first)
    users = User.objects.in_bulk(list(first), field_name="username")
    _save_assignments(load, users)
    for username, pin in load.pins.items():
        set_pin(user=users[username], pin=pin, now=load.now, check_strength=False)
    return len(load.sheet.rows)


def _known_places() -> dict[PlaceKind, PlaceTest]:
    satkers = set(Satker.objects.values_list("code", flat=True))
    kppns = set(Kppn.objects.values_list("code", flat=True))
    kanwils = set(Kanwil.objects.values_list("code", flat=True))
    sections = set(BagianAnggaran.objects.values_list("code", flat=True))
    provinces = set(Lokasi.objects.values_list("code", flat=True))
    es1 = {ba + code for ba, code in units()}
    return {
        PlaceKind.SATKER: satkers.__contains__,
        PlaceKind.KPPN: kppns.__contains__,
        PlaceKind.KANWIL: kanwils.__contains__,
        PlaceKind.NATIONAL: lambda place: not place,
        PlaceKind.BA: sections.__contains__,
        PlaceKind.BA_ES1: es1.__contains__,
        PlaceKind.BA_ES1_LOKASI: lambda place: place[:5] in es1 and place[5:] in provinces,
    }


def _compare(load: Load, row: Row, first: Row) -> None:
    for column in PERSON:
        if row.values.get(column) != first.values.get(column):
            load.bad(row, column, f"berbeda dari baris {first.line} untuk {row['username']}")


def _save_users(load: Load, first: dict[str, Row]) -> None:
    standing = User.objects.in_bulk(list(first), field_name="username")
    new, changed = [], []
    for username, row in first.items():
        fields: dict[str, Any] = {name: row[name] for name in OWN}
        user = standing.get(username)
        if user is None:
            hashed = load.passwords.get(username) or make_password(None)
            new.append(User(username=username, password=hashed, **fields))
            continue
        if username in load.passwords:
            fields["password"] = load.passwords[username]
        if any(getattr(user, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(user, name, value)
            changed.append(user)
    User.objects.bulk_create(new, batch_size=BATCH)
    User.objects.bulk_update(changed, [*OWN, "password"], batch_size=BATCH)


def _save_assignments(load: Load, users: dict[str, User]) -> None:
    # One that an administrator ended since stays ended; one open under another date is the same role.
    standing = set(
        Assignment.objects.filter(user__in=users.values()).values_list("user_id", "role", "place")
        if len(users) < BATCH
        else Assignment.objects.values_list("user_id", "role", "place")
    )
    wanted = {(users[row["username"]].pk, row["role"], row["place"]): None for row in load.sheet.rows}
    Assignment.objects.bulk_create(
        [
            Assignment(user_id=user, role=role, place=place, valid_from=SINCE)
            for user, role, place in wanted
            if (user, role, place) not in standing
        ],
        batch_size=BATCH,
    )


PENGGUNA = Kind(
    "pengguna.csv",
    (
        Column("username", pattern(r"[0-9A-Za-z._/-]{3,40}", "nama pengguna 3–40 huruf atau angka")),
        NAME,
        Column("nip", pattern(r"[0-9A-Za-z/.-]{4,20}", "NIP, NRP atau NIK")),
        Column("email", email),
        Column("role", choice(*(role.code for role in ROLES))),
        Column("place", text(10), blank=True),
        Column("password", text(128), optional=True, blank=True, exact=True),
        Column("pin", pattern("[0-9]{6}", "6 angka"), optional=True, blank=True),
    ),
    _load,
)

"""Three satkers, each with everything the portal keeps of one, and marked so that a line of one is known anywhere.

`own` and `same` are satkers of KPPN 116, `other` is one of KPPN 156 in another Kanwil. September of each is signed
by both sides with a reset asked for; October is compared, explained and waits for Vera.
"""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.db import connection

from accounts.models import Satker, User
from adk.formats.writing import write_satker_adk, write_treasury_adk
from adk.models import HalfSent, TreasuryIntake, Upload
from bar.models import Bar, ResetRequest
from bar.services.pins import set_pin
from erekon.lib import clock
from reconciliation.models import Evidence, Reconciliation
from tests.builders import make_period, make_places, make_user
from tests.evidence_files import pdf
from tests.story import API, LEDGER_DAY, PIN, client_of, expect, named_file, process_all, shared_rows

Objects = dict[str, Any]
MONTHS = (9, 10)
ELEMENT, AKUN = "BLJ", "521211"


@dataclass(frozen=True)
class Beast:
    """One satker: its word, in which every text about it is written, and its own digit, in every number."""

    word: str
    code: str
    ba: str
    es1: str
    lokasi: str
    kppn: str
    digit: int
    people: dict[str, User] = field(default_factory=dict)

    @property
    def amount(self) -> int:
        """The treasury's second SP2D; the satker books 90.000 less."""
        return 7_531_357 + self.digit * 1_111

    @property
    def document(self) -> str:
        """How its document numbers begin."""
        return f"86{self.digit}{self.digit}597"

    def rows(self, september: int) -> list[dict[str, object]]:
        """The rows of the story, with amounts, numbers and province of this satker."""
        rows = shared_rows(september)
        for number, row in enumerate(rows, 1):
            row |= {"KDWILAYAH": f"{self.lokasi}03", "NODOK1": f"{self.document}{number:08d}"}
        return rows

    def satker_file(self, month: int) -> tuple[str, bytes]:
        """The ADK of the satker."""
        rows = [
            {**row, "PERKSAI": row.pop("_gl", ""), "PERIODE": str(row["TGLDOK1"])[4:6]}
            for row in self.rows(self.amount - 90_000)
        ]
        place = {"ba": self.ba, "es1": self.es1, "satker": self.code, "kppn": self.kppn, "kewenangan": "KD"}
        return write_satker_adk(rows, month=month, year=2026, **place)

    def treasury_rows(self) -> list[dict[str, object]]:
        """The same side of the treasury."""
        given = {"KDBAES1": self.ba + self.es1, "KDSATKER": self.code, "KDDEKON": "KD"}
        return [{**row, **given, "PERKSAU": row.pop("_gl", "")} for row in self.rows(self.amount)]


BEASTS = {
    "own": Beast("Walabi", "503202", "015", "08", "12", "116", 1),
    "same": Beast("Trenggiling", "441905", "024", "01", "12", "116", 2),
    "other": Beast("Kasuari", "627898", "015", "08", "20", "156", 3),
}
OFFICES = {"VERA": "vera", "KASI_VERA": "kasi_vera", "SUPERVISOR_KPPN": "supervisor", "KEPALA_KPPN": "kepala"}


@dataclass
class Menagerie:
    """The three satkers and the people of their two KPPN.

    `objects`: what addresses name of each satker and month. Looked up once: whatever is asked is undone.
    """

    offices: dict[str, dict[str, User]]
    marks: dict[str, set[str]] = field(default_factory=dict)
    objects: dict[tuple[str, int], Objects] = field(default_factory=dict)

    def case(self, which: str, month: int) -> Reconciliation:
        """The case of one of the three."""
        return Reconciliation.objects.get(satker=BEASTS[which].code, period__month=month)


def settle() -> Menagerie:
    """Build it all, by the addresses that people use."""
    _number_from_far_off()
    make_places()
    for beast in BEASTS.values():
        Satker.objects.filter(pk=beast.code).update(name=f"Balai {beast.word}")
        for role, name in (("OPERATOR_SATKER", "operator"), ("KPA", "kpa")):
            beast.people[name] = make_user(role, beast.code, name=f"{name} {beast.word}".title())
    world = Menagerie(
        {
            kppn: {
                name: make_user(role, kppn, name=f"{name} {kppn}".title()) for role, name in OFFICES.items()
            }
            for kppn in ("116", "156")
        }
    )
    for month in MONTHS:
        make_period(month=month)
    signers = [
        *(beast.people["kpa"] for beast in BEASTS.values()),
        *(office["kasi_vera"] for office in world.offices.values()),
    ]
    for signer in signers:
        set_pin(user=signer, pin=PIN, now=clock.now())
    _send_treasury(world)
    for which, month in product(BEASTS, MONTHS):
        _compare(world, which, month)
    for which in BEASTS:
        _sign(world, which)
        _ask_reset(which, world)
        _half_send(which)
        world.marks[which] = _marks(world, which)
    world.objects = {each: _objects(world, *each) for each in product(BEASTS, MONTHS)}
    return world


def _number_from_far_off() -> None:
    """Six digits for every number that addresses name, each kind its own: a number met anywhere tells what it is."""
    for start, model in enumerate(
        (Reconciliation, Upload, HalfSent, TreasuryIntake, ResetRequest, Evidence, Bar), 61
    ):
        with connection.cursor() as cursor:
            table = model._meta.db_table
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start * 10_000]
                )
            else:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table}"', start * 10_000]
                )


def _send_treasury(world: Menagerie) -> None:
    for kppn, people in world.offices.items():
        rows = [row for beast in BEASTS.values() if beast.kppn == kppn for row in beast.treasury_rows()]
        name, content = write_treasury_adk(rows, kppn=kppn, date=LEDGER_DAY)
        form = {"file": named_file(name, content)}
        expect(client_of(people["supervisor"]).post(f"{API}/treasury/", form, format="multipart"), 202)
    process_all()


def _compare(world: Menagerie, which: str, month: int) -> None:
    beast = BEASTS[which]
    operator, vera = client_of(beast.people["operator"]), client_of(world.offices[beast.kppn]["vera"])
    form = {"file": named_file(*beast.satker_file(month)), "period": f"2026-{month:02d}"}
    expect(operator.post(f"{API}/adk/", form, format="multipart"), 202)
    process_all()
    case = world.case(which, month)
    assert case.stage == "PERSETUJUAN_BAR", (which, month, case.stage)
    path = f"{API}/cases/{case.pk}/explanations/{ELEMENT}/{AKUN}/"
    words = {
        "location": "SIAP",
        "reason": "SALAH_SIAP",
        "text": f"Menunggu koreksi SP2D milik {beast.word}.",
    }
    expect(operator.put(path, words, format="json"), 200)
    scan = named_file(f"bukti-{beast.word}.pdf", pdf(f"Surat {beast.word}"))
    expect(operator.post(f"{path}evidence/", {"file": scan}, format="multipart"), 201)
    expect(vera.post(f"{path}messages/", {"text": f"Tolong lengkapi, {beast.word}."}, format="json"), 201)


def _sign(world: Menagerie, which: str) -> None:
    beast, case = BEASTS[which], world.case(which, 9)
    office, path = world.offices[beast.kppn], f"{API}/cases/{case.pk}"
    vera = client_of(office["vera"])
    expect(vera.post(f"{path}/explanations/{ELEMENT}/{AKUN}/accept/", {}, format="json"), 200)
    case.refresh_from_db()
    expect(vera.post(f"{path}/approve/", {"content_hash": case.content_hash}, format="json"), 200)
    for signer in (beast.people["kpa"], office["kasi_vera"]):
        page = expect(client_of(signer).get(f"{path}/signing/"), 200)
        body = {"pin": PIN, "content_hash": page["content_hash"], "nonce": page["nonce"]}
        expect(client_of(signer).post(f"{path}/sign/", body, format="json"), 200)


def _ask_reset(which: str, world: Menagerie) -> None:
    beast = BEASTS[which]
    form: dict[str, Any] = {
        "letter_number": f"S-12/{beast.word}/2026",
        "letter_date": "2026-10-05",
        "reason": f"Data belanja {beast.word} keliru.",
        "scan": named_file(f"surat-{beast.word}.pdf", pdf(f"Surat {beast.word}")),
    }
    path = f"{API}/cases/{world.case(which, 9).pk}/reset-requests/"
    expect(client_of(beast.people["operator"]).post(path, form, format="multipart"), 201)


def _half_send(which: str) -> None:
    beast = BEASTS[which]
    HalfSent.objects.create(
        user=beast.people["operator"],
        satker=Satker.objects.get(pk=beast.code),
        period="2026-10",
        filename=f"setengah-{beast.word}.zip",
        size=3,
        sha256=str(beast.digit) * 64,
        started_at=clock.now(),
    )


def _marks(world: Menagerie, which: str) -> set[str]:
    """Every text by which something of this satker is known; all but its bare code, which an address may carry."""
    beast = BEASTS[which]
    bar = Bar.objects.get(case=world.case(which, 9))
    amounts = {beast.amount, beast.amount - 90_000, 12_000_000 + beast.amount, 11_910_000 + beast.amount}
    dotted = {f"{one:,}".replace(",", ".") for one in amounts}
    hashes = {bar.sealed, bar.content_hash, bar.verify_id}
    hashes |= set(Upload.objects.filter(case__satker=beast.code).values_list("sha256", flat=True))
    cases = Reconciliation.objects.filter(satker=beast.code)
    hashes |= {str(pk) for pk in cases.values_list("pk", flat=True)}
    hashes |= {str(pk) for pk in Upload.objects.filter(case__in=cases).values_list("pk", flat=True)}
    nips = {person.nip for person in beast.people.values()}
    documents = {f"{beast.document}{number:08d}" for number in range(1, 7)}
    nips |= {f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" for nip in nips}
    return {beast.word, *documents, bar.number, *nips, *dotted, *map(str, amounts), *hashes} - {""}


def objects_of(world: Menagerie, which: str, month: int) -> Objects:
    """What an address may name of one of the three: by the name of the argument, or of the address."""
    return dict(world.objects[which, month])


def _objects(world: Menagerie, which: str, month: int) -> Objects:
    beast, case = BEASTS[which], world.case(which, month)
    return {
        "case": case.pk,
        "upload": Upload.objects.filter(case=case).latest("pk").pk,
        "half": HalfSent.objects.get(satker=beast.code).pk,
        "intake": TreasuryIntake.objects.get(kppn=beast.kppn).pk,
        "reset": ResetRequest.objects.get(case__satker=beast.code).pk,
        "evidence": Evidence.objects.filter(case=case).latest("pk").pk,
        "verify_id": Bar.objects.get(case__satker=beast.code).verify_id,
        "satker": beast.code,
        "kppn": beast.kppn,
        "period": f"2026-{month:02d}",
        "element": ELEMENT,
        "akun": AKUN,
        "bendahara": "PENGELUARAN",
        "number": 0,
    }


def nothing_of(objects: Objects) -> Objects:
    """The same, with numbers and codes that nobody has."""
    gone = dict.fromkeys(("case", "upload", "half", "intake", "reset", "evidence"), 987654)
    return {**objects, **gone, "satker": "999999", "kppn": "999", "verify_id": "7" * 26}

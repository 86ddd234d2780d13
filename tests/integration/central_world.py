"""A month of Rekonsiliasi Terpusat: satker 990001 answers for the taxes of BA+ES1 015.04, at 183 or PUSAT.

Its own books at KPPN 116 have one SP2D of 1.000.000. Satker 990002 of KPPN 156, far away, received
5.000.000 of taxes (411121) and 300.000 of its own (425131), both through KPPN 183.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Kppn, User
from adk.formats.writing import write_satker_adk, write_treasury_adk
from bar.services.pins import set_pin
from erekon.lib import clock
from erekon.portal.references.offices import ensure_pusat
from reconciliation.models import Reconciliation, Terpusat
from tests.builders import make_cast, make_period, make_satker, make_user
from tests.story import API, PIN, client_of, expect, named_file, process_all

CENTRAL, ORDINARY = "990001", "990002"
TAXES, RECEIPT, SPENT = -5_000_000, -300_000, 1_000_000
DAY = date(2026, 9, 28)


def row(akun: str, amount: int, number: int, **fields: object) -> dict[str, object]:
    """One row as either side's table has it."""
    return {
        "KDBAES1": "01504",
        "KDDEKON": "KD",
        "KDWILAYAH": "1203",
        "KDPROGRAM": "0411",
        "KDGIAT": "1045",
        "KDOUTPUT": "994",
        "KDSDCP": "010",
        "REGISTER": "00000000",
        "KDTRN": "3",
        "KDMAKMAP": akun,
        "RPHREAL": amount,
        "KDDK": "D" if amount > 0 else "K",
        "JNSDOK1": "305" if akun[0] == "4" else "301",
        "NODOK1": f"990000000{number:05d}",
        "TGLDOK1": "20260907",
        **fields,
    }


@dataclass
class CentralWorld:
    """The people of the central case: satker's operator and KPA, and the office's Vera and Kasi Vera."""

    office: str
    people: dict[str, User]

    def by(self, person: str) -> Any:
        """The client of one of them."""
        return client_of(self.people[person])

    def case(self, satker: str = CENTRAL) -> Reconciliation:
        """A case as it stands now."""
        return Reconciliation.objects.select_related("run", "office").get(satker=satker, period__month=9)

    def upload(self, satker: str, rows: list[dict[str, object]], *, kppn: str) -> None:
        """The satker's operator uploads these rows."""
        name, content = write_satker_adk(
            [{**one, "PERIODE": f"{9 if number else 1:02d}"} for number, one in enumerate(rows)],
            month=9,
            kewenangan="KD",
            ba="015",
            es1="04",
            satker=satker,
            kppn=kppn,
            year=2026,
        )
        form = {"file": named_file(name, content), "period": "2026-09", "satker": satker}
        expect(self.by(f"operator {satker}").post(f"{API}/adk/", form, format="multipart"), 202)

    def send(self, kppn: str, rows: list[dict[str, object]], *, day: date = DAY) -> None:
        """The supervisor of a KPPN sends these rows."""
        name, content = write_treasury_adk(rows, kppn=kppn, date=day)
        form = {"file": named_file(name, content)}
        expect(self.by(f"supervisor {kppn}").post(f"{API}/treasury/", form, format="multipart"), 202)

    def element(self, code: str, satker: str = CENTRAL) -> dict[str, Any]:
        """An element of a case as the API shows it."""
        document = expect(self.by(f"operator {satker}").get(f"{API}/cases/{self.case(satker).pk}/"), 200)
        return next(one for one in document["elements"] if one["code"] == code)

    def post(self, person: str, tail: str, body: dict[str, Any] | None = None) -> Any:
        """A decision on the central case."""
        return self.by(person).post(f"{API}/cases/{self.case().pk}{tail}", body or {}, format="json")

    def sign(self, person: str) -> Any:
        """Open the signing page and sign."""
        page = expect(self.by(person).get(f"{API}/cases/{self.case().pk}/signing/"), 200)
        return self.post(
            person, "/sign/", {"pin": PIN, **{key: page[key] for key in ("content_hash", "nonce")}}
        )


def make_central_world(office: str) -> CentralWorld:
    """Places, the rule of the taxes, people and an open September."""
    cast = make_cast()
    Kppn.objects.create(
        code="183", name="KPPN Khusus Penerimaan", kanwil=cast.places.kppn.kanwil, letter_code="09"
    )
    if office == "PUSAT":
        ensure_pusat()
    make_satker(CENTRAL, cast.places.kppn, es1="04")
    make_satker(ORDINARY, cast.places.far_kppn, es1="04", lokasi="20")
    Terpusat.objects.create(
        ba="015", es1="04", satker_pusat=CENTRAL, akun_from="41", akun_to="41", counterpart=office
    )
    make_period()
    people = {
        f"operator {CENTRAL}": make_user("OPERATOR_SATKER", CENTRAL),
        f"operator {ORDINARY}": make_user("OPERATOR_SATKER", ORDINARY),
        "kpa": make_user("KPA", CENTRAL),
        "vera": make_user("VERA", office),
        "kasi_vera": make_user("KASI_VERA", office),
        "own vera": cast.vera,
        "far vera": cast.stranger_vera,
        "stranger": cast.operator,
        "supervisor 116": cast.supervisor,
        "supervisor 183": make_user("SUPERVISOR_KPPN", "183"),
    }
    for signer in ("kpa", "kasi_vera"):
        set_pin(user=people[signer], pin=PIN, now=clock.now())
    return CentralWorld(office, people)


def compared_world(office: str, *, taxes: int = TAXES) -> CentralWorld:
    """Both sides in and compared; `taxes` is what the central satker's own books say."""
    world = make_central_world(office)
    world.send("116", [row("521111", SPENT, 1, KDSATKER=CENTRAL)])
    received = [row("411121", TAXES, 2), row("425131", RECEIPT, 3)]
    world.send("183", [{**one, "KDSATKER": ORDINARY} for one in received])
    world.upload(CENTRAL, [row("521111", SPENT, 1), row("411121", taxes, 2)], kppn="116")
    world.upload(ORDINARY, received, kppn="156")
    process_all()
    return world

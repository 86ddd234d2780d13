"""One satker's September, small enough to be worked out by hand, and the steps that carry it through.

Satker 503202 (BA 015, eselon I 08, KD) at KPPN 116. The treasury side (SiAP) has six posted rows:

    521111  DIPA             50.000.000   PGU
    521111  SP2D, January    12.000.000   BLJ
    521211  SP2D, September   7.540.000   BLJ      12.000.000 + 7.540.000 = 19.540.000
    521111  returned            −70.000   PBLJ
    425131  receipt           1.250.000   PND
    815111  UP                5.000.000   MUP, and by its leg on 111611 KASBP

The satker's own (SAI) has the same, but two digits of 7.540.000 swapped, and one balance-sheet journal:

    521211  SP2D, September   7.450.000   BLJ      12.000.000 + 7.450.000 = 19.450.000, 90.000 too little
    117111  journal             300.000   outside every element

`CORRECTED` is the amount with which every element agrees.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import User
from adk.formats.writing import write_satker_adk, write_treasury_adk
from adk.services.checking import check_next
from adk.services.treasury import load_next
from bar.services.pins import set_pin
from erekon.lib import clock
from reconciliation.models import Reconciliation
from reconciliation.services.matching import match_next
from reconciliation.services.publishing import publish_next
from tests.builders import Cast, make_cast, make_period

API = "/api/v1"
PERIOD = "2026-09"
PIN = "829461"
SWAPPED, CORRECTED = 7_450_000, 7_540_000
SCAN = b"%PDF-1.4 surat permohonan reset\n%%EOF"
LEDGER_DAY = datetime.date(2026, 9, 28)

# code: (SiAP, SAI) of the first upload; the sums stand in the module's docstring.
FIGURES = {
    "PGU": (50_000_000, 50_000_000),
    "EST": (0, 0),
    "BLJ": (19_540_000, 19_450_000),
    "PBLJ": (-70_000, -70_000),
    "PND": (1_250_000, 1_250_000),
    "PPND": (0, 0),
    "MUP": (5_000_000, 5_000_000),
    "KASBP": (5_000_000, 5_000_000),
    "KASBLU": (0, 0),
    "KASHB": (0, 0),
    "PNDMPH": (0, 0),
}


def _row(akun: str, amount: int, number: int, **fields: object) -> dict[str, object]:
    return {
        "KDWILAYAH": "1203",
        "KDPROGRAM": "0811",
        "KDGIAT": "1045",
        "KDOUTPUT": "994",
        "KDSDCP": "010",
        "REGISTER": "00000000",
        "KDTRN": "3",
        "KDMAKMAP": akun,
        "RPHREAL": amount,
        "KDDK": "D" if amount > 0 else "K",
        "JNSDOK1": "301",
        "NODOK1": f"2611613{number:08d}",
        "TGLDOK1": "20260105",
        **fields,
    }


def shared_rows(september: int) -> list[dict[str, object]]:
    """The rows that both sides have; `september` is the amount of the second SP2D."""
    return [
        _row("521111", -50_000_000, 1, KDTRN="2", JNSDOK1="202"),
        _row("521111", 12_000_000, 2),
        _row("521211", september, 3, TGLDOK1="20260907"),
        _row("521111", -70_000, 4, KDKEM="1", TGLDOK1="20260908"),
        _row("425131", -1_250_000, 5, JNSDOK1="305", TGLDOK1="20260909"),
        _row("815111", 5_000_000, 6, _gl="111611"),
    ]


def satker_adk(
    september: int = SWAPPED, *, month: int = 9, journal: int = 300_000, **identity: Any
) -> tuple[str, bytes]:
    """File name and bytes of the satker's ADK, cumulative to `month`; later documents are dated back to it."""
    booked = _row("", journal, 7, KDTRN="0", KDMAKMAP="", _gl="117111", JNSDOK1="399")
    rows = [
        {**row, "PERKSAI": gl, "PERIODE": f"{min(month, int(str(row['TGLDOK1'])[4:6])):02d}"}
        for row in [*shared_rows(september), booked]
        for gl in [row.pop("_gl", "")]
    ]
    given = {"kewenangan": "KD", "ba": "015", "es1": "08", "satker": "503202", "kppn": "116", "year": 2026}
    return write_satker_adk(rows, month=month, **{**given, **identity})


def treasury_adk(september: int = CORRECTED, **options: Any) -> tuple[str, bytes]:
    """File name and bytes of the KPPN's ADK that holds the satker's ledger."""
    rows = [
        {
            **row,
            "KDBAES1": "01508",
            "KDSATKER": "503202",
            "KDDEKON": "KD",
            "PERKSAU": gl,
        }
        for row in shared_rows(september)
        for gl in [row.pop("_gl", "")]
    ]
    rekap = options.pop("rekap", None)
    return write_treasury_adk(rows, rekap=rekap, **{"kppn": "116", "date": LEDGER_DAY, **options})


def process_all(now: datetime.datetime | None = None) -> int:
    """Let the workers' services run as workers do until nothing waits; returns how many pieces of work were done."""
    done = 0
    while True:
        at = now or clock.now()
        found = [load_next(now=at), check_next(now=at, straight_on=True)]
        found += [match_next(now=at, straight_on=True), publish_next(now=at)]
        if not any(found):
            return done
        done += sum(one is not None for one in found)


def client_of(user: User | None) -> APIClient:
    """A client signed in as this user, without the cost of a password; None is anybody."""
    client = APIClient(raise_request_exception=False)
    if user is not None:
        client.force_authenticate(user)
    return client


def named_file(name: str, content: bytes) -> SimpleUploadedFile:
    """A file of a multipart form."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def expect(answer: Any, status: int, code: str = "") -> Any:
    """The answer, when it has this status (and this refusal code); its JSON where it has some."""
    text = answer.content[:600] if not answer.streaming else b""
    assert answer.status_code == status, (answer.status_code, text)
    kind = answer.headers.get("Content-Type", "")
    if status >= 400:
        assert kind == "application/problem+json", (kind, text)
    document = answer.json() if "json" in kind else None
    if code:
        assert document["code"] == code, document
    return document


@dataclass
class Story:
    """The case of the cast's satker and the steps of its people, each by its address of the API."""

    cast: Cast
    clients: dict[str, APIClient] = field(default_factory=dict)

    @classmethod
    def begin(cls, **instants: Any) -> "Story":
        """A cast with PINs and an open September."""
        cast = make_cast()
        make_period(**instants)
        for signer in (cast.kpa, cast.kasi_vera):
            set_pin(user=signer, pin=PIN, now=clock.now())
        return cls(cast)

    def by(self, person: str) -> APIClient:
        """The client of a member of the cast, named by its field."""
        return self.clients.setdefault(person, client_of(getattr(self.cast, person)))

    @property
    def case(self) -> Reconciliation:
        """The case as it stands in the database now."""
        return Reconciliation.objects.select_related("period", "satker", "run", "submission").get(
            satker=self.cast.places.satker, period__month=9
        )

    @property
    def path(self) -> str:
        """The address of the case."""
        return f"{API}/cases/{self.case.pk}"

    def get(self, person: str, tail: str = "/") -> Any:
        """`GET cases/{id}…` by a member of the cast."""
        return self.by(person).get(f"{self.path}{tail}")

    def document(self, person: str = "operator") -> dict[str, Any]:
        """The case as the API shows it."""
        return expect(self.get(person), 200)

    def post(self, person: str, tail: str, body: dict[str, Any] | None = None) -> Any:
        """`POST cases/{id}…` with a JSON body."""
        return self.by(person).post(f"{self.path}{tail}", body or {}, format="json")

    def send_treasury(self, september: int = CORRECTED, **options: Any) -> Any:
        """The supervisor sends the KPPN's ADK."""
        name, content = treasury_adk(september, **options)
        form = {"file": named_file(name, content)}
        return self.by("supervisor").post(f"{API}/treasury/", form, format="multipart")

    def upload(self, september: int = SWAPPED, *, file: tuple[str, bytes] | None = None) -> Any:
        """The operator uploads."""
        form = {"file": named_file(*(file or satker_adk(september))), "period": PERIOD}
        return self.by("operator").post(f"{API}/adk/", form, format="multipart")

    def compared(self, september: int = CORRECTED) -> "Story":
        """Treasury and ADK sent and worked through: PERSETUJUAN_BAR."""
        expect(self.send_treasury(), 202)
        expect(self.upload(september), 202)
        process_all()
        assert self.case.stage == "PERSETUJUAN_BAR", self.case.stage
        return self

    def explain(self, person: str = "operator", **fields: str) -> Any:
        """The operator explains the one difference."""
        body = {
            "location": "SIAP",
            "reason": "SALAH_SIAP",
            "text": "Menunggu koreksi KPPN atas SP2D September.",
            **fields,
        }
        return self.by(person).put(f"{self.path}/explanations/BLJ/521211/", body, format="json")

    def approve(self, person: str = "vera", content_hash: str | None = None) -> Any:
        """Vera approves what stands now."""
        seen = self.case.content_hash if content_hash is None else content_hash
        return self.post(person, "/approve/", {"content_hash": seen})

    def sign(self, person: str, pin: str = PIN, **changes: str) -> Any:
        """Open the signing page and sign."""
        page = expect(self.get(person, "/signing/"), 200)
        body = {"pin": pin, "content_hash": page["content_hash"], "nonce": page["nonce"], **changes}
        return self.post(person, "/sign/", body)

    def approved(self) -> "Story":
        """TTD_KPA."""
        self.compared()
        expect(self.approve(), 200)
        return self

    def half_signed(self) -> "Story":
        """TTD_KASI_VERA."""
        self.approved()
        expect(self.sign("kpa"), 200)
        return self

    def signed(self) -> "Story":
        """SIAP_DOWNLOAD."""
        self.half_signed()
        expect(self.sign("kasi_vera"), 200)
        return self

    def ask_reset(self, person: str = "operator", **fields: Any) -> Any:
        """The operator asks for a reset in writing."""
        form = {
            "letter_number": "S-12/KPA/2026",
            "letter_date": "2026-10-05",
            "reason": "Data belanja keliru, akan diperbaiki.",
            "scan": named_file("surat.pdf", SCAN),
            **fields,
        }
        return self.by(person).post(f"{self.path}/reset-requests/", form, format="multipart")

    def grant(self, request_id: int, person: str = "vera") -> Any:
        """Vera grants a reset."""
        return self.by(person).post(f"{API}/reset-requests/{request_id}/grant/", {}, format="json")

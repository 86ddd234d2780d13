"""The world of the bench `adk`: some satkers with a ledger and an ADK of 2,000 lines each, about 1 % of them different.

Importing it sets Django up on the database that the environment names.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erekon.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from accounts.models import Kppn, Satker, User  # noqa: E402
from adk.formats.drafts import Row  # noqa: E402
from adk.formats.writing import satker_draft, write_treasury_adk  # noqa: E402
from adk.models import TreasuryIntake  # noqa: E402
from adk.services.receiving import Received  # noqa: E402
from adk.services.treasury import load_next, receive_treasury  # noqa: E402
from erekon.lib import clock  # noqa: E402
from erekon.portal.making.differences import DIFFERENCES  # noqa: E402
from erekon.portal.making.mirror import mirrored_rows  # noqa: E402
from erekon.portal.references.loading import SHIPPED, import_folder  # noqa: E402
from reconciliation.services.periods import set_period  # noqa: E402
from tests.builders import assign, make_satker, make_user  # noqa: E402

LINES, BUDGET_LINES, PER_DOCUMENT = 2000, 110, 3
# Lines of one more ADK, the last: the bench `giant` asks for it.
GIANT = int(os.environ.get("EREKON_BENCH_GIANT", "0"))
YEAR, MONTH, DAY = 2026, 9, date(2026, 9, 28)
SATKERS = tuple(f"{700000 + number}" for number in range(3 if GIANT else 16))
ACCOUNTS = ("511111", "511119", "521111", "521211", "522111", "523121", "524111", "532111", "533111")
PLACES = [
    (akun, activity, output)
    for akun in ACCOUNTS
    for activity in ("1045", "1046", "1047", "1048")
    for output in ("001", "951", "994")
]
CHANGES = (
    "angka_tertukar",
    "sp2d_hilang",
    "akun_salah",
    "setoran_hilang",
    "tercatat_ganda",
    "tanda_terbalik",
)


def ledger(satker: str) -> list[Row]:
    """The rows of a satker at its KPPN: budget, payments in documents of three, a few deposits."""
    chance = Random(satker)
    rows: list[Row] = []
    for number in range(GIANT if GIANT and satker == SATKERS[-1] else LINES):
        akun, activity, output = PLACES[number % len(PLACES)]
        row: Row = {
            "KDBAES1": "01508",
            "KDSATKER": satker,
            "KDWILAYAH": "1203",
            "KDDEKON": "KD",
            "KDPROGRAM": "0801",
            "KDGIAT": activity,
            "KDOUTPUT": output,
            "KDSDCP": "010",
            "REGISTER": "00000000",
            "KDTRN": "3",
            "KDMAKMAP": akun,
            "PERKSAU": "115612",
            "KDDK": "D",
            "RPHREAL": chance.randrange(100_000, 900_000_000),
            "JNSDOK1": "301",
            "KDBANK": "52001",
            "NODOK1": f"261161301{number // PER_DOCUMENT:06d}",
            "TGLDOK1": f"2026{1 + number % 9:02d}15",
        }
        if number < BUDGET_LINES:
            row |= {"KDTRN": "2", "JNSDOK1": "202", "NODOK1": f"SP DIPA-{satker}", "KDDK": "K"}
            row["RPHREAL"] = -int(str(row["RPHREAL"])) * 20
        elif number % 100 == 0:
            deposit = {"JNSDOK1": "305", "NODOK1": f"NTPN{number:012d}", "KDMAKMAP": "425131", "KDDK": "K"}
            row |= {**deposit, "PERKSAU": "219711", "RPHREAL": -int(str(row["RPHREAL"]))}
        rows.append(row)
    return rows


def seed(folder: Path) -> None:
    """Migrate, load the shipped references and the ledgers, and write one ADK per satker into the folder."""
    call_command("migrate", verbosity=0)
    import_folder(SHIPPED, with_secrets=False, now=clock.now())
    kppn_satkers = [_satker(code) for code in SATKERS]
    far = datetime(2099, 1, 1, tzinfo=UTC)
    set_period(
        year=YEAR,
        month=MONTH,
        opens_at=datetime(2026, 1, 1, tzinfo=UTC),
        closes_at=far,
        on_time_until=far,
        sanction_from=far,
        letter_number="S-9",
        letter_date=date(2026, 1, 5),
    )
    _load_ledgers()
    operator = make_user("OPERATOR_SATKER", SATKERS[0], username="operator")
    for code in SATKERS[1:]:
        assign(operator, "OPERATOR_SATKER", code)
    for satker in kppn_satkers:
        name, content = _adk(satker.code)
        (folder / name).write_bytes(content)


def operator() -> User:
    """Who uploads for every satker of the bench."""
    return User.objects.get(username="operator")


def _satker(code: str) -> Satker:
    return make_satker(code, Kppn.objects.get(code="116"))


def _load_ledgers() -> None:
    supervisor = make_user("SUPERVISOR_KPPN", "116")
    rows = [row for code in SATKERS for row in ledger(code)]
    name, content = write_treasury_adk(rows, kppn="116", date=DAY)
    receive_treasury(user=supervisor, file=Received(name, content, clock.now()), now=clock.now())
    load_next(now=clock.now())
    intake = TreasuryIntake.objects.get()
    if intake.verdict != "STANDAR":
        raise SystemExit(f"the bench's ledger was refused: {intake.verdict}")


def _adk(code: str) -> tuple[str, bytes]:
    rows = mirrored_rows(code, YEAR, MONTH)
    for name in CHANGES:
        rows = DIFFERENCES[name].change(rows)
    draft = satker_draft(
        rows, kewenangan="KD", ba="015", es1="08", satker=code, kppn="116", year=YEAR, month=MONTH
    )
    return draft.build()

"""The KPPN's daily ADKs of the demo: written as files, received from the supervisor, loaded by the service."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from accounts.models import User
from adk.formats.drafts import Row
from adk.formats.writing import write_treasury_adk
from adk.models import Verdict
from adk.services.receiving import Received
from adk.services.treasury import load_next, receive_treasury
from erekon.portal.demo.ledger import Numbers, SatkerLedger
from erekon.portal.demo.places import DemoKppn, satkers_of
from erekon.portal.demo.timeline import WIB, Timeline

ACCOUNT = "0912-01-000017-30-4"


class DemoBroken(Exception):
    """A service did not do what the demo's story says: a fault of the program, not of its user."""


class Treasury:
    """One KPPN's books: makes its ADKs in the order of days and sends them in."""

    def __init__(self, kppn: DemoKppn, timeline: Timeline, cancels: dict[str, int]) -> None:
        numbers = Numbers(kppn.code, timeline.year, Random(f"{kppn.code} {timeline.year}"))  # noqa: S311
        self.kppn, self.timeline = kppn, timeline
        self.ledgers = [
            SatkerLedger(satker, numbers, cancels.get(satker.code, 0)) for satker in satkers_of(kppn.code)
        ]
        self.balance = 75_000_000_000

    def send_month(self, month: int, supervisor: User) -> None:
        """Send and load the ADKs of one month, each in the afternoon of its day."""
        for slot, day in enumerate(self.timeline.days(month)):
            name, content = self.adk(day, slot)
            at = datetime.combine(day, time(16, 5), WIB)
            receive_treasury(user=supervisor, file=Received(name, content, at), now=at)
            intake = load_next(now=at + timedelta(minutes=2))
            if intake is not None:
                intake.refresh_from_db()
            if intake is None or intake.verdict != Verdict.STANDAR:
                raise DemoBroken(f"KPPN ADK {name} was not taken")

    def adk(self, day: date, slot: int) -> tuple[str, bytes]:
        """File name and bytes of one day's ADK."""
        rows = [row for ledger in self.ledgers for row in ledger.rows(day, slot)]
        cash = list(self._cash(rows))
        return write_treasury_adk(rows, kppn=self.kppn.code, date=day, cash=cash)

    def _cash(self, rows: list[Row]) -> Iterator[Row]:
        moved = [int(str(row["RPHREAL"])) for row in rows if row["KDTRN"] == "3"]
        received, paid = -sum(a for a in moved if a < 0), sum(a for a in moved if a > 0)
        # What the day lacks comes from the state's central account.
        row: Row = {"KDBANK": "52001", "NOREK": ACCOUNT, "SALDOAWAL": self.balance, "KIRIMTRM": paid}
        yield {**row, "TERIMA": received, "KELUAR": paid}
        self.balance += received

"""The invented treasury ledger: what each satker's budget, payments and deposits look like in the KPPN's books.

The journals are those of the accrual era: DIPA, salary and goods by SP2D, uang persediaan, deposits by NTPN.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from adk.formats.drafts import Row
from erekon.portal.demo.places import KPPNS, DemoSatker

MILLION = 1_000_000
DIPA_SLOT, SALARY, GOODS, DEPOSITS = 0, 0, 1, 3
# Account, kegiatan, output, and the month's amount in thousandths of the satker's scale.
SALARIES = (
    ("511111", 610),
    ("511119", 1),
    ("511121", 52),
    ("511122", 14),
    ("511123", 38),
    ("511124", 55),
    ("511125", 9),
    ("511126", 41),
    ("511129", 88),
    ("512411", 310),
)
SUPPLIES = (
    *(("521111", "4701", "994", 62), ("521211", "4701", "994", 18), ("522111", "4701", "994", 24)),
    *(("522112", "4701", "994", 7), ("523111", "4701", "994", 29), ("523121", "4701", "994", 21)),
    *(("521213", "4712", "001", 15), ("522151", "4712", "001", 26), ("524111", "4712", "001", 47)),
    *(("524113", "4712", "002", 19), ("521219", "4712", "002", 33), ("521811", "4712", "002", 22)),
)
CAPITAL = (("532111", "4713", "951", 640), ("533111", "4713", "951", 910))
CAPITAL_MONTHS = {4: 0, 7: 1, 9: 0}
REVISION_MONTH = 6
WILAYAH = {kppn.code: kppn.wilayah for kppn in KPPNS}


@dataclass
class Numbers:
    """The running numbers of one KPPN: SP2D of its year, and NTPN as the banks hand them out."""

    kppn: str
    year: int
    random: Random
    last: int = 0

    def sp2d(self) -> str:
        """The next SP2D number: year, KPPN, kind, number."""
        self.last += 1
        return f"{self.year % 100:02d}{self.kppn}1301{self.last:06d}"

    def ntpn(self) -> str:
        """A transaction number of the state revenue system: 16 characters."""
        return "".join(self.random.choice("0123456789ABCDEFGHJKLMNP") for _ in range(16))


@dataclass
class SatkerLedger:
    """One satker's rows at its KPPN, day by day. `cancels` is the month whose last payment is cancelled."""

    satker: DemoSatker
    numbers: Numbers
    cancels: int = 0
    random: Random = field(init=False)
    cancelled: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.satker.code} {self.numbers.year}")  # noqa: S311  invented figures

    def rows(self, day: date, slot: int) -> list[Row]:
        """What is posted on this day of the month; asked for in ascending order of days."""
        found: list[Row] = []
        if day.month == 1 and slot == DIPA_SLOT:
            found += self._budget(day)
        if slot == SALARY:
            found += self._salary(day)
        elif slot == GOODS:
            found += [*self._cash_advance(day), *self._supplies(day)]
        elif slot == DEPOSITS:
            found += self._deposits(day)
        else:
            found += self._capital(day)
        if day.month == REVISION_MONTH and slot == GOODS:
            found += self._revision(day)
        return [{**row, "TGLPOST": f"{day:%Y%m%d}"} for row in found]

    def _amount(self, thousandths: int, spread: float = 0.06) -> int:
        """A plausible amount around a share of the scale, whole rupiah and never round."""
        middle = self.satker.scale * MILLION * thousandths // 1000
        return int(middle * self.random.uniform(1 - spread, 1 + spread))

    def _row(self, akun: str, amount: int, day: date, **values: str) -> Row:
        satker = self.satker
        return {
            "KDBAES1": satker.ba + satker.es1,
            "KDSATKER": satker.code,
            "KDWILAYAH": WILAYAH[satker.kppn],
            "KDDEKON": satker.kewenangan,
            "KDPROGRAM": f"{satker.es1}01",
            "KDGIAT": "4701",
            "KDOUTPUT": "994",
            "KDSDCP": "010",
            "REGISTER": "00000000",
            "KDTRN": "3",
            "KDMAKMAP": akun,
            "PERKSAU": "115612",
            "KDDK": "D" if amount >= 0 else "K",
            "RPHREAL": amount,
            "TGLDOK1": f"{day:%Y%m%d}",
            "KDBANK": "52001",
            **values,
        }

    def _budget(self, day: date) -> Iterator[Row]:
        letter = f"SP DIPA-{self.satker.ba}.{self.satker.es1}.2.{self.satker.code}/{self.numbers.year}"
        document = {"KDTRN": "2", "JNSDOK1": "202", "NODOK1": letter, "URAIAN": "DIPA awal"}
        for akun, share in SALARIES:
            yield self._row(akun, -self._round(share * 14), day, **document)
        for akun, activity, output, share in (*SUPPLIES, *CAPITAL):
            months = 13 if akun < "53" else 3
            yield self._row(
                akun, -self._round(share * months), day, KDGIAT=activity, KDOUTPUT=output, **document
            )
        yield self._row("425131", -self._round(90), day, **{**document, "PERKSAU": "219711"})

    def _round(self, thousandths: int) -> int:
        return self.satker.scale * MILLION * thousandths // MILLION * 1000

    def _revision(self, day: date) -> Iterator[Row]:
        letter = f"REVISI KE 1-{self.satker.code}"
        document = {"KDTRN": "2", "JNSDOK1": "202", "NODOK1": letter, "URAIAN": "Revisi DIPA ke-1"}
        moved = self._round(60)
        yield self._row("521111", moved, day, **document)
        yield self._row("524111", -moved, day, KDGIAT="4712", KDOUTPUT="001", **document)

    def _salary(self, day: date) -> Iterator[Row]:
        document = {"JNSDOK1": "301", "NODOK1": self.numbers.sp2d(), "URAIAN": "Gaji dan tunjangan"}
        for akun, share in SALARIES:
            yield self._row(akun, self._amount(share, 0.01), day, **document)
        cut = {**document, "JNSDOK1": "302", "PERKSAU": "", "URAIAN": "Potongan"}
        yield self._row("811131", -self._amount(28, 0.01), day, **cut)

    def _cash_advance(self, day: date) -> Iterator[Row]:
        if day.month == 1:
            document = {"JNSDOK1": "301", "NODOK1": self.numbers.sp2d(), "URAIAN": "Uang persediaan"}
            amount = self.satker.scale * MILLION // 8
            yield self._row("825111", amount, day, PERKSAU="111611", PERKSAU1="219511", **document)

    def _supplies(self, day: date) -> Iterator[Row]:
        for start in range(0, len(SUPPLIES), 3):
            document = {
                "JNSDOK1": "301",
                "NODOK1": self.numbers.sp2d(),
                "URAIAN": "Penggantian uang persediaan",
            }
            for akun, activity, output, share in SUPPLIES[start : start + 3]:
                yield self._row(
                    akun, self._amount(share, 0.3), day, KDGIAT=activity, KDOUTPUT=output, **document
                )

    def _capital(self, day: date) -> Iterator[Row]:
        if day.month in CAPITAL_MONTHS:
            akun, activity, output, share = CAPITAL[CAPITAL_MONTHS[day.month]]
            document = {"JNSDOK1": "301", "NODOK1": self.numbers.sp2d(), "URAIAN": "Belanja modal LS"}
            yield self._row(akun, self._amount(share), day, KDGIAT=activity, KDOUTPUT=output, **document)
        trip = {"JNSDOK1": "301", "NODOK1": self.numbers.sp2d(), "URAIAN": "Perjalanan dinas LS"}
        row = self._row("524111", self._amount(31, 0.4), day, KDGIAT="4712", KDOUTPUT="001", **trip)
        yield row
        if self.cancelled:
            yield self.cancelled.pop()
        if day.month == self.cancels:
            amount = -int(str(row["RPHREAL"]))
            # The cancellation is posted next month under the same document.
            self.cancelled.append({**row, "RPHREAL": amount, "KDDK": "K", "URAIAN": "Pembatalan SP2D"})

    def _deposits(self, day: date) -> Iterator[Row]:
        income = self.numbers.ntpn()
        document = {"JNSDOK1": "305", "NODOK1": income, "NTPN": income, "PERKSAU": "219711"}
        yield self._row(
            "425131", -self._amount(6, 0.5), day, JNSSETOR="SSBP", URAIAN="Setoran PNBP", **document
        )
        if day.month % 2 == 0:
            back = self.numbers.ntpn()
            document = {"JNSDOK1": "305", "NODOK1": back, "NTPN": back, "KDKEM": "1", "JNSSETOR": "SSPB"}
            yield self._row("521111", -self._amount(3, 0.5), day, URAIAN="Pengembalian belanja", **document)

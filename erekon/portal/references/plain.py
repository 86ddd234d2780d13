"""References that are plain lists: a key, a name, perhaps a span of validity."""

from django.db import models

from accounts.models import BagianAnggaran, Lokasi
from erekon.portal.references.columns import VALIDITY, Column, choice, digits, pattern, text, whole
from erekon.portal.references.kinds import Kind, Load, once, upsert
from reconciliation.models import Akun, Bank, FiscalYear, Output, Program, Sdcp

NAME = Column("name", text(200))
CODE = r"[0-9A-Z]"


def _plain(file: str, model: type[models.Model], key: tuple[str, ...], *columns: Column) -> Kind:
    def load(load: Load) -> int:
        return upsert(model, [row.values for row in once(load, *key)], key)

    return Kind(file, columns, load)


BAGIAN_ANGGARAN = _plain("bagian_anggaran.csv", BagianAnggaran, ("code",), Column("code", digits(3)), NAME)
LOKASI = _plain("lokasi.csv", Lokasi, ("code",), Column("code", digits(2)), NAME)
AKUN = _plain(
    "akun.csv",
    Akun,
    ("code",),
    Column("code", digits(6)),
    NAME,
    Column("normal_balance", choice("D", "K")),
    *VALIDITY,
)
BANK = _plain(
    "bank.csv", Bank, ("code",), Column("code", pattern(f"{CODE}{{1,5}}", "1–5 angka")), NAME, *VALIDITY
)
PROGRAM = _plain(
    "program.csv",
    Program,
    ("ba", "es1", "code"),
    Column("ba", digits(3)),
    Column("es1", digits(2)),
    Column("code", pattern(f"{CODE}{{2,4}}", "2–4 angka atau huruf besar")),
    *VALIDITY,
)
OUTPUT = _plain(
    "output.csv",
    Output,
    ("kegiatan", "code"),
    Column("kegiatan", pattern(f"{CODE}{{4}}", "4 angka atau huruf besar")),
    Column("code", pattern(f"{CODE}{{3}}", "3 angka atau huruf besar")),
    *VALIDITY,
)
SDCP = _plain(
    "sdcp.csv",
    Sdcp,
    ("code",),
    Column("code", pattern(f"{CODE}{{3}}", "3 angka atau huruf besar")),
    *VALIDITY,
)
TAHUN = _plain(
    "tahun.csv", FiscalYear, ("year",), Column("year", whole(2000, 2100)), Column("first_month", whole(1, 12))
)

"""Kanwil and KPPN, and the office PUSAT of central cases."""

from typing import Any

from django.db import models

from accounts.models import Kanwil, Kppn
from erekon.portal.references.columns import Column, pattern, text, zone
from erekon.portal.references.kinds import Kind, Load, once, upsert
from erekon.portal.references.plain import NAME

PUSAT = "PUSAT"
HEAD_OFFICE = "00"  # as in letters of the head office: WPB.00
LETTER_CODE = Column("letter_code", text(10), blank=True)


def _keep_blank(model: type[models.Model], rows: list[dict[str, Any]], *fields: str) -> list[dict[str, Any]]:
    """Empty cells keep what an administrator set since: the shipped lists leave letter codes blank."""
    standing = {row["pk"]: row for row in model._default_manager.values("pk", *fields)}
    for row in rows:
        for field in fields:
            row[field] = row[field] or standing.get(row["code"], {}).get(field, "")
    return rows


def _load_kanwil(load: Load) -> int:
    rows = [dict(row.values) for row in once(load, "code")]
    return upsert(Kanwil, _keep_blank(Kanwil, rows, "letter_code"), ("code",))


def _load_kppn(load: Load) -> int:
    kanwils = set(Kanwil.objects.values_list("code", flat=True))
    rows = []
    for row in once(load, "code"):
        if load.require(row, "kanwil", kanwils, "Kanwil"):
            fields = dict(row.values)
            fields["kanwil_id"] = fields.pop("kanwil")
            rows.append(fields)
    return upsert(Kppn, _keep_blank(Kppn, rows, "letter_code", "address"), ("code",))


def ensure_pusat() -> None:
    """Make the office PUSAT where it is missing, under no regional Kanwil but the head office's own (00).

    No public list of KPPN names it, yet central cases and the Vera officers who judge them belong to it.
    """
    if not Kppn.objects.filter(code=PUSAT).exists():
        head, _ = Kanwil.objects.get_or_create(code=HEAD_OFFICE, defaults={"name": "Kantor Pusat DJPb"})
        Kppn.objects.create(code=PUSAT, name="Kantor Pusat DJPb", kanwil=head)


KANWIL = Kind(
    "kanwil.csv",
    (Column("code", pattern("[0-9A-Z]{1,3}", "kode Kanwil")), NAME, LETTER_CODE, Column("timezone", zone)),
    _load_kanwil,
)
KPPN = Kind(
    "kppn.csv",
    (
        Column("code", pattern("[0-9]{3}|PUSAT", "3 angka atau PUSAT")),
        NAME,
        Column("kanwil", text(3)),
        LETTER_CODE,
        Column("address", text(300), blank=True),
    ),
    _load_kppn,
)

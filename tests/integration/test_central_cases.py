"""Rekonsiliasi Terpusat: another satker's receipt makes the central case stale, at its own office."""

from datetime import date

import pytest
from django.db import transaction

from accounts.models import Kppn
from erekon.lib import clock
from reconciliation.models import Reconciliation, Terpusat
from reconciliation.services.ledger import PostedRow, load_rows
from tests.builders import make_period, make_places, make_satker

pytestmark = pytest.mark.django_db


def receipt(satker: str, akun: str) -> PostedRow:
    return PostedRow(satker, 2026, date(2026, 9, 3), f"T{satker}{akun}", "", akun, -5, {}, b"")


def load(*rows: PostedRow) -> None:
    with transaction.atomic():
        load_rows(kppn="116", source="0" * 64, rows=rows, now=clock.now())


@pytest.fixture
def central() -> Reconciliation:
    make_places()
    office = Kppn.objects.get(pk="116")
    Kppn.objects.create(pk="183", name="KPPN Khusus Penerimaan", kanwil=office.kanwil)
    make_satker("990001", office, es1="04")
    make_satker("990002", office, es1="04")
    Terpusat.objects.create(
        ba="015", es1="04", satker_pusat="990001", akun_from="41", akun_to="41", counterpart="183"
    )
    period = make_period()
    case, _ = Reconciliation.objects.get_or_create(
        satker_id="990001", period=period, defaults={"office_id": "116"}
    )
    Reconciliation.objects.filter(pk=case.pk).update(stage="PROSES_SAI")
    return case


def test_a_receipt_of_another_satker_on_a_central_account_makes_the_central_case_stale(central):
    load(receipt("990002", "411121"))
    central.refresh_from_db()
    assert central.stale


def test_any_other_receipt_of_another_satker_leaves_it_fresh(central):
    load(receipt("990002", "425131"))
    central.refresh_from_db()
    assert not central.stale

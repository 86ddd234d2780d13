"""Setting periods and making cases."""

from datetime import UTC, datetime

import pytest

from accounts.models import Kppn
from reconciliation.models import Period, Reconciliation, Terpusat
from reconciliation.services.periods import ensure_cases
from tests.builders import make_period, make_places, make_satker

pytestmark = pytest.mark.django_db


def test_a_schedule_makes_one_case_per_satker_at_the_satkers_office():
    make_places()
    make_period()
    offices = dict(Reconciliation.objects.values_list("satker_id", "office_id"))
    assert offices == {"503202": "116", "441905": "116", "627898": "156"}
    assert set(Reconciliation.objects.values_list("stage", flat=True)) == {"BELUM_UPLOAD"}


def test_a_changed_schedule_keeps_period_and_cases():
    make_places()
    before = make_period()
    kept = list(Reconciliation.objects.order_by("pk").values_list("pk", flat=True))
    after = make_period(closes_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert (after.pk, Period.objects.count()) == (before.pk, 1)
    assert list(Reconciliation.objects.order_by("pk").values_list("pk", flat=True)) == kept


def test_a_satker_that_joins_later_gets_the_cases_of_every_period():
    places = make_places()
    make_period(month=8)
    make_period(month=9)
    make_satker("999999", places.kppn)
    assert ensure_cases() == 2
    assert ensure_cases() == 0


def test_the_central_satkers_case_belongs_to_the_central_office_while_the_rule_holds():
    places = make_places()
    Kppn.objects.create(code="PUSAT", name="Kantor Pusat", kanwil=places.kppn.kanwil)
    Terpusat.objects.create(
        ba="015",
        es1="08",
        satker_pusat="503202",
        akun_from="411111",
        akun_to="419999",
        counterpart="PUSAT",
        valid_from="2026-09-01",
    )
    make_period(month=8)
    make_period(month=9)
    offices = dict(Reconciliation.objects.filter(satker="503202").values_list("period__month", "office_id"))
    assert offices == {8: "116", 9: "PUSAT"}
    assert Reconciliation.objects.get(satker="627898", period__month=9).office_id == "156"


def test_only_a_case_without_upload_follows_its_satker_to_another_office():
    places = make_places()
    make_period(month=8)
    make_period(month=9)
    Reconciliation.objects.filter(satker="503202", period__month=8).update(stage="SIAP_DOWNLOAD")
    places.satker.kppn = places.far_kppn
    places.satker.save()
    ensure_cases()
    offices = dict(Reconciliation.objects.filter(satker="503202").values_list("period__month", "office_id"))
    assert offices == {8: "116", 9: "156"}

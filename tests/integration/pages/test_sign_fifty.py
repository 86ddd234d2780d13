"""Fifty BARs of a Kasi Vera by three clicks and one PIN, two of which cannot be signed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bar.documents.verify_id import new_verify_id
from bar.models import Bar, Signature, SignerPin
from bar.services import batches
from reconciliation.models import Reconciliation
from tests.builders import make_period
from tests.integration.pages.signing_world import PIN, World, give_pin, make_world

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 50
MONTHS = [(year, month) for year in range(2021, 2026) for month in range(2, 12)][: COUNT - 1]

COPIED = ("stage", "stage_since", "content_hash", "verdict", "submission", "run")


@pytest.fixture
def world() -> World:
    """The satker's case of fifty months, all waiting for the KPA."""
    world = make_world()
    give_pin(world.cast.kpa, world.cast.kasi_vera)
    like = world.fresh()
    for number, (year, month) in enumerate(MONTHS, 2):
        make_period(year, month)
        case = Reconciliation.objects.get(satker=like.satker, period__year=year, period__month=month)
        for name in COPIED:
            setattr(case, name, getattr(like, name))
        case.save()
        bar = Bar.objects.get(case=like)
        bar.pk, bar.case, bar.verify_id = None, case, new_verify_id()
        bar.number, bar.register_number = f"BAR-{number}/KPPN.116/2026", number
        bar.save()
    return world


class Clicks:
    """One person at the page; every click that leaves it is counted."""

    def __init__(self, user):
        self.client, self.count = Client(), 0
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def waiting(self) -> list[str]:
        return re.findall(r'name="case"\s+value="(\d+)"', self.client.get(reverse("ttd")).content.decode())

    def tick_all(self) -> list[str]:
        self.count += 1
        text = self.client.get(reverse("ttd") + "?pilih=semua").content.decode()
        return re.findall(r'name="case"\s+value="(\d+)"[^>]*checked', text)

    def choose(self, cases: list[str]) -> dict[str, list[str]]:
        self.count += 1
        text = self.client.post(reverse("ttd-banyak"), {"case": cases}).content.decode()
        return {name: re.findall(rf'name="{name}" value="([^"]+)"', text) for name in ("item", "sampai")}

    def sign(self, form: dict[str, list[str]]) -> str:
        self.count += 1
        return self.client.post(reverse("ttd-banyak-simpan"), {**form, "pin": PIN}).content.decode()


def let_two_fail(monkeypatch, cases: list[str]) -> list[Reconciliation]:
    """One holds other content than its page showed, of another the PDF cannot be stored."""
    changed, broken = (Reconciliation.objects.select_related("period").get(pk=pk) for pk in cases)
    Reconciliation.objects.filter(pk=changed.pk).update(content_hash="0" * 64)
    plain = batches.sign_with

    def breaking(wish, *args, **options):
        if wish.case.pk == broken.pk:
            raise OSError("disk")
        return plain(wish, *args, **options)

    monkeypatch.setattr(batches, "sign_with", breaking)
    return [changed, broken]


def test_fifty_take_three_clicks_and_one_pin_and_two_that_fail_are_named_and_stay(world, monkeypatch):
    first = Clicks(world.cast.kpa)
    assert f"{COUNT} BAR tertandatangani" in first.sign(first.choose(first.tick_all()))
    person = Clicks(world.cast.kasi_vera)
    cases = person.tick_all()
    assert len(cases) == COUNT
    form = person.choose(cases)
    failing = let_two_fail(monkeypatch, [cases[7], cases[31]])
    done = person.sign(form)
    assert f"{COUNT - 2} BAR tertandatangani, 2 gagal dan tetap di antrean" in done
    assert all(case.period.label in done for case in failing)
    assert person.count == first.count == 3
    assert sorted(person.waiting()) == sorted(str(case.pk) for case in failing)
    assert Bar.objects.filter(status="BERLAKU").exclude(sealed="").count() == COUNT - 2
    assert Signature.objects.filter(role="KASI_VERA").count() == COUNT - 2
    assert SignerPin.objects.get(user=world.cast.kasi_vera).attempts == 0

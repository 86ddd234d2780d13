"""Rules and registrations that change under a case: it is compared again by itself, and nobody decides meanwhile."""

from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import EselonSatu, Satker
from erekon.lib import clock
from erekon.portal.references import satkers, terpusat
from erekon.portal.sweeping import sweep_runs
from reconciliation.models import MatchRun, Reconciliation
from tests.builders import make_satker
from tests.integration.central_world import (
    CENTRAL,
    ORDINARY,
    RECEIPT,
    SPENT,
    TAXES,
    CentralWorld,
    compared_world,
    make_central_world,
    row,
)
from tests.story import expect, process_all

pytestmark = pytest.mark.django_db
LATE = "990003"
LATE_TAXES = -7_000_000
RULES = "ba,es1,satker_pusat,akun_from,akun_to,counterpart,valid_from,valid_to\n"
SATKERS = "code,name,ba,es1,kewenangan,kppn,lokasi,blu,bun\n"


@pytest.fixture
def imported(tmp_path):
    def load(file: str, text: str) -> None:
        Path(tmp_path / file).write_text(text)
        call_command("import_reference", str(tmp_path))

    return load


def settle() -> None:
    sweep_runs(now=clock.now())
    process_all()


def receipts(world: CentralWorld) -> tuple[int, int]:
    """SiAP of PND in the central case and in the ordinary one."""
    central, ordinary = (world.element("PND", satker)["siap"] for satker in (CENTRAL, ORDINARY))
    return central, ordinary


def test_a_new_rule_has_both_cases_compared_again(imported):
    world = compared_world("183")
    assert receipts(world) == (-TAXES, -RECEIPT)
    imported("terpusat.csv", f"{RULES}015,04,{CENTRAL},425131,425131,183,,\n")
    decision = world.post("vera", "/approve/", {"content_hash": world.case().content_hash})
    assert "Aturan Rekonsiliasi Terpusat" in expect(decision, 409, "BERUBAH")["detail"]
    settle()
    assert receipts(world) == (-TAXES - RECEIPT, 0)


def test_a_satker_registered_after_its_rows_came_counts_in_the_central_case(imported):
    world = make_central_world("183")
    theirs = [row("411121", LATE_TAXES, 9, KDSATKER=LATE), row("411121", TAXES, 2, KDSATKER=ORDINARY)]
    world.send("183", theirs)
    world.send("116", [row("521111", SPENT, 1, KDSATKER=CENTRAL)])
    world.upload(CENTRAL, [row("521111", SPENT, 1), row("411121", TAXES, 2)], kppn="116")
    process_all()
    assert world.element("PND")["siap"] == -TAXES
    imported("satker.csv", f"{SATKERS}{LATE},Satker Baru,015,04,KD,116,12,n,n\n")
    settle()
    assert world.element("PND")["siap"] == -TAXES - LATE_TAXES


def test_the_same_reference_again_has_nothing_compared(imported):
    compared_world("183")
    imported("terpusat.csv", f"{RULES}015,04,{CENTRAL},411100,411199,183,,\n")
    settle()
    runs = MatchRun.objects.count()
    imported("terpusat.csv", f"{RULES}015,04,{CENTRAL},411100,411199,183,,\n")
    unit = EselonSatu.objects.get(ba="015", code="04")
    make_satker("990008", Satker.objects.get(code=CENTRAL).kppn, es1=unit.code)  # without a row
    imported("satker.csv", f"{SATKERS}{ORDINARY},Nama Lain,015,04,KD,156,12,n,n\n")
    settle()
    assert MatchRun.objects.count() == runs


@pytest.mark.parametrize("guard", ["mark_ruled", None])
def test_without_the_mark_the_old_figures_would_stay(imported, monkeypatch, guard):
    compared_world("183")
    if guard:
        monkeypatch.setattr(terpusat, guard, lambda *_: 0)
        monkeypatch.setattr(satkers, "mark_moved", lambda *_: 0)
    imported("terpusat.csv", f"{RULES}015,04,{CENTRAL},425131,425131,183,,\n")
    assert Reconciliation.objects.filter(stale=True).count() == (0 if guard else 2)

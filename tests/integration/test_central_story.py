"""Rekonsiliasi Terpusat end to end, at KPPN 183 and at the office PUSAT."""

import pytest

from accounts.models import Kppn
from adk.services.treasury import load_next
from bar.models import Bar
from erekon.lib import clock
from reconciliation.models import FiscalYear, Terpusat
from reconciliation.services import matching
from reconciliation.services.cases import case_of
from tests.integration.central_world import CENTRAL, DAY, ORDINARY, RECEIPT, TAXES, compared_world, row
from tests.integration.test_rerun_check import check
from tests.integration.test_stale_decisions import browser_of
from tests.story import API, expect, process_all

pytestmark = pytest.mark.django_db
OFFICES = ["183", "PUSAT"]


def ids(client) -> set[int]:
    return {one["id"] for one in expect(client.get(f"{API}/cases/"), 200)["results"]}


@pytest.mark.parametrize("office", OFFICES)
def test_the_central_case_runs_from_upload_to_a_signed_bar(office):
    world = compared_world(office)
    case = world.case()
    assert (case.office_id, case.stage, case.verdict) == (office, "PERSETUJUAN_BAR", "SAMA")
    pnd = world.element("PND")
    assert (pnd["siap"], pnd["sai"]) == (-TAXES, -TAXES)
    page = browser_of(world.people["vera"]).get("/antrean").content.decode()
    assert CENTRAL in page
    assert CENTRAL not in browser_of(world.people["own vera"]).get("/antrean").content.decode()
    body = {"content_hash": case.content_hash}
    expect(world.post("own vera", "/approve/", body), 403, "BUKAN_HAK")
    expect(world.post("far vera", "/approve/", body), 404)
    expect(world.post("vera", "/approve/", body), 200)
    expect(world.sign("kpa"), 200)
    assert expect(world.sign("kasi_vera"), 200)["stage"] == "SIAP_DOWNLOAD"
    bar = Bar.objects.get(case=case)
    assert bar.number == {"183": "BAR-1/KPPN.183/2026", "PUSAT": "BAR-1/PUSAT/2026"}[office]
    for person in (f"operator {CENTRAL}", "kpa", "vera", "own vera"):
        assert world.by(person).get(f"{API}/cases/{case.pk}/bar.pdf").content.startswith(b"%PDF")
    verified = expect(world.by("stranger").get(f"{API}/verify/{bar.verify_id}/"), 200)
    assert (verified["verdict"], office in str(verified["kppn"])) == ("SAH", True)
    assert check(f"{CENTRAL}/2026-09")[0] == check(f"{ORDINARY}/2026-09")[0] == 0


def test_the_bar_of_the_head_office_names_it_and_no_kppn():
    world = compared_world("PUSAT")
    expect(world.post("vera", "/approve/", {"content_hash": world.case().content_hash}), 200)
    content = Bar.objects.get().content
    assert content["kop"]["kantor"] == "KANTOR PUSAT DJPB"
    assert content["subjudul"].endswith("UAKBUN-Pusat")
    assert "UAKBUN-Pusat" in content["pihak"][1]["uraian"]
    assert content["tempat_tanggal"].startswith("Jakarta, ")
    assert "KPPN PUSAT" not in str(content)
    assert Kppn.objects.get(pk="PUSAT").kanwil_id == "00"


@pytest.mark.parametrize("office", OFFICES)
def test_only_the_office_of_the_case_and_the_satkers_own_kppn_see_it(office):
    world = compared_world(office)
    central, ordinary = world.case().pk, world.case(ORDINARY).pk
    seen = {name: ids(world.by(name)) for name in ("vera", "kasi_vera", "own vera", "far vera", "stranger")}
    assert seen["vera"] == seen["kasi_vera"] == {central}
    assert central in seen["own vera"] - seen["far vera"]
    assert ordinary in seen["far vera"] - seen["own vera"]
    assert not {central, ordinary} & seen["stranger"]
    assert ids(world.by(f"operator {ORDINARY}")) == {ordinary}
    assert world.by("far vera").get(f"{API}/cases/{central}/").status_code == 404


def test_a_difference_of_the_central_case_is_explained_and_accepted_at_its_office():
    world = compared_world("PUSAT", taxes=TAXES + 40_000)
    assert world.element("PND")["difference"] == 40_000
    tail = "/explanations/PND/411121/"
    url = f"{API}/cases/{world.case().pk}{tail}"
    body = {
        "location": "SIAP",
        "reason": "SALAH_SIAP",
        "text": "Setoran dobel di KPPN 183, menunggu koreksi.",
    }
    expect(world.by(f"operator {CENTRAL}").put(url, body, format="json"), 200)
    expect(world.post("own vera", f"{tail}accept/"), 403, "BUKAN_HAK")
    expect(world.post("vera", f"{tail}accept/"), 200)
    expect(world.post("vera", "/approve/", {"content_hash": world.case().content_hash}), 200)


def test_the_ordinary_satkers_page_names_where_its_taxes_are_reconciled():
    world = compared_world("183")
    assert (world.element("PND", ORDINARY)["siap"], world.case(ORDINARY).verdict) == (-RECEIPT, "SAMA")
    page = browser_of(world.people[f"operator {ORDINARY}"]).get(f"/rekon/{ORDINARY}/2026-09").content.decode()
    assert "Akun 411121 direkon terpusat pada satker 990001 dengan KPPN 183" in page
    page = browser_of(world.people[f"operator {CENTRAL}"]).get(f"/rekon/{CENTRAL}/2026-09").content.decode()
    assert "direkon terpusat pada" not in page
    assert "Rekonsiliasi terpusat" in page


def test_taxes_without_a_rule_are_said_to_be_reconciled_centrally_or_not_at_all():
    world = compared_world("183")
    Terpusat.objects.all().delete()
    expect(world.post("vera", "/rerun/"), 200)
    process_all()
    page = browser_of(world.people[f"operator {CENTRAL}"]).get(f"/rekon/{CENTRAL}/2026-09").content.decode()
    assert "Akun 411121 adalah penerimaan perpajakan" in page


def test_foreign_rows_that_come_while_the_central_case_is_compared_make_it_stale(monkeypatch):
    world = compared_world("183")
    plain, pending, before = matching.compare, [1], world.case().run.number
    expect(world.post("vera", "/rerun/"), 200)

    def compare(*arguments, **options):
        if pending and pending.pop():
            world.send("183", [row("411121", -7, 9, KDSATKER=ORDINARY)], day=DAY.replace(day=29))
            load_next(now=clock.now())
        return plain(*arguments, **options)

    monkeypatch.setattr(matching, "compare", compare)
    process_all()
    assert (world.case().stale, world.element("PND")["siap"]) == (False, -TAXES + 7)
    assert world.case().run.number == before + 2


def test_a_case_made_on_demand_is_with_the_central_office_too():
    world = compared_world("PUSAT")
    FiscalYear.objects.create(year=2026, first_month=5)
    assert case_of(world.case().satker, 2026, 3).office_id == "PUSAT"
    assert case_of(world.case(ORDINARY).satker, 2026, 3).office_id == "156"

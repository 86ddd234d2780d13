"""The sample world, by its files alone: every figure of `truth.json` comes out, read through the API."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Kppn, Satker, User
from adk.models import TreasuryIntake, Upload
from adk.services.receiving import Received, receive_upload
from adk.services.treasury import receive_treasury
from erekon.lib import clock
from reconciliation.models import Reconciliation
from tests.story import API, client_of, expect, process_all

pytestmark = pytest.mark.django_db

WORLD = Path(__file__).resolve().parents[1] / "samples"
TRUTH = json.loads((WORLD / "truth.json").read_text())


def holder(role, place):
    return User.objects.filter(assignments__role=role, assignments__place=place).order_by("id").first()


def load_world():
    call_command("import_reference", str(WORLD / "reference"), verbosity=0)
    now = clock.now()
    for file in sorted((WORLD / "treasury").glob("*.zip"), key=lambda path: path.stem[-8:]):
        kppn = file.name[4:7]
        sender = holder("SUPERVISOR_KPPN", kppn) or new_supervisor(kppn)
        receive_treasury(user=sender, file=Received(file.name, file.read_bytes(), now), now=now)
    process_all()
    for file in sorted((WORLD / "satker").glob("*.zip")):
        satker = Satker.objects.get(pk=file.name[12:18])
        receive_upload(
            user=holder("OPERATOR_SATKER", satker.code),
            satker=satker,
            period="2026-09",
            file=Received(file.name, file.read_bytes(), now),
            now=now,
        )
    process_all()


def new_supervisor(kppn):
    from tests.builders import make_user

    assert Kppn.objects.filter(pk=kppn).exists()
    return make_user("SUPERVISOR_KPPN", kppn)


def key_of(element, line):
    """The line's key as `truth.json` writes it: BA and ES1 in one, absent parts left out."""
    key = line["key"]
    parts = [key["akun"]]
    if key["ba"] is not None:
        parts.append(key["ba"] + key["es1"])
    names = ("kewenangan", "program", "kegiatan", "output", "sdcp", "lokasi", "register")
    return (element, *parts, *(key[name] for name in names if key[name] is not None))


def lines_of(client, case, element):
    address = f"{API}/cases/{case}/coa/?element={element}"
    while address:
        page = expect(client.get(address), 200)
        yield from page["results"]
        address = page["next"]


def hints_of(client, case, element):
    address = f"{API}/cases/{case}/detail/?element={element}&only=different"
    while address:
        page = expect(client.get(address), 200)
        for row in page["results"]:
            if row["hint"]:
                yield row["hint"]["code"], element, row["document_number"], row["hint"]["explains"]
        address = page["next"]


def test_every_figure_of_the_sample_world_comes_out():
    load_world()
    assert set(TreasuryIntake.objects.values_list("verdict", flat=True)) == {"STANDAR"}
    assert set(Upload.objects.values_list("verdict", flat=True)) == {"STANDAR"}
    compared = 0
    for code, truth in TRUTH.items():
        case = Reconciliation.objects.get(satker=code, period__month=9)
        client = client_of(holder("OPERATOR_SATKER", code))
        shown = expect(client.get(f"{API}/cases/{case.pk}/"), 200)
        assert shown["stage"] == "PERSETUJUAN_BAR"
        assert shown["verdict"] == truth["verdict"], code
        assert shown["outside"] == truth["outside"], code
        applicable = {row["code"]: row for row in shown["elements"] if row["applicable"]}
        assert set(applicable) == set(truth["elements"]), code
        for element, wanted in truth["elements"].items():
            row = applicable[element]
            found = (row["siap"], row["sai"], row["coa_different"], row["rupiah_equal"] and row["coa_equal"])
            figures = (wanted["siap"], wanted["sai"], wanted["coa_different"], wanted["equal"])
            assert found == figures, (code, element)
            lines = {
                key_of(element, line): (line["siap"], line["sai"])
                for line in lines_of(client, case.pk, element)
            }
            expected = {(element, *line["key"]): (line["siap"], line["sai"]) for line in wanted["coa"]}
            assert lines == expected, (code, element)
            compared += len(expected)
        found = [hint for element in applicable for hint in hints_of(client, case.pk, element)]
        for hint in truth["hints"]:
            wanted = (hint["code"], hint["element"], hint["number"])
            assert any(one[:3] == wanted and hint["explains"] in (None, one[3]) for one in found), hint
    assert compared == sum(len(e["coa"]) for t in TRUTH.values() for e in t["elements"].values()) > 200

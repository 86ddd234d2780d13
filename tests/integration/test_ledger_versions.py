"""The treasury's rows as they stood: a run's rows are the same whatever was loaded or ended since."""

from datetime import date
from importlib import import_module

import numpy as np
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from accounts.models import Kppn, Satker
from erekon.lib import clock
from reconciliation.inputs import Inputs, present_inputs, siap_lines
from reconciliation.matching.lines import LINES_DTYPE, Lines
from reconciliation.models import LedgerRow, LedgerState, Terpusat
from reconciliation.services.ledger import LedgerTooLargeError, PostedRow, load_rows
from tests.builders import make_period, make_places, make_satker

pytestmark = pytest.mark.django_db
SATKER = "503202"


def posted(
    idtrn: str, amount: int, *, satker: str = SATKER, day: int = 3, month: int = 9, **given
) -> PostedRow:
    """One posted row, packed as the matcher reads it."""
    record = np.zeros(1, dtype=LINES_DTYPE)
    when = date(2026, month, day)
    fields = {"kdsatker": satker, "idtrn": idtrn, "kdmakmap": "521111", "kdtrn": "3", "kdkem": "0", **given}
    for name, text in fields.items():
        record[name] = text.encode()
    record["tglpost"], record["rphreal"] = f"{when:%Y%m%d}".encode(), amount
    akun = record["kdmakmap"][0].decode()
    return PostedRow(satker, 2026, when, idtrn, "", akun, amount, {}, record.tobytes())


def load(*rows: PostedRow, kppn: str = "116") -> None:
    with transaction.atomic():
        load_rows(kppn=kppn, source="0" * 64, rows=rows, now=clock.now())


def at_version(month: int, version: int) -> Lines:
    """What a run of the satker read when its ledger stood at this version."""
    return siap_lines(Inputs(SATKER, "01508", "116", 2026, month, (), version, {}))


def idtrns(lines: Lines) -> list[str]:
    return [idtrn.decode() for idtrn in lines["idtrn"]]


def test_each_version_reads_exactly_the_rows_that_stood_then():
    make_places()
    load(posted("A", 10), posted("B", 20))
    load(posted("C", 30, day=4), kppn="156")
    load(posted("D", 40, month=10), posted("E", 5, day=30))
    read = [idtrns(at_version(9, version)) for version in range(5)]
    assert read == [[], ["A", "B"], ["A", "B", "C"], ["A", "B", "C", "E"], ["A", "B", "C", "E"]]
    assert idtrns(at_version(10, 3)) == ["A", "B", "C", "D", "E"]
    assert idtrns(at_version(8, 3)) == []


def test_a_row_that_ended_stands_in_the_versions_before_it_and_its_successor_after():
    make_places()
    load(posted("A", 10), posted("B", 20))
    LedgerRow.objects.filter(idtrn="A").update(version_to=2)
    load(posted("A", 11))
    before, after = (at_version(9, version) for version in (1, 2))
    assert sorted(before["rphreal"].tolist()) == [10, 20]
    assert sorted(after["rphreal"].tolist()) == [11, 20]


def test_a_row_cannot_end_before_it_began():
    make_places()
    load(posted("A", 10))
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerRow.objects.update(version_to=1)
    assert connection.is_usable()


def test_another_satkers_load_leaves_the_version_alone():
    make_places()
    load(posted("A", 10))
    load(posted("B", 20, satker="441905"))
    assert dict(LedgerState.objects.values_list("satker", "version")) == {SATKER: 1, "441905": 1}


MOST = 2**63 - 1


def test_a_satkers_rows_together_stay_within_what_a_run_can_add_up():
    make_places()
    load(posted("A", MOST - 5), posted("B", 7, satker="441905"))
    with pytest.raises(LedgerTooLargeError) as refused:
        load(posted("C", -6, month=10), posted("D", 7, satker="441905"), kppn="156")
    assert refused.value.satkers == (SATKER,)
    assert dict(LedgerState.objects.values_list("satker", "version")) == {SATKER: 1, "441905": 1}
    load(posted("C", -5, month=10), posted("D", 7, satker="441905"), kppn="156")
    assert dict(LedgerState.objects.values_list("satker", "absolute_total")) == {SATKER: MOST, "441905": 14}
    assert len(at_version(10, 2)) == 2


def test_ledgers_of_before_get_their_totals_even_beyond_what_can_be_said():
    make_places()
    load(posted("A", 10), posted("B", -20), posted("E", MOST, satker="441905"))
    LedgerRow.objects.filter(idtrn="B").update(rphreal=-(2**63))
    LedgerState.objects.update(absolute_total=0)
    import_module("reconciliation.migrations.0019_ledger_totals").fill(apps, None)
    totals = dict(LedgerState.objects.values_list("satker", "absolute_total"))
    assert totals == {SATKER: MOST, "441905": MOST}


@pytest.fixture
def centre():
    places = make_places()
    Kppn.objects.create(code="183", name="KPPN Khusus Penerimaan", kanwil=places.kppn.kanwil)
    for code in ("990001", "990002", "990003"):
        make_satker(code, places.kppn, es1="04")
    for akun in ("41", "411", "4231"):
        Terpusat.objects.create(
            ba="015", es1="04", satker_pusat="990001", akun_from=akun, akun_to=akun, counterpart="183"
        )
    satker, period = Satker.objects.select_related("eselon_satu").get(pk="990001"), make_period()
    return lambda: present_inputs(satker, period)[0]


def test_a_central_case_reads_each_row_once_at_the_versions_of_every_satker(centre):
    load(posted("T1", -5, satker="990002", kdmakmap="411121"), posted("X", 7, satker="990002"))
    load(posted("T2", -6, satker="990003", kdmakmap="423111"), posted("OWN", 1, satker="990001"))
    inputs = centre()
    assert inputs.central == {"01504": {"990002": 1, "990003": 1}}
    load(posted("T3", -9, satker="990002", kdmakmap="411121"), posted("OWN2", 1, satker="990001"))
    load(posted("T4", -9, satker="441905", kdmakmap="411121"))
    assert sorted(idtrns(siap_lines(inputs))) == ["OWN", "T1", "T2"]
    assert sorted(idtrns(siap_lines(centre()))) == ["OWN", "OWN2", "T1", "T2", "T3"]

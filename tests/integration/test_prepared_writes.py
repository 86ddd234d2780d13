"""A prepared write leaves what the ORM's would leave, whatever the values."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Kanwil, Kppn
from audit.models import ActorName, Event
from erekon.lib.leases import RunState
from erekon.lib.prepared import Slot
from erekon.lib.prepared_writes import (
    PreparedUpdate,
    change,
    insert,
    insert_all,
    insert_or_keep,
    remove,
    replace,
)
from reconciliation.models import FiscalYear, LhrEdition, Period

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 28, 3, 4, 5, 678901, tzinfo=UTC)


def event(seq: int) -> Event:
    return Event(seq=seq, at=AT, actor="sistem", action="UJI", subject="kasus:1", content={"a": [1, "é%s"]})


def plain(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name not in ("_state", "id", "seq")}


def test_an_inserted_row_is_the_row_that_create_makes() -> None:
    mine, theirs = insert(event(1)), event(2)
    theirs.save()
    assert plain(Event.objects.get(pk=mine.pk)) == plain(Event.objects.get(pk=theirs.pk)) == plain(mine)
    assert mine.pk != theirs.pk
    assert not mine._state.adding
    assert mine._state.db == "default"


def test_many_rows_are_inserted_beyond_what_one_statement_takes() -> None:
    insert_all([])
    with CaptureQueriesContext(connection) as asked:
        insert_all([event(number) for number in range(1, 251)])
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 251))
    assert len(asked.captured_queries) > 1


def test_a_second_row_of_one_key_is_refused_and_spoils_the_transaction() -> None:
    insert(event(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(event(1))
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert_all([event(1)])
        assert transaction.get_rollback()
    assert Event.objects.count() == 1


def test_replace_writes_every_other_column_and_keep_none() -> None:
    for name in ("Ani", "Budi"):
        replace(ActorName(key="pengguna:1", name=name))
        insert_or_keep(LhrEdition(workbook="a" * 64, content="b" * 64, pdf=name))
    assert list(ActorName.objects.values_list("key", "name")) == [("pengguna:1", "Budi")]
    assert LhrEdition.objects.get().pdf == "Ani"


def test_change_tests_and_writes_as_the_fields_do() -> None:
    kanwil = Kanwil.objects.create(code="07", name="Kanwil Lampung")
    other = Kanwil.objects.create(code="08", name="Kanwil Lain")
    Kppn.objects.create(code="116", name="KPPN Kotabumi", kanwil=kanwil)
    assert change(Kppn, {"pk": "116", "kanwil": other}, name="nobody") == 0
    assert change(Kppn, {"pk": "116", "kanwil": None}, name="nobody") == 0
    assert change(Kppn, {"pk": "116", "kanwil": kanwil}, kanwil=other, name="KPPN %s") == 1
    found = Kppn.objects.get()
    assert (found.kanwil, found.name) == (other, "KPPN %s")
    period = Period.objects.create(year=2026, month=9, opens_at=AT)
    assert change(Period, {"pk": period.pk, "opens_at": AT}, opens_at=None, closes_at=AT) == 1
    period.refresh_from_db()
    assert (period.opens_at, period.closes_at) == (None, AT)


def test_a_column_may_be_tested_and_written_at_once() -> None:
    FiscalYear.objects.create(year=2026, first_month=2)
    assert change(FiscalYear, {"first_month": 2}, first_month=3) == 1
    assert change(FiscalYear, {"first_month": 2}, first_month=4) == 0
    assert FiscalYear.objects.get().first_month == 3


def test_a_prepared_update_keeps_its_constants_and_binds_its_slots() -> None:
    for year in (2025, 2026):
        FiscalYear.objects.create(year=year, first_month=1)
    update = PreparedUpdate(FiscalYear.objects.filter(year__lte=Slot("until")), first_month=Slot("month"))
    assert [update.run(until=year, month=7) for year in (2024, 2025, 2026)] == [0, 1, 2]


def test_remove_takes_those_rows_only() -> None:
    for year in (2025, 2026):
        FiscalYear.objects.create(year=year, first_month=1)
    assert remove(FiscalYear, year=2025) == 1
    assert remove(FiscalYear, year=2025, first_month=1) == 0
    assert FiscalYear.objects.get().year == 2026


def test_states_are_written_as_their_values() -> None:
    replace(ActorName(key="k", name=RunState.DONE))
    assert change(ActorName, {"key": "k", "name": RunState.DONE}, name=RunState.FAILED) == 1
    assert ActorName.objects.get().name == "FAILED"

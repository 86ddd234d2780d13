"""A prepared query answers as the queryset it was made from, whatever the values."""

from datetime import UTC, date, datetime
from itertools import chain

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Assignment, Kanwil, Kppn, Satker
from erekon.lib.leases import RunState, claim
from erekon.lib.prepared import Prepared, Slot
from reconciliation.models import Akun, MatchRun, Period
from reconciliation.queries import account_names
from tests.builders import make_satker, make_user

pytestmark = pytest.mark.django_db

RELATED = ("kppn__kanwil", "ba", "eselon_satu")
BY_CODE = Prepared(lambda: Satker.objects.select_related(*RELATED).filter(pk=Slot("pk")))


def satker(code: str) -> Satker:
    kanwil, _ = Kanwil.objects.get_or_create(code="07", defaults={"name": "Kanwil Lampung"})
    kppn, _ = Kppn.objects.get_or_create(code="116", defaults={"name": "KPPN Kotabumi", "kanwil": kanwil})
    return make_satker(code, kppn)


def test_a_model_comes_whole_with_what_it_is_joined_to() -> None:
    made = satker("111111")
    found = BY_CODE.get(pk="111111")
    plain = Satker.objects.select_related(*RELATED).get(pk="111111")
    assert found == plain == made
    with CaptureQueriesContext(connection) as asked:
        assert found.kppn.kanwil.name == plain.kppn.kanwil.name
    assert not asked.captured_queries
    assert {name: value for name, value in vars(found).items() if name != "_state"} == {
        name: value for name, value in vars(plain).items() if name != "_state"
    }
    found.name = "Baru"
    found.save()
    assert BY_CODE.get(pk="111111").name == "Baru"


def test_each_run_binds_its_own_values_and_sees_what_holds_now() -> None:
    first, second = satker("111111"), satker("222222")
    assert [BY_CODE.get(pk=code) for code in ("222222", "111111")] == [second, first]
    Satker.objects.filter(pk="222222").update(name="Lain")
    assert BY_CODE.get(pk="222222").name == "Lain"


def test_none_and_strangers_match_nothing() -> None:
    assert BY_CODE.all(pk=None) == []
    assert BY_CODE.first(pk="999999") is None
    with pytest.raises(Satker.DoesNotExist):
        BY_CODE.get(pk="' OR 1=1 --")


def test_more_than_one_is_told_from_one() -> None:
    satker("111111")
    satker("222222")
    with pytest.raises(Satker.MultipleObjectsReturned):
        Prepared(Satker.objects.all).get()


def test_moments_days_and_rows_are_bound_as_fields_bind_them() -> None:
    user = make_user("OPERATOR_SATKER", satker("111111").code)
    at = Prepared(lambda: Assignment.objects.filter(user=Slot("user"), valid_from__lte=Slot("at")))
    start = Assignment.objects.get(user=user).valid_from
    assert at.all(user=user, at=start) == list(Assignment.objects.filter(user=user))
    assert at.all(user=user, at=datetime(1999, 1, 1, tzinfo=UTC)) == []
    Period.objects.create(year=2026, month=9, letter_date=date(2026, 1, 5))
    letters = Prepared(lambda: Period.objects.filter(letter_date__lte=Slot("day")))
    assert letters.first(day=date(2026, 1, 5)) is not None
    assert letters.first(day=date(2026, 1, 4)) is None


def test_columns_come_as_values_list_gives_them() -> None:
    satker("111111")
    flat = Prepared(lambda: Kppn.objects.order_by("code").values_list("code", flat=True))
    pairs = Prepared(lambda: Kppn.objects.order_by("code").values_list("code", "name"))
    assert flat.all() == list(Kppn.objects.order_by("code").values_list("code", flat=True))
    assert pairs.all() == list(Kppn.objects.order_by("code").values_list("code", "name"))


def test_batches_together_are_what_all_gives() -> None:
    Period.objects.bulk_create([Period(year=2000 + number, month=1) for number in range(2_500)])
    years = Prepared(
        lambda: Period.objects.filter(year__gte=Slot("year")).order_by("year").values_list("year")
    )
    batches = list(years.in_batches(year=2001))
    assert [len(some) for some in batches] == [1000, 1000, 499]
    assert list(chain.from_iterable(batches)) == years.all(year=2001) == [(2001 + at,) for at in range(2_499)]


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 320, 321, 900])
def test_names_of_accounts_whatever_their_number(count: int) -> None:
    Akun.objects.bulk_create([Akun(code=f"{number:06d}", name=f"Akun {number}") for number in range(950)])
    codes = [f"{number:06d}" for number in range(count)]
    assert account_names([*codes, *codes, "tiada"]) == {code: f"Akun {int(code)}" for code in codes}
    assert account_names(codes) == {code: f"Akun {int(code)}" for code in codes}


def test_a_query_is_compiled_once() -> None:
    built = []

    def build() -> object:
        built.append(1)
        return Satker.objects.filter(pk=Slot("pk"))

    query = Prepared(build)  # type: ignore[arg-type, var-annotated]
    query.all(pk="1")
    query.all(pk="2")
    assert len(built) == 1


@pytest.mark.django_db(transaction=True)
def test_a_lock_is_refused_outside_a_transaction() -> None:
    query = Prepared(lambda: Satker.objects.select_for_update().filter(pk=Slot("pk")))
    with transaction.atomic():
        assert query.all(pk="111111") == []
    with pytest.raises(transaction.TransactionManagementError):
        query.all(pk="111111")


def test_claiming_from_a_kept_queryset_sees_new_rows() -> None:
    waiting = MatchRun.objects.filter(step="MATCH")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert claim(waiting, now=now) is None
    assert not MatchRun.objects.filter(state=RunState.RUNNING).exists()

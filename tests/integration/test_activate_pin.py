"""A PIN that was closed after ten wrong tries comes back by an administrator's code, and by nothing else."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Assignment
from audit.models import Event
from bar.models import PinActivation
from bar.services.activating import set_pin_by_code
from bar.services.pins import closed_pin, open_key, set_pin
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from tests.builders import make_cast, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PIN, NEW = "730164", "846203"


@pytest.fixture
def closed():
    kpa = make_cast().kpa
    now = clock.now()
    set_pin(user=kpa, pin=PIN, now=now)
    for tried in range(10):
        with pytest.raises(Refusal):
            open_key(user=kpa, pin="111112", now=now + timedelta(hours=tried // 5))
    return kpa


def test_after_ten_wrong_tries_the_right_pin_opens_nothing(closed):
    with pytest.raises(Refusal, match="PERLU_AKTIVASI"):
        open_key(user=closed, pin=PIN, now=clock.now() + timedelta(days=1))


def code_for(owner, administrator):
    told = StringIO()
    call_command(
        "activate_pin",
        owner.username,
        by=administrator.username,
        reason="PIN ditutup, pemilik sudah dikenali.",
        stdout=told,
    )
    return told.getvalue().split(": ")[1].strip()


def test_an_administrators_code_lets_the_owner_set_a_new_one(closed):
    administrator = make_user("ADMIN_PUSAT")
    code, now = code_for(closed, administrator), clock.now()
    assert closed_pin(closed, now=now).code == "PERLU_AKTIVASI"
    set_pin_by_code(user=closed, code=code.lower(), pin=NEW, now=now)
    assert closed_pin(closed, now=now) is None
    assert open_key(user=closed, pin=NEW, now=now)
    assert Event.objects.filter(action="AKTIFKAN_PIN", actor=f"pengguna:{administrator.pk}").count() == 1


def test_a_code_works_once_and_only_for_a_week(closed):
    code, now = code_for(closed, make_user("ADMIN_PUSAT")), clock.now()
    with pytest.raises(Refusal, match="KODE_AKTIVASI"):
        set_pin_by_code(user=closed, code=code, pin=NEW, now=now + timedelta(days=7, seconds=1))
    set_pin_by_code(user=closed, code=code, pin=NEW, now=now)
    with pytest.raises(Refusal, match="KODE_AKTIVASI"):
        set_pin_by_code(user=closed, code=code, pin="904118", now=now)


def test_a_weak_pin_does_not_use_the_code_up(closed):
    code, now = code_for(closed, make_user("ADMIN_PUSAT")), clock.now()
    with pytest.raises(Refusal, match="PIN_LEMAH"):
        set_pin_by_code(user=closed, code=code, pin="111111", now=now)
    set_pin_by_code(user=closed, code=code, pin=NEW, now=now)


def test_the_fifth_wrong_code_ends_the_right_one(closed):
    code, now = code_for(closed, make_user("ADMIN_PUSAT")), clock.now()
    for _ in range(5):
        with pytest.raises(Refusal, match="KODE_AKTIVASI"):
            set_pin_by_code(user=closed, code="0000-0000-0000", pin=NEW, now=now)
    with pytest.raises(Refusal, match="KODE_AKTIVASI"):
        set_pin_by_code(user=closed, code=code, pin=NEW, now=now)


def test_a_newer_code_ends_the_older(closed):
    administrator = make_user("ADMIN_PUSAT")
    first, second, now = code_for(closed, administrator), code_for(closed, administrator), clock.now()
    with pytest.raises(Refusal, match="KODE_AKTIVASI"):
        set_pin_by_code(user=closed, code=first, pin=NEW, now=now)
    set_pin_by_code(user=closed, code=second, pin=NEW, now=now)


def test_the_code_is_kept_nowhere(closed):
    code = code_for(closed, make_user("ADMIN_PUSAT"))
    kept = repr(list(PinActivation.objects.values())) + repr(list(Event.objects.values()))
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_nobody_else_issues_one(closed):
    with pytest.raises(CommandError, match="bukan administrator"):
        code_for(closed, closed)


def test_only_for_ones_own_satkers_and_never_for_oneself(closed):
    own, far = make_user("ADMIN_KPPN", "116"), make_user("ADMIN_KPPN", "156")
    assert code_for(closed, own)
    with pytest.raises(CommandError, match="bukan administrator"):
        code_for(closed, far)
    Assignment.objects.create(
        user=closed, role="ADMIN_PUSAT", place="", valid_from=clock.now() - timedelta(days=1)
    )
    with pytest.raises(CommandError, match="bukan administrator"):
        code_for(closed, closed)

"""A PIN that was closed after ten wrong tries is reopened by an administrator, and by nobody else."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from bar.services.pins import check_pin, closed_pin, set_pin
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from tests.builders import make_cast, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PIN = "730164"


@pytest.fixture
def closed():
    kpa = make_cast().kpa
    now = clock.now()
    set_pin(user=kpa, pin=PIN, now=now)
    for tried in range(10):
        with pytest.raises(Refusal):
            check_pin(user=kpa, pin="111112", now=now + timedelta(hours=tried // 5))
    return kpa


def test_after_ten_wrong_tries_the_right_pin_opens_nothing(closed):
    with pytest.raises(Refusal, match="PERLU_AKTIVASI"):
        check_pin(user=closed, pin=PIN, now=clock.now() + timedelta(days=1))


def test_an_administrator_reopens_it(closed):
    administrator = make_user("ADMIN_PUSAT")
    call_command("activate_pin", closed.username, by=administrator.username, stdout=StringIO())
    assert closed_pin(closed, now=clock.now()) is None
    assert Event.objects.filter(action="AKTIFKAN_PIN", actor=f"pengguna:{administrator.pk}").count() == 1


def test_nobody_else_reopens_it(closed):
    with pytest.raises(CommandError, match="bukan administrator"):
        call_command("activate_pin", closed.username, by=closed.username, stdout=StringIO())

"""Who sees which satkers; the stranger's satker is 627898 of KPPN 156."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Kppn
from accounts.scoping import visible_satkers
from erekon.lib import clock
from tests.builders import assign, make_places, make_user

pytestmark = pytest.mark.django_db

OWN, NEIGHBOUR, FAR = "503202", "441905", "627898"
EVERYONE = {OWN, NEIGHBOUR, FAR}


def seen(user):
    return set(visible_satkers(user).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        ("OPERATOR_SATKER", OWN, {OWN}),
        ("KPA", OWN, {OWN}),
        ("ADMIN_LOKAL", OWN, {OWN}),
        ("VERA", "116", {OWN, NEIGHBOUR}),
        ("KASI_VERA", "116", {OWN, NEIGHBOUR}),
        ("KEPALA_KPPN", "116", {OWN, NEIGHBOUR}),
        ("SUPERVISOR_KPPN", "116", {OWN, NEIGHBOUR}),
        ("ADMIN_KPPN", "116", {OWN, NEIGHBOUR}),
        ("KANWIL", "07", {OWN, NEIGHBOUR}),
        ("DJPB", "", EVERYONE),
        ("ADMIN_PUSAT", "", EVERYONE),
        ("UAPPA_W", "0150812", {OWN}),
        ("UAPPA_E1", "01508", {OWN, FAR}),
        ("UAPA", "015", {OWN, FAR}),
        ("SAKTI", "", set()),
        # strangers
        ("OPERATOR_SATKER", FAR, {FAR}),
        ("VERA", "156", {FAR}),
        ("KANWIL", "25", {FAR}),
        ("UAPPA_W", "0150820", {FAR}),
    ],
)
def test_each_role_sees_exactly_the_satkers_of_its_place(role, place, expected):
    make_places()
    assert seen(make_user(role, place)) == expected


def test_several_assignments_add_up():
    make_places()
    user = make_user("OPERATOR_SATKER", OWN)
    assign(user, "VERA", "156")
    assert seen(user) == {OWN, FAR}


def test_an_assignment_that_ended_or_has_not_begun_shows_nothing():
    make_places()
    user = make_user("SAKTI")
    assign(user, "DJPB", valid_to=clock.now() - timedelta(seconds=1))
    assign(user, "DJPB", valid_from=clock.now() + timedelta(hours=1))
    assert seen(user) == set()


def test_an_unknown_role_an_inactive_and_an_anonymous_user_see_nothing():
    make_places()
    user = make_user("DJPB")
    user.is_active = False
    odd = make_user("BUKAN_PERAN")
    assert (seen(user), seen(odd), seen(AnonymousUser())) == (set(), set(), set())


def test_a_satker_role_sees_no_kppn_while_a_kanwil_sees_its_own_ones():
    make_places()
    codes = [
        set(Kppn.objects.visible_to(user).values_list("code", flat=True))
        for user in (make_user("OPERATOR_SATKER", OWN), make_user("KANWIL", "07"), make_user("VERA", "156"))
    ]
    assert codes == [set(), {"116"}, {"156"}]


def test_the_fixed_early_instant_lets_past_actions_be_judged():
    make_places()
    user = make_user("VERA", "116")
    assert user.assignments.get().valid_from < datetime(2016, 1, 1, tzinfo=UTC)

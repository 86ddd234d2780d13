"""The table of roles."""

import pytest

from accounts.roles import BY_CODE, ROLES, SIGNING_ROLES, PlaceKind, Power, roles_with

PLACES = {
    "OPERATOR_SATKER": PlaceKind.SATKER,
    "KPA": PlaceKind.SATKER,
    "VERA": PlaceKind.KPPN,
    "KASI_VERA": PlaceKind.KPPN,
    "KEPALA_KPPN": PlaceKind.KPPN,
    "SUPERVISOR_KPPN": PlaceKind.KPPN,
    "KANWIL": PlaceKind.KANWIL,
    "DJPB": PlaceKind.NATIONAL,
    "UAPPA_W": PlaceKind.BA_ES1_LOKASI,
    "UAPPA_E1": PlaceKind.BA_ES1,
    "UAPA": PlaceKind.BA,
    "ADMIN_PUSAT": PlaceKind.NATIONAL,
    "ADMIN_KPPN": PlaceKind.KPPN,
    "ADMIN_LOKAL": PlaceKind.SATKER,
    "SAKTI": PlaceKind.NATIONAL,
}


def test_every_role_of_the_design_stands_at_its_kind_of_place():
    assert {role.code: role.place for role in ROLES} == PLACES


def test_no_role_is_written_twice():
    assert len(BY_CODE) == len(ROLES)


@pytest.mark.parametrize(
    ("power", "holders"),
    [
        (Power.UPLOAD, {"OPERATOR_SATKER"}),
        (Power.SIGN_KPA, {"KPA"}),
        (Power.SIGN_KASI_VERA, {"KASI_VERA"}),
        (Power.APPROVE, {"VERA"}),
        (Power.GRANT_RESET, {"VERA"}),
        (Power.SEND_TREASURY, {"SUPERVISOR_KPPN"}),
        (Power.SET_SCHEDULE, {"DJPB"}),
        (Power.DECLINE, {"KPA", "KASI_VERA"}),
    ],
)
def test_a_power_belongs_to_exactly_its_roles(power, holders):
    assert roles_with(power) == holders


def test_nobody_who_signs_may_upload_or_approve():
    for code in SIGNING_ROLES:
        assert not BY_CODE[code].powers & {Power.UPLOAD, Power.APPROVE}


def test_the_sakti_machine_sees_no_cases():
    assert [role.code for role in ROLES if not role.sees_cases] == ["SAKTI"]

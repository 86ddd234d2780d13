"""The roles, as data. Pure: no Django.

Source: the table of roles of the design; seeds 001 (levels) and 004 (administrators).
"""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What kind of place an assignment names."""

    SATKER = "SATKER"
    KPPN = "KPPN"
    KANWIL = "KANWIL"
    NATIONAL = "NATIONAL"
    BA_ES1_LOKASI = "BA_ES1_LOKASI"
    BA_ES1 = "BA_ES1"
    BA = "BA"


class Power(StrEnum):
    """What a role may do beyond looking at what it sees."""

    UPLOAD = "UPLOAD"
    EXPLAIN = "EXPLAIN"
    ASK_RESET = "ASK_RESET"
    SIGN_KPA = "SIGN_KPA"
    SIGN_KASI_VERA = "SIGN_KASI_VERA"
    DECLINE = "DECLINE"
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    JUDGE_EXPLANATION = "JUDGE_EXPLANATION"
    RERUN = "RERUN"
    GRANT_RESET = "GRANT_RESET"
    SEND_TREASURY = "SEND_TREASURY"
    READ_TREASURY = "READ_TREASURY"
    SET_SCHEDULE = "SET_SCHEDULE"
    ACTIVATE_PIN = "ACTIVATE_PIN"
    READ_AUDIT = "READ_AUDIT"
    READ_STATUS = "READ_STATUS"


@dataclass(frozen=True)
class Role:
    """One role: its code, what the screen calls it, the kind of its place, and its powers."""

    code: str
    label: str
    place: PlaceKind
    powers: frozenset[Power] = frozenset()
    sees_cases: bool = True


ROLES: tuple[Role, ...] = (
    Role(
        "OPERATOR_SATKER",
        "Operator satker",
        PlaceKind.SATKER,
        frozenset({Power.UPLOAD, Power.EXPLAIN, Power.ASK_RESET}),
    ),
    Role("KPA", "Kuasa Pengguna Anggaran", PlaceKind.SATKER, frozenset({Power.SIGN_KPA, Power.DECLINE})),
    Role(
        "VERA",
        "Petugas Seksi Vera",
        PlaceKind.KPPN,
        frozenset(
            {
                Power.APPROVE,
                Power.REJECT,
                Power.JUDGE_EXPLANATION,
                Power.RERUN,
                Power.GRANT_RESET,
                Power.READ_TREASURY,
            }
        ),
    ),
    Role(
        "KASI_VERA",
        "Kepala Seksi Vera",
        PlaceKind.KPPN,
        frozenset({Power.SIGN_KASI_VERA, Power.DECLINE, Power.READ_TREASURY, Power.READ_AUDIT}),
    ),
    Role("KEPALA_KPPN", "Kepala KPPN", PlaceKind.KPPN, frozenset({Power.READ_TREASURY, Power.READ_AUDIT})),
    Role(
        "SUPERVISOR_KPPN",
        "Supervisor KPPN",
        PlaceKind.KPPN,
        frozenset({Power.SEND_TREASURY, Power.READ_TREASURY}),
    ),
    Role("KANWIL", "Kanwil DJPb", PlaceKind.KANWIL, frozenset({Power.READ_TREASURY, Power.READ_AUDIT})),
    Role(
        "DJPB",
        "Kantor Pusat DJPb",
        PlaceKind.NATIONAL,
        frozenset({Power.SET_SCHEDULE, Power.READ_TREASURY, Power.READ_AUDIT}),
    ),
    Role("UAPPA_W", "UAPPA-W", PlaceKind.BA_ES1_LOKASI),
    Role("UAPPA_E1", "UAPPA-E1", PlaceKind.BA_ES1),
    Role("UAPA", "UAPA", PlaceKind.BA),
    Role(
        "ADMIN_PUSAT",
        "Administrator pusat",
        PlaceKind.NATIONAL,
        frozenset(
            {
                Power.ACTIVATE_PIN,
                Power.RERUN,
                Power.READ_TREASURY,
                Power.READ_AUDIT,
                Power.READ_STATUS,
            }
        ),
    ),
    Role("ADMIN_KPPN", "Administrator KPPN", PlaceKind.KPPN, frozenset({Power.ACTIVATE_PIN})),
    Role("ADMIN_LOKAL", "Administrator lokal", PlaceKind.SATKER),
    Role("SAKTI", "SAKTI", PlaceKind.NATIONAL, sees_cases=False),
)

BY_CODE: dict[str, Role] = {role.code: role for role in ROLES}
SIGNING_ROLES: frozenset[str] = frozenset({"KPA", "KASI_VERA"})


def roles_with(power: Power) -> frozenset[str]:
    """The codes of the roles that hold this power."""
    return frozenset(role.code for role in ROLES if power in role.powers)

"""What frames every page: the rail of the role, the unit, who is signed in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Assignment, Kppn, Satker, User
from accounts.roles import BY_CODE, PlaceKind, Power, roles_with
from accounts.scoping import assignments_of
from accounts.sessions import IDLE, LONGEST
from erekon.lib import clock


@dataclass(frozen=True)
class RailItem:
    """One entry of the rail: where it leads, its word, its icon, and the roles that have it."""

    name: str
    label: str
    icon: str
    roles: frozenset[str]


HOUR = timedelta(hours=1)
SATKER = frozenset({"OPERATOR_SATKER", "KPA"})
EVERYBODY = frozenset(BY_CODE)

RAIL: tuple[RailItem, ...] = (
    RailItem("beranda", "Beranda", "house", EVERYBODY),
    RailItem("upload", "Upload", "cloud-upload", frozenset({"OPERATOR_SATKER"})),
    RailItem("antrean", "Antrean", "list-checks", frozenset({"VERA"})),
    RailItem("ttd", "Tanda tangan", "pen-line", frozenset({"KPA", "KASI_VERA"})),
    RailItem("riwayat", "Riwayat", "history", SATKER),
    RailItem("reset", "Reset BAR", "undo-2", frozenset({"VERA", "OPERATOR_SATKER"})),
    RailItem("jadwal", "Jadwal", "calendar-days", EVERYBODY),
    RailItem("pin", "PIN", "lock", frozenset({"KPA", "KASI_VERA"})),
    RailItem("admin-pin", "PIN penanda tangan", "lock", roles_with(Power.ACTIVATE_PIN)),
    RailItem("jejak", "Jejak audit", "table-properties", roles_with(Power.READ_AUDIT)),
    RailItem("status", "Keadaan sistem", "eye", roles_with(Power.READ_STATUS)),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context `shell` of the base template; empty for anonymous visitors."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"shell": None}
    held = assignments_of(user, clock.now())
    roles = {one.role for one in held}
    here = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "shell": {
            "rail": [
                {
                    "url": reverse(item.name),
                    "label": item.label,
                    "icon": item.icon,
                    "count": None,
                    "current": item.name == here,
                }
                for item in RAIL
                if item.roles & roles
            ],
            "home_url": reverse("beranda"),
            "help_url": reverse("bantuan"),
            "sign_out_url": reverse("keluar"),
            "session_url": reverse("sesi"),
            "session_seconds": int(IDLE.total_seconds()),
            "session_hours": LONGEST // HOUR,
            "sign_in_url": reverse("masuk"),
            "user_key": user.pk,
            "unit": _unit(held),
            "user_name": user.name,
            "initials": "".join(word[0] for word in user.name.split()[:2]).upper(),
            "role_label": ", ".join(dict.fromkeys(BY_CODE[one.role].label for one in held)) or "Tanpa peran",
        }
    }


def _unit(held: list[Assignment]) -> str:
    if not held:
        return ""
    first = held[0]
    kind = BY_CODE[first.role].place
    if kind is PlaceKind.SATKER:
        return str(Satker.objects.filter(pk=first.place).first() or first.place)
    if kind is PlaceKind.KPPN:
        return str(Kppn.objects.filter(pk=first.place).first() or first.place)
    return first.place or "Nasional"

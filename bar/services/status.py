"""The published status list: which BARs were voided, which certificates do not count."""

from datetime import datetime

from django.conf import settings

from bar.documents.status_list import Voided, make_status_list
from bar.installation import keyring
from bar.models import Bar, BarStatus, IssuedCertificate


def current_status_list(now: datetime) -> str:
    """The list as of now, signed."""
    kid, key = keyring().current()
    return make_status_list(_voided(), _revoked(), issuer=settings.PUBLIC_BASE_URL, now=now, key=key, kid=kid)


def _voided() -> list[Voided]:
    """Every BAR that was in force once and is no more."""
    successors = dict(
        Bar.objects.filter(status=BarStatus.BERLAKU, replaces__isnull=False).values_list("replaces", "number")
    )
    rows = Bar.objects.filter(status=BarStatus.DIBATALKAN).exclude(sealed="")
    return [
        Voided(verify_id, at, letter, dated, successors.get(pk, ""))
        for pk, verify_id, at, letter, dated in rows.values_list(
            "pk", "verify_id", "voided_at", "void_letter", "void_letter_date"
        )
        if at and dated
    ]


def _revoked() -> dict[int, datetime]:
    rows = IssuedCertificate.objects.filter(key__revoked_from__isnull=False)
    return {
        int(serial, 16): since for serial, since in rows.values_list("serial", "key__revoked_from") if since
    }

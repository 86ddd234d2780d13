"""Check an upload again whose check failed for good: our fault, so the satker need not send it again."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor, record
from adk.models import Upload
from adk.services.receiving import CHECK_TASK
from erekon.lib.leases import revive
from erekon.lib.refusals import Refusal
from erekon.lib.ring import ring


def recheck(*, upload: Upload, actor: Actor, now: datetime) -> None:
    """Let the upload wait for the gate again, with all its tries; one transaction.

    The window was judged on its first byte and is not judged again. Raises BERUBAH where it did not fail.
    """
    with transaction.atomic():
        if not revive(Upload.objects.filter(pk=upload.pk), now=now):
            raise Refusal("BERUBAH", siapa="Sistem atau petugas lain")
        ring(CHECK_TASK)
        record(
            actor,
            at=now,
            action="PERIKSA_ULANG",
            subject=f"unggahan:{upload.pk}",
            satker=upload.case.satker_id,
            content={"case": upload.case_id, "number": upload.number, "sha256": upload.sha256},
        )

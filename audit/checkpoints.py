"""Making checkpoints: signed, kept as a row, and then in a file outside the database.

Every thousandth event has one, and so has the chain as it stood when a BAR was finished; the BAR carries it.
"""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models.functions import Mod

from audit import notes
from audit.models import ChainHead, Checkpoint, Event
from audit.witness import Witness
from erekon.lib.failpoints import failpoint
from erekon.lib.keyring import Keyring
from erekon.lib.prepared import Prepared, Slot
from erekon.lib.prepared_writes import insert

_HEAD = Prepared(lambda: ChainHead.objects.filter(pk=1).exclude(seq=0))
_OF_EVENT = Prepared(lambda: Checkpoint.objects.filter(seq=Slot("seq")))
EVERY = 1000
WHOLE_FILE = 100  # fewer notes than this at the end of the file are all there are


def witness() -> Witness:
    """The file outside the database; keep copies of it on another machine."""
    return Witness(Path(settings.MEDIA_ROOT) / "audit" / "checkpoints.txt")


def keep_checkpoint(*, now: datetime) -> Checkpoint | None:
    """The checkpoint of the chain as it is committed now; None for an empty chain. Outside any transaction."""
    head = _HEAD.first()
    return _keep(head.seq, head.hash, now) if head else None


def keep_due_checkpoints(*, now: datetime) -> int:
    """The checkpoints of every thousandth event that has none yet; returns how many were made.

    Notes that a crash kept from the file are added to it as well.
    """
    head = ChainHead.objects.filter(pk=1).first()
    whole = Checkpoint.objects.annotate(rest=Mod("seq", EVERY)).filter(rest=0)
    last = whole.order_by("-seq").values_list("seq", flat=True).first() or 0
    due = range(last + EVERY, (head.seq if head else 0) + 1, EVERY)
    for event in Event.objects.filter(seq__in=due).order_by("seq"):
        _keep(event.seq, event.hash, now)
    _complete_witness()
    return len(due)


def _keep(seq: int, digest: str, now: datetime) -> Checkpoint:
    made = _OF_EVENT.first(seq=seq)
    if made:
        return made
    _, key = Keyring(settings.KEY_FOLDER).current()
    origin = f"{urlsplit(settings.PUBLIC_BASE_URL).netloc}/jejak"
    note = notes.sign_note(notes.Checkpoint(origin, seq, digest), key)
    try:
        with transaction.atomic():
            made = insert(Checkpoint(seq=seq, at=now, hash=digest, note=note))
    except DatabaseError:
        # Another process kept the same one first; anything else says so itself.
        return Checkpoint.objects.get(seq=seq)
    failpoint("checkpoint.kept")
    witness().add([note])
    return made


def _complete_witness() -> None:
    """The newest rows against the end of the file: a row whose note was not written there is added."""
    book = witness()
    standing = book.last_notes()
    sizes = [int(size) for note in standing if (size := note.splitlines()[1]).isdecimal()]
    # Two signers may have written in the other order: where the whole file was read, look at every row.
    oldest = min(sizes, default=0) if len(standing) >= WHOLE_FILE else 0
    known = set(standing)
    rows = Checkpoint.objects.filter(seq__gte=oldest).values_list("note", flat=True)
    missing = [note for note in rows if note not in known]
    if missing:
        book.add(missing)

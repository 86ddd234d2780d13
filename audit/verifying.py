"""Is the history whole? Every event against the one before it, and against every signed checkpoint."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Max

from audit import checkpoints
from audit.chain import GENESIS, BadLink, Link, first_bad
from audit.models import ChainHead, Checkpoint, Event
from audit.notes import NoteError, open_note
from erekon.lib.keyring import Keyring

_MEMBERS = ("seq", "at", "actor", "role", "action", "subject", "satker", "content", "previous_hash", "hash")


def verify_chain(further_notes: Iterable[str] = ()) -> BadLink | None:
    """The first event that does not fit, or None when the stored chain is whole up to its head.

    Checkpoints are those of the database, of the file outside it, and `further_notes` (a copy kept elsewhere).
    """
    points, forged = _checkpoints(further_notes)
    return first_bad(_links(), points) or forged or _against_head(points)


def _checkpoints(further_notes: Iterable[str]) -> tuple[dict[int, str], BadLink | None]:
    keys = list(Keyring(settings.KEY_FOLDER).public_keys().values())
    rows = Checkpoint.objects.values_list("note", flat=True).iterator()
    points: dict[int, str] = {}
    forged = None
    for note in (*rows, *checkpoints.witness().notes(), *further_notes):
        try:
            read = open_note(note, keys)
        except NoteError as error:
            forged = forged or BadLink(0, f"a checkpoint is {error}")
            continue
        if points.setdefault(read.size, read.root) != read.root:
            forged = forged or BadLink(read.size, "two checkpoints of it differ")
    return points, forged


def _against_head(points: dict[int, str]) -> BadLink | None:
    """Read in this order, a chain that grows meanwhile is never taken for one that was cut."""
    last = Event.objects.aggregate(Max("seq"))["seq__max"] or 0
    head = ChainHead.objects.filter(pk=1).first() or ChainHead(seq=0, hash=GENESIS)
    known = max(points, default=0)
    if known > last:
        return BadLink(last + 1, f"cut off: a checkpoint knows {known} events")
    if head.seq < last:
        return BadLink(head.seq + 1, "unknown to the head of the chain")
    digest = Event.objects.filter(seq=head.seq).values_list("hash", flat=True).first() or GENESIS
    return BadLink(last + 1, "cut off before its head") if digest != head.hash else None


def _links() -> Iterator[tuple[Link, str]]:
    for *members, digest in Event.objects.order_by("seq").values_list(*_MEMBERS).iterator(chunk_size=10_000):
        yield Link(*members), digest

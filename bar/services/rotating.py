"""A new server key under every envelope, without anybody's PIN."""

from datetime import datetime

from django.db import transaction

from accounts.actors import SYSTEM
from audit.services import append
from bar.installation import authority, keyring, server_key, server_keys
from bar.models import SignerKey
from bar.signing.envelope import ServerKey, reseal, server_key_of


def make_keys(*, now: datetime) -> list[str]:
    """Make what is missing: the token key, the server key, the authority; answers the names of the key files."""
    ring = keyring()
    ring.current()
    ring.server_secret()
    authority(now).ca_pem()
    return sorted(path.name for path in ring.folder.iterdir())


def rotate_server_key(*, now: datetime) -> int:
    """Make a new server key and seal every envelope under it; answers how many. No PIN is needed.

    An envelope that changes meanwhile (a new PIN) is taken as it then stands. May be broken off and run again:
    the older keys stay until `forget_server_keys`.
    """
    keyring().rotate_server_secret()
    new, moved = server_key(), 0
    while behind := _sealed_under_others(new):
        moved += sum(_reseal(key, new) for key in behind)
    with transaction.atomic():
        append(
            at=now,
            actor=SYSTEM.key,
            action="GANTI_KUNCI_SERVER",
            subject="kunci-server",
            content={"kid": new.kid.hex(), "envelopes": moved},
        )
    return moved


def forget_server_keys() -> list[str]:
    """Delete the older server keys that no envelope needs; answers their files. A backup of the database from
    before then needs the backup of the keys of its day."""
    ring, needed = keyring(), {server_key().kid}
    needed |= {server_key_of(bytes(key.envelope)) for key in _with_envelope()}
    gone = []
    for kid, path in zip(server_keys(), ring.server_secret_paths(), strict=True):
        if kid not in needed:
            path.unlink()
            gone.append(path.name)
    return gone


def _with_envelope() -> list[SignerKey]:
    return list(SignerKey.objects.select_related("user").filter(retired_at__isnull=True))


def _sealed_under_others(new: ServerKey) -> list[SignerKey]:
    return [key for key in _with_envelope() if server_key_of(bytes(key.envelope)) != new.kid]


def _reseal(key: SignerKey, new: ServerKey) -> int:
    before = bytes(key.envelope)
    after = reseal(before, server_keys=server_keys(), server_key=new, owner=key.user.nip)
    return SignerKey.objects.filter(pk=key.pk, envelope=before).update(envelope=after)

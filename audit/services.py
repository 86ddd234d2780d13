"""Appending to the chain."""

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from audit.chain import GENESIS, Link
from audit.models import ActorName, ChainHead, Event
from erekon.lib.prepared import Prepared
from erekon.lib.prepared_writes import insert, replace

_HEAD = Prepared(lambda: ChainHead.objects.select_for_update().filter(pk=1))


def append(
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    role: str = "",
    satker: str = "",
    actor_name: str = "",
    content: dict[str, Any] | None = None,
) -> Event:
    """Append one event to the chain, inside the caller's transaction and as its last statement.

    Whole or nothing with that transaction. `at` is an aware instant; `content` is plain JSON.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit event belongs to the transaction it describes")
    if actor_name:
        replace(
            ActorName(key=actor, name=actor_name)
        )  # one statement: every move of every case comes by here
    plain = json.loads(json.dumps(content or {}, cls=DjangoJSONEncoder))
    head = _HEAD.first() or ChainHead(pk=1, seq=0, hash=GENESIS)
    link = Link(head.seq + 1, at, actor, role, action, subject, satker, plain, head.hash)
    event = insert(
        Event(
            seq=link.seq,
            at=at,
            actor=actor,
            role=role,
            action=action,
            subject=subject,
            satker=satker,
            content=plain,
            previous_hash=link.previous_hash,
            hash=link.digest(),
        )
    )
    head.seq, head.hash = event.seq, event.hash
    replace(head)
    return event


def forget_name(*, key: str, letter: str, actor: str, now: datetime) -> bool:
    """Erase the name behind an actor's key, on a written request; the chain keeps the key and stays whole.

    Inside the caller's transaction. False, and no event, when there is no such name.
    """
    erased, _ = ActorName.objects.filter(key=key).delete()
    if erased:
        append(at=now, actor=actor, action="HAPUS_NAMA", subject=key, content={"letter": letter})
    return bool(erased)

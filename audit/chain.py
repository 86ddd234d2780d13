"""How an event is hashed, and how a chain of events is checked. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
# One encoder for every event: `json.dumps` with these options makes a new one each time.
_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True)
class Link:
    """What the hash of one event covers; `at` is an aware instant, written in UTC to the microsecond."""

    seq: int
    at: datetime
    actor: str
    role: str
    action: str
    subject: str
    satker: str
    content: dict[str, Any]
    previous_hash: str

    def digest(self) -> str:
        """SHA-256 over the previous hash and the canonical JSON (sorted keys, no spaces, UTF-8)."""
        members = {
            "seq": self.seq,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor,
            "role": self.role,
            "action": self.action,
            "subject": self.subject,
            "satker": self.satker,
            "content": self.content,
        }
        return hashlib.sha256(self.previous_hash.encode() + _canonical(members).encode()).hexdigest()


@dataclass(frozen=True)
class BadLink:
    """The first event that does not fit: its sequence number and why."""

    seq: int
    reason: str


def first_bad(
    links: Iterable[tuple[Link, str]], checkpoints: Mapping[int, str] | None = None
) -> BadLink | None:
    """Walk (link, stored hash) in order and name the first that is missing, moved or rewritten.

    `checkpoints` maps a sequence number to the hash that was signed for it: a chain rewritten whole, with
    every hash made anew, still differs there.
    """
    signed = checkpoints or {}
    previous, expected, sure = GENESIS, 1, 0
    for link, stored in links:
        if link.seq != expected:
            return BadLink(expected, "missing")
        if link.previous_hash != previous:
            return BadLink(link.seq, "not chained to the event before it")
        if link.digest() != stored:
            return BadLink(link.seq, "rewritten")
        if signed.get(link.seq, stored) != stored:
            return BadLink(sure + 1, f"rewritten: the checkpoint of event {link.seq} says otherwise")
        sure = link.seq if link.seq in signed else sure
        previous, expected = stored, expected + 1
    return None

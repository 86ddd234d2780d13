"""Events, the head of their chain, and the names behind the actors' keys."""

from django.db import models


class Event(models.Model):
    """One thing that happened; `hash` covers the previous hash and the canonical JSON of this row.

    The database itself refuses UPDATE and DELETE (triggers of migration 0002).
    """

    seq = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80, help_text="Key of the actor, such as `pengguna:7` or `sistem`")
    role = models.CharField(max_length=30, blank=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, help_text="What it happened to, such as `kasus:12`")
    satker = models.CharField(max_length=6, blank=True, db_index=True)
    content = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.subject}"


class ChainHead(models.Model):
    """The single row whose lock puts events in order: the last sequence number and hash."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"head {self.seq}"


class Checkpoint(models.Model):
    """A signed statement that the chain had `seq` events and that the last of them had this hash.

    The same text stands in a file outside the database, so that a database put back or cut is noticed.
    The database itself refuses UPDATE and DELETE (triggers of migration 0005).
    """

    seq = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    hash = models.CharField(max_length=64)
    note = models.TextField(help_text="C2SP tlog-checkpoint, signed with the installation's Ed25519 key")

    class Meta:
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"checkpoint {self.seq}"


class ActorName(models.Model):
    """The person behind an actor's key. Personal data stays out of the chain, so it can be erased."""

    key = models.CharField(max_length=80, primary_key=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name

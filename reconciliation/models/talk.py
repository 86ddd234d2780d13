"""Words around an explanation: the operator's own draft, and what operator and Vera say to each other."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.scoping import ScopedQuerySet
from reconciliation.models.case import Reconciliation


class DraftQuerySet(ScopedQuerySet["ExplanationDraft"]):
    """Drafts, scoped by the satker of their case; besides, each belongs to its author alone."""

    scope_path = "case__satker"


class MessageQuerySet(ScopedQuerySet["ExplanationMessage"]):
    """Messages, scoped by the satker of their case."""

    scope_path = "case__satker"
    office_path = "case__office"


class ExplanationDraft(models.Model):
    """What one person has typed about one (element, akun) and not yet sent; nobody else reads it.

    `seen_version` is the version of the explanation that stood when the typing began (0: none).
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="drafts")
    element = models.CharField(max_length=8)
    akun = models.CharField(max_length=6)
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    location = models.CharField(max_length=14, blank=True, default="")
    reason = models.CharField(max_length=20, blank=True, default="")
    text = models.TextField(blank=True, default="")
    message = models.TextField(blank=True, default="")
    seen_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["case", "element", "akun", "author"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.element} {self.akun} {self.author_id}"


class MessageKind(models.TextChoices):
    """What a line of the thread is."""

    PESAN = "PESAN", "Pesan"
    JELASKAN = "JELASKAN", "Penjelasan"
    TOLAK = "TOLAK", "Alasan penolakan"


class ExplanationMessage(models.Model):
    """One line of the thread of one (element, akun): kept for good, in the order of its id.

    Every written explanation is a line as well (`version` says which), so rewriting loses no word.
    """

    case = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="messages")
    element = models.CharField(max_length=8)
    akun = models.CharField(max_length=6)
    kind = models.CharField(max_length=10, choices=MessageKind, default=MessageKind.PESAN)
    version = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["case", "element", "akun"], name="message_of_difference")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.element} {self.akun} {self.at}"

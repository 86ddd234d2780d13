"""Uploads that are still on their way, chunk by chunk."""

from django.db import models

from accounts.models import Satker, User
from adk.models.upload import Upload


class HalfSent(models.Model):
    """A file announced by its SHA-256 and size, whose chunks lie below MEDIA_ROOT/incoming until it is whole.

    The hash is fixed before the first byte, so that `started_at` may stand for the instant of that byte: a file
    made after the window closed cannot be sent under a session from before. `upload` is what it became.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    satker = models.ForeignKey(Satker, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=7)
    filename = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    upload = models.OneToOneField(
        Upload, null=True, blank=True, on_delete=models.CASCADE, related_name="half_sent"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "satker", "period", "sha256"],
                condition=models.Q(upload__isnull=True),
                name="half_sent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.satker_id} {self.period} {self.filename}"

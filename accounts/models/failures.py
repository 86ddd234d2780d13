"""Wrong names and passwords at the token address, counted per network address."""

from django.db import models


class TokenFailure(models.Model):
    """One failed request for a token; rows older than an hour are swept away by the next failure."""

    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="token_failure_address")]

    def __str__(self) -> str:
        return f"{self.address} {self.at:%H:%M:%S}"

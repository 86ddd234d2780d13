"""How often something was done of late, in rows that all web processes share."""

from django.db import models
from knox.models import AuthToken


class RateCount(models.Model):
    """One running count: of one limit, for one subject (an account, an address, a satker), until it lapses."""

    limit = models.CharField(max_length=30)
    subject = models.CharField(max_length=80)
    used = models.PositiveIntegerField(default=1)
    lapses_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "subject"], name="rate_count_once")]

    def __str__(self) -> str:
        return f"{self.limit} {self.subject}: {self.used}"


class TokenStanding(models.Model):
    """In what standing (password and roles) a token was made; without its row a token is worth nothing."""

    token = models.OneToOneField(
        AuthToken, primary_key=True, on_delete=models.CASCADE, related_name="standing"
    )
    standing = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.token_id}"

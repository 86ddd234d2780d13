"""The signer's PIN, key pair and one-time nonces."""

from django.db import models

from accounts.models import User
from reconciliation.models import Reconciliation


class SignerPin(models.Model):
    """The PIN of one person, as argon2id. `attempts` counts wrong tries since the last right one."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="pin")
    hash = models.CharField(max_length=200)
    attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    needs_activation = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"PIN {self.user_id}"


class SignerKey(models.Model):
    """A P-256 key pair with its certificate; the private key is wrapped by server key and PIN together."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="signer_keys")
    key_id = models.CharField(max_length=64, unique=True)
    certificate = models.TextField(help_text="PEM")
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(retired_at__isnull=True), name="one_key_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.key_id


class SigningNonce(models.Model):
    """A page's one-time right to sign one content hash; several may be open, each works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64)
    nonce = models.CharField(max_length=43, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"

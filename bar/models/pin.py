"""The signer's PIN, its activation, key pair, certificates and one-time nonces."""

from django.db import models

from accounts.models import User
from reconciliation.models import Reconciliation


class SignerPin(models.Model):
    """The count behind a person's PIN. Whether a PIN is right, the envelope of the key in use says.

    `attempts` counts wrong tries since the last right one.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="pin")
    attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    needs_activation = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"PIN {self.user_id}"


class PinActivation(models.Model):
    """A one-time code by which an administrator lets a person set a PIN; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="pin_activations")
    code_hash = models.CharField(max_length=64)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Used, or replaced by a newer one")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(closed_at__isnull=True), name="one_open_activation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.issued_at:%Y-%m-%d}"


class SignerKey(models.Model):
    """A P-256 key pair with its certificate in use; what opens the private key lies in the envelope, sealed by
    server key and PIN together. A key that is retired or revoked has no envelope any more."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="signer_keys")
    key_id = models.CharField(max_length=64, unique=True)
    certificate = models.TextField(help_text="PEM")
    vault = models.CharField(max_length=10, default="BAWAAN")
    envelope = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    revoked_from = models.DateTimeField(
        null=True, blank=True, help_text="Signatures from here on do not count"
    )
    revoked_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(retired_at__isnull=True), name="one_key_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.key_id


class IssuedCertificate(models.Model):
    """The register of the issuing CA: every certificate it ever gave to a signer's key."""

    serial = models.CharField(max_length=40, unique=True, help_text="Hexadecimal")
    key = models.ForeignKey(SignerKey, on_delete=models.PROTECT, related_name="certificates")
    pem = models.TextField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.serial


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

"""People and the roles they hold, with dates and letters."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from accounts.roles import ROLES


class UserStore(BaseUserManager["User"]):
    """Makes users; the user name is a NIP, NRP or NIK, or one of the 2016 scheme."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Save a user with a hashed password (None: no password, cannot sign in until one is set)."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person; "one person" is compared by `nip` (NIP, NRP or NIK), not by user name."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    nip = models.CharField(max_length=20, db_index=True)
    email = models.EmailField()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserStore] = UserStore()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "nip", "email"]

    def __str__(self) -> str:
        return f"{self.name} ({self.username})"


class Assignment(models.Model):
    """A role held by a user at a place for a time; judged at the instant of each action.

    `place` is the code (satker, KPPN, Kanwil, BA+ES1+lokasi, BA+ES1, BA, or empty for national).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=[(role.code, role.label) for role in ROLES])
    place = models.CharField(max_length=10, blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    sk_number = models.CharField(max_length=80, blank=True)
    sk_date = models.DateField(null=True, blank=True)
    cause = models.CharField(max_length=40, blank=True, help_text="mutasi, pensiun, meninggal, lain")

    class Meta:
        indexes = [models.Index(fields=["role", "place"], name="assignment_role_place")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.place}"

"""Password hashing: argon2id at the strength measured to cost about 20 ms (stack.md: Django's own 190 ms)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Argon2id, 19 MiB, 2 passes, 1 lane: OWASP's minimum, cheap enough for a closing night."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

"""Offices and satkers, users and their assignments, idempotency keys, failures."""

from accounts.models.failures import TokenFailure
from accounts.models.idempotency import IdempotencyKey
from accounts.models.limits import RateCount, TokenStanding
from accounts.models.places import BagianAnggaran, EselonSatu, Kanwil, Kppn, Lokasi, Satker
from accounts.models.users import Assignment, User

__all__ = [
    "Assignment",
    "BagianAnggaran",
    "EselonSatu",
    "IdempotencyKey",
    "Kanwil",
    "Kppn",
    "Lokasi",
    "RateCount",
    "Satker",
    "TokenFailure",
    "TokenStanding",
    "User",
]

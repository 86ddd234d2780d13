"""Reads of places and people that several apps share."""

from datetime import datetime

from accounts.models import Satker, User
from accounts.roles import Power, roles_with
from accounts.scoping import assignments_of
from erekon.lib.refusals import Refusal, field_refusal


def satkers_with(user: User, power: Power, *, at: datetime) -> list[Satker]:
    """The satkers over which the user holds a power by a satker assignment, in order of code."""
    able = roles_with(power)
    places = [held.place for held in assignments_of(user, at) if held.role in able]
    return list(Satker.objects.filter(code__in=places).select_related("eselon_satu", "kppn").order_by("code"))


def satker_to_upload(user: User, code: str, *, at: datetime) -> Satker:
    """The satker an upload is for: the one named, or the user's only one.

    Raises TIDAK_DITEMUKAN for a satker the user does not see, BUKAN_HAK for one he sees but may not upload
    for, ISIAN when he has several and names none.
    """
    own = satkers_with(user, Power.UPLOAD, at=at)
    if code:
        found = Satker.objects.visible_to(user).select_related("eselon_satu", "kppn").filter(pk=code).first()
        if found is None:
            raise Refusal("TIDAK_DITEMUKAN")
        return found
    if not own:
        raise Refusal("BUKAN_HAK")
    if len(own) > 1:
        raise field_refusal(satker="Sebutkan kode satker: Anda operator lebih dari satu satker.")
    return own[0]

"""In which role a user signs or declines a case now."""

from datetime import datetime

from accounts.actors import Actor, find_actor
from accounts.models import User
from accounts.roles import Power
from bar.services.batches import Wanted
from bar.services.signing import Request
from erekon.lib.refusals import Refusal
from erekon.portal.cases import acting, visible_case
from reconciliation.lifecycle import Stage
from reconciliation.models import Reconciliation
from reconciliation.services.changes import changed_refusal

POWER_OF_STAGE = {Stage.TTD_KPA: Power.SIGN_KPA, Stage.TTD_KASI_VERA: Power.SIGN_KASI_VERA}


def signer_of(case: Reconciliation, user: User, *, at: datetime) -> Actor:
    """The user as the signer whose turn it is.

    Raises BUKAN_HAK for anybody who signs nothing here, BERUBAH for a signer when nothing waits for him.
    """
    wanted = POWER_OF_STAGE.get(Stage(case.stage))
    if wanted is not None:
        return acting(user, wanted, case, at=at)
    # At any other stage a signer of this case learns that it moved on, others that it is not theirs.
    signs = (
        find_actor(user, power, case.satker, at=at, office=case.office_id)
        for power in POWER_OF_STAGE.values()
    )
    raise changed_refusal(case) if any(signs) else Refusal("BUKAN_HAK")


def wanted_by(user: User, pk: int, request: Request, *, at: datetime) -> Wanted:
    """One BAR of a batch, with the reason why this user does not sign it where there is one."""
    try:
        case = visible_case(user, pk=pk)
        return Wanted(pk, request, case, signer_of(case, user, at=at))
    except Refusal as refusal:
        return Wanted(pk, request, refusal=refusal)

"""`PUT cases/{id}/lpj/{bendahara}/`: the operator enters a treasurer's LPJ."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Power
from erekon.lib import clock
from erekon.portal.api.base import CaseApi
from erekon.portal.api.serializers import CaseSerializer
from erekon.portal.api.serializers_lpj import LpjEntrySerializer
from erekon.portal.lpj import bendahara_of
from reconciliation.services.lpj import Draft, write_lpj


class LpjView(CaseApi):
    """`PUT cases/{id}/lpj/{bendahara}/`."""

    @extend_schema(request=LpjEntrySerializer, responses=CaseSerializer)
    def put(self, request: Request, pk: int, bendahara: str) -> Response:
        """Replace the LPJ over the version that was read; rows left out or null are emptied."""
        case = self.case()
        actor = self.actor(case, Power.EXPLAIN)
        chosen = bendahara_of(bendahara)
        body = self.valid(LpjEntrySerializer, request)
        write_lpj(
            case_id=case.pk,
            bendahara=chosen,
            version=body["version"],
            draft=Draft(body["amounts"], body["number"], body["date"]),
            actor=actor,
            now=clock.now(),
        )
        return self.answer(case)

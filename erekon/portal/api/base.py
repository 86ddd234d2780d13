"""What the case addresses share: the case that the caller sees, and the answer after a decision."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from accounts.api.idempotency import IdempotentMixin
from accounts.models import User
from accounts.roles import Power
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from erekon.portal.api.serializers import CaseSerializer
from erekon.portal.cases import acting, case_document, visible_case
from reconciliation.lifecycle import HAS_DOCUMENTS, Stage
from reconciliation.models import Reconciliation


class CaseApi(IdempotentMixin):
    """An address below `cases/{id}/`."""

    @property
    def person(self) -> User:
        """The signed-in caller."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    def case(self) -> Reconciliation:
        """The case of the address; 404 when the caller does not see it."""
        return visible_case(self.person, pk=self.kwargs["pk"])

    def actor(self, case: Reconciliation, power: Power) -> Actor:
        """The caller in the role that holds this power; 403 when he has none."""
        return acting(self.person, power, case, at=clock.now())

    def answer(self, case: Reconciliation, status: int = 200) -> Response:
        """The case as it stands now."""
        fresh = visible_case(self.person, pk=case.pk)
        return Response(
            CaseSerializer(case_document(fresh, self.person, now=clock.now())).data, status=status
        )

    def valid(self, serializer: type[Any], request: Request) -> dict[str, Any]:
        """The checked body of the call; ISIAN with errors per field otherwise."""
        form = serializer(data=request.data)
        form.is_valid(raise_exception=True)
        checked: dict[str, Any] = form.validated_data
        return checked


def require_documents(case: Reconciliation) -> None:
    """Raise BELUM_ADA where the case has no documents yet."""
    if Stage(case.stage) not in HAS_DOCUMENTS or case.run is None:
        raise Refusal("BELUM_ADA")

"""Random calls after the OpenAPI document, as an operator: no server error, and nothing that it does not tell.

The sample is seeded and small; `EREKON_SOAK=1` asks more of every operation.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from accounts.services.tokens import issue_token
from erekon.lib import clock
from erekon.wsgi import application
from tests.availability import soaking
from tests.story import Story

EACH = 150 if soaking() else 4
# Sent by program to a public address, or answering with a page of its own.
STATUSES_OF_ALL = {400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 423, 429}


def call_at_random(operation: Any, tokens: list[str], wrong: dict[str, str]) -> int:
    """Some random calls of one operation; what is wrong goes into `wrong`, how many were made comes back."""
    name, told = f"{operation.method} {operation.path}", operation.definition.raw["responses"]
    allowed = set(map(int, filter(str.isdecimal, told))) | STATUSES_OF_ALL
    asked = []

    @seed(20261)
    @settings(
        max_examples=EACH,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), token=st.sampled_from(tokens))
    def call(case: Any, token: str) -> None:
        answer = case.call(headers={"Authorization": f"Token {token}"})
        asked.append(answer.status_code)
        if answer.status_code >= 500:
            wrong[name] = f"{answer.status_code} {answer.text[:200]}"
        elif answer.status_code not in allowed:
            wrong[name] = f"{answer.status_code} is not in the schema"

    call()
    return len(asked)


@pytest.fixture
def tokens(db: None) -> Iterator[list[str]]:
    story = Story.begin().approved()
    # As Django's own test client does: the transaction of the test must outlive the request.
    for one in (signals.request_started, signals.request_finished):
        one.disconnect(close_old_connections)
    people = (story.cast.operator, story.cast.vera, story.cast.kpa)
    yield [issue_token(user=one, now=clock.now()).token for one in people]
    for one in (signals.request_started, signals.request_finished):
        one.connect(close_old_connections)


def test_random_calls_after_the_schema_meet_no_server_error(
    tokens: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("erekon.portal.rates.BY_ADDRESS", {})
    schema: Any = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)
    operations = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    assert len(operations) > 30
    wrong: dict[str, str] = {}
    asked = 0
    for operation in operations:
        asked += call_at_random(operation, tokens, wrong)
    assert wrong == {}
    assert asked >= 30 * min(EACH, 3)

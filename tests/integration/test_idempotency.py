"""`Idempotency-Key`: one call, one effect, one answer."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from accounts.api.idempotency import IdempotentMixin
from accounts.models import IdempotencyKey
from accounts.services.idempotency import Answer, Claim, claim_key, remember_answer, sweep_keys
from erekon.lib import clock
from erekon.lib.refusals import Refusal
from tests.builders import make_user

PATH = "/api/v1/coba/"


@pytest.fixture
def effects():
    return SimpleNamespace(seen=[], then=lambda: Response({"rp": 1}, status=202))


@pytest.fixture
def call(effects):
    class Counting(IdempotentMixin, APIView):
        parser_classes = (JSONParser, FormParser, MultiPartParser)

        def post(self, request, *args):
            effects.seen.append(request.data)
            return effects.then()

        def get(self, request):
            effects.seen.append("get")
            return Response({})

    def send(user, key="k1", body=None, *, form="json", method="post", path=PATH):
        request = getattr(APIRequestFactory(), method)(
            path,
            {"a": 1} if body is None else body,
            format=form,
            headers={"Idempotency-Key": key} if key else {},
        )
        if user is not None:
            force_authenticate(request, user)
        return Counting.as_view()(request).render()

    return send


@pytest.fixture
def user(db):
    return make_user("OPERATOR_SATKER", "503202")


def with_file(content, name="a.zip", **fields):
    return {"file": SimpleUploadedFile(name, content), **fields}


def test_the_same_key_and_body_get_the_same_answer_and_one_effect(call, effects, user):
    first, second = call(user), call(user)
    assert (first.status_code, first.content) == (second.status_code, second.content) == (202, b'{"rp":1}')
    assert second["Content-Type"] == first["Content-Type"]
    assert len(effects.seen) == 1


def test_another_body_is_refused(call, effects, user):
    call(user)
    answer = call(user, body={"a": 2})
    assert (answer.status_code, answer.data["code"]) == (422, "KUNCI_BERBEDA")
    assert len(effects.seen) == 1


def test_the_same_key_of_a_stranger_on_another_path_or_method_is_another_call(call, effects, user):
    call(user)
    call(make_user("OPERATOR_SATKER", "627898"))
    call(user, path="/api/v1/lain/")
    assert len(effects.seen) == 3


def test_without_a_key_every_call_counts_and_safe_calls_never_claim(call, effects, user):
    call(user, key="")
    call(user, key="")
    call(user, method="get", body={})
    call(user, method="get", body={})
    assert len(effects.seen) == 4
    assert not IdempotencyKey.objects.exists()


def test_an_anonymous_call_claims_nothing(call, effects, db):
    assert call(None).status_code == 401
    assert not IdempotencyKey.objects.exists()


def test_a_key_longer_than_its_column_is_refused(call, effects, user):
    assert call(user, key="x" * 201).data["errors"][0]["field"] == "Idempotency-Key"
    assert not effects.seen


def test_a_multipart_call_is_known_by_file_bytes_and_fields_not_by_its_boundary(call, effects, user):
    answers = [
        call(user, body=with_file(b"adk", period="2026-09"), form="multipart"),
        call(user, body=with_file(b"adk", period="2026-09"), form="multipart"),
        call(user, body=with_file(b"lain", period="2026-09"), form="multipart"),
        call(user, body=with_file(b"adk", period="2026-08"), form="multipart"),
    ]
    assert [answer.status_code for answer in answers] == [202, 202, 422, 422]
    assert len(effects.seen) == 1


def test_the_handler_still_reads_the_whole_file_after_it_was_hashed(call, effects, user):
    effects.then = lambda: Response(effects.seen[-1]["file"].read().decode())
    assert call(user, body=with_file(b"adk"), form="multipart").content == b'"adk"'


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_answer_that_may_be_tried_again_is_not_remembered(call, effects, user, status):
    effects.then = lambda: Response({}, status=status)
    call(user)
    call(user)
    assert len(effects.seen) == 2
    assert not IdempotencyKey.objects.exists()


def test_an_exception_is_not_remembered_but_a_refusal_is(call, effects, user):
    def boom():
        raise RuntimeError("broken")

    def refuse():
        raise Refusal("BUKAN_HAK")

    effects.then = boom
    assert call(user).status_code == 500
    effects.then = refuse
    first = call(user)
    effects.then = boom
    second = call(user)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second["Content-Type"] == "application/problem+json"


def claim(user, at, body_hash="h"):
    return claim_key(user=user, method="POST", path=PATH, key="k1", body_hash=body_hash, now=at)


def test_a_running_call_answers_409_until_it_is_taken_for_dead(user):
    start = clock.now()
    first = claim(user, start)
    with pytest.raises(Refusal, match="SEDANG_DIPROSES"):
        claim(user, start + timedelta(seconds=119))
    second = claim(user, start + timedelta(seconds=121))
    assert isinstance(second, Claim)
    remember_answer(first, Answer(200, "late", "text/plain"))
    remember_answer(second, Answer(202, "right", "text/plain"))
    remember_answer(first, Answer(200, "later", "text/plain"))
    assert claim(user, start + timedelta(seconds=130)) == Answer(202, "right", "text/plain")


def test_a_key_lives_a_day(user):
    start = clock.now()
    remember_answer(claim(user, start), Answer(202, "first", "text/plain"))
    assert isinstance(claim(user, start + timedelta(hours=23, minutes=59)), Answer)
    assert isinstance(claim(user, start + timedelta(hours=24, minutes=1), "other"), Claim)
    assert sweep_keys(now=start + timedelta(hours=25)) == 0
    assert sweep_keys(now=start + timedelta(hours=49)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_calls_at_once_have_one_effect(call, effects):
    user = make_user("OPERATOR_SATKER", "503202")
    inside, go_on = threading.Event(), threading.Event()

    def slow():
        inside.set()
        go_on.wait(20)
        return Response({"rp": 1}, status=202)

    effects.then = slow
    answers = {}

    def run():
        try:
            answers["first"] = call(user)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert inside.wait(20)
    during = call(user)
    go_on.set()
    thread.join(20)
    after = call(user)
    assert (during.status_code, during.data["code"]) == (409, "SEDANG_DIPROSES")
    assert (after.status_code, after.content) == (202, answers["first"].content)
    assert len(effects.seen) == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_simultaneous_claims_exactly_one_wins():
    user = make_user("OPERATOR_SATKER", "503202")
    gate, outcomes, at = threading.Barrier(4), [], clock.now()

    def run():
        gate.wait(20)
        try:
            outcomes.append(type(claim(user, at)).__name__)
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["Claim", *["SEDANG_DIPROSES"] * 3]

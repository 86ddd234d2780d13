"""`Idempotency-Key` on unsafe calls, as a mixin for API views."""

import hashlib
import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.services.idempotency import Answer, Claim, claim_key, release_key, remember_answer
from erekon.lib import clock
from erekon.lib.refusals import field_refusal

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
LONGEST = 200
SERVER_ERROR = 500
TOO_MANY = 429


class AnsweredBefore(Exception):
    """This call was answered already; the exception carries that answer past the handler."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class IdempotentMixin(APIView):
    """Put it left of the view class: a signed-in caller's unsafe call with a key runs once in 24 hours.

    The same key and body get the same status and body; another body 422 KUNCI_BERBEDA; while the first runs
    409 SEDANG_DIPROSES. Answers of 500 and more, 429 and answers that are no text are not remembered.
    """

    _claim: Claim | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        key = request.headers.get("Idempotency-Key", "").strip()
        if request.method in SAFE or not key or not request.user.is_authenticated:
            return
        if len(key) > LONGEST or not key.isprintable():
            raise field_refusal(
                **{"Idempotency-Key": f"Paling banyak {LONGEST} karakter yang dapat dicetak."}
            )
        outcome = claim_key(
            user=request.user,
            method=str(request.method),
            path=request.path[:300],
            key=key,
            body_hash=hash_of_body(request.data),
            now=clock.now(),
        )
        if isinstance(outcome, Answer):
            raise AnsweredBefore(outcome)
        self._claim = outcome

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, AnsweredBefore):
            return _StoredResponse(exc.answer)
        return super().handle_exception(exc)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = super().dispatch(request, *args, **kwargs)
            if self._claim is not None and isinstance(response, Response):
                response.render()
        except BaseException:
            if self._claim is not None:
                release_key(self._claim)
            raise
        if self._claim is not None:
            _settle(self._claim, response)
        return response


class _StoredResponse(Response):
    """A remembered answer, byte for byte; DRF sets a renderer on it that it does not need."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(status=answer.status, content_type=answer.content_type)
        self._body = answer.body

    @property
    def rendered_content(self) -> str:
        """The stored text; an answer without one (204) has no type either."""
        if self.content_type:
            self["Content-Type"] = str(self.content_type)
        else:
            del self["Content-Type"]
        return self._body


def _settle(claim: Claim, response: HttpResponseBase) -> None:
    kept = response.status_code < SERVER_ERROR and response.status_code != TOO_MANY
    if not kept or not isinstance(response, HttpResponse):
        release_key(claim)
        return
    try:
        body = response.content.decode()
    except UnicodeDecodeError:
        release_key(claim)
        return
    remember_answer(claim, Answer(response.status_code, body, response.get("Content-Type", "")[:80]))


def hash_of_body(content: Any) -> str:
    """A keyed SHA-256 of what a call says: its fields, and each file by the SHA-256 of its bytes.

    Keyed, because a PIN may be among the fields, and a plain hash could be guessed from a stolen database. Taken
    from the parsed body, so that the random boundary of a multipart call plays no part.
    """
    if isinstance(content, QueryDict):
        content = {name: content.getlist(name) for name in content}
    canonical = json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_as_text
    )
    return salted_hmac("idempotency", canonical, algorithm="sha256").hexdigest()


def _as_text(value: Any) -> str:
    if isinstance(value, UploadedFile):
        digest = hashlib.sha256()
        for chunk in value.chunks():
            digest.update(chunk)
        value.seek(0)
        return f"sha256:{digest.hexdigest()}"
    return str(value)

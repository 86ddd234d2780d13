"""What goes in and out of the addresses of cases; the shapes are a contract with outside clients."""

from typing import Any

from rest_framework import serializers as s

from bar.services.batches import MOST
from erekon.portal.api.serializers_lpj import LpjSerializer
from erekon.portal.cases import NOT_YET
from erekon.portal.documents import MARKS
from erekon.portal.trends import Trend
from reconciliation.models.explanation import Decision


class PlaceSerializer(s.Serializer[Any]):
    """Code and name of a satker or KPPN."""

    code = s.CharField()
    name = s.CharField()


class CaseSummarySerializer(s.Serializer[Any]):
    """A case in a list."""

    id = s.IntegerField()
    satker = PlaceSerializer()
    kppn = PlaceSerializer()
    period = s.CharField()
    stage = s.CharField()
    stage_label = s.CharField()
    turn = s.CharField(allow_null=True)
    verdict = s.CharField(allow_null=True)
    stale = s.BooleanField()


class CashLineSerializer(s.Serializer[Any]):
    """Saldo awal, mutasi or koreksi of a cash element, whole rupiah."""

    code = s.CharField()
    siap = s.IntegerField()
    sai = s.IntegerField()
    difference = s.IntegerField()


class PreviousSerializer(s.Serializer[Any]):
    """What a line was in the upload that `against` names, and what became of its difference since."""

    siap = s.IntegerField()
    sai = s.IntegerField()
    difference = s.IntegerField()
    trend = s.ChoiceField(choices=[str(trend) for trend in Trend])


class AccountSerializer(s.Serializer[Any]):
    """A differing account of an element, and where its explanation stands."""

    akun = s.CharField()
    difference = s.IntegerField()
    coa_different = s.IntegerField()
    explanation = s.ChoiceField(choices=[NOT_YET, *Decision.values])


class ElementSerializer(s.Serializer[Any]):
    """One element, whole rupiah; `lines` on cash elements only."""

    code = s.CharField()
    label = s.CharField()  # type: ignore[assignment]  # DRF's own attribute is the form label
    applicable = s.BooleanField()
    siap = s.IntegerField()
    sai = s.IntegerField()
    difference = s.IntegerField()
    rupiah_equal = s.BooleanField()
    coa_equal = s.BooleanField()
    coa_different = s.IntegerField()
    detail_different = s.IntegerField()
    akun_different = s.IntegerField()
    akun_explained = s.IntegerField()
    explained = s.BooleanField()
    accounts = AccountSerializer(many=True)
    previous = PreviousSerializer(required=False, help_text="with `against`")
    accounts_repaired = s.ListField(child=s.CharField(), required=False, help_text="with `against`")
    lines = CashLineSerializer(many=True, required=False)


class RunSerializer(s.Serializer[Any]):
    """The run whose result stands, or that is under way."""

    number = s.IntegerField()
    rule_version = s.CharField(allow_null=True)
    ledger_at = s.DateTimeField(allow_null=True)
    failed_at = s.DateTimeField(allow_null=True)


class AgainstSerializer(s.Serializer[Any]):
    """The earlier upload whose result is set beside this one."""

    number = s.IntegerField()
    run = RunSerializer()


class OutsideSerializer(s.Serializer[Any]):
    """Rows that no element takes."""

    siap_rows = s.IntegerField()
    siap_total = s.IntegerField()
    sai_rows = s.IntegerField()
    sai_total = s.IntegerField()


class BarSerializer(s.Serializer[Any]):
    """The BAR of a case; `sha256` is of the sealed PDF's bytes."""

    number = s.CharField()
    revision = s.IntegerField()
    status = s.ChoiceField(choices=["DRAFT", "BERLAKU", "DIBATALKAN"])
    verify_id = s.CharField(allow_null=True)
    sha256 = s.CharField(allow_null=True)


class CaseSerializer(CaseSummarySerializer):
    """A case with its results and what may be done."""

    content_hash = s.CharField(allow_null=True)
    upload = s.IntegerField(allow_null=True, help_text="id of the upload that stands")
    run = RunSerializer(allow_null=True)
    elements = ElementSerializer(many=True)
    outside = OutsideSerializer(allow_null=True)
    allowed_actions = s.ListField(child=s.CharField())
    bar = BarSerializer(allow_null=True)
    against = AgainstSerializer(required=False, help_text="with `against`")
    lpj = LpjSerializer()


class KeySerializer(s.Serializer[Any]):
    """A CoA key; parts that are not of the element's key are null."""

    akun = s.CharField()
    ba = s.CharField(allow_null=True)
    es1 = s.CharField(allow_null=True)
    kewenangan = s.CharField(allow_null=True)
    program = s.CharField(allow_null=True)
    kegiatan = s.CharField(allow_null=True)
    output = s.CharField(allow_null=True)
    sdcp = s.CharField(allow_null=True)
    lokasi = s.CharField(allow_null=True)
    register = s.CharField(allow_null=True)


class CoaSerializer(s.Serializer[Any]):
    """One CoA line."""

    key = KeySerializer()
    siap = s.IntegerField()
    sai = s.IntegerField()
    difference = s.IntegerField()
    previous = PreviousSerializer(required=False, help_text="with `against`")


class HintSerializer(s.Serializer[Any]):
    """A likely cause; `digits` are the places, from the left, of digits that stand otherwise on the other side."""

    code = s.CharField()
    title = s.CharField()
    text = s.CharField()
    explains = s.IntegerField()
    digits = s.ListField(child=s.IntegerField())


class DetailSerializer(s.Serializer[Any]):
    """One document of both sides."""

    key = KeySerializer()
    document_kind = s.CharField()
    document_number = s.CharField()
    document_date = s.DateField(allow_null=True)
    siap = s.IntegerField()
    sai = s.IntegerField()
    difference = s.IntegerField()
    mark = s.ChoiceField(choices=list(MARKS.values()))
    hint = HintSerializer(allow_null=True)
    previous = PreviousSerializer(required=False, help_text="with `against`")


class ReasonSerializer(s.Serializer[Any]):
    """A reason in words."""

    reason = s.CharField(required=False, default="", allow_blank=True, max_length=2000)


class RejectSerializer(ReasonSerializer):
    """A reason, and the content hash that was seen: where it is given, 409 BERUBAH unless it still holds."""

    content_hash = s.CharField(required=False, default=None, allow_null=True, max_length=64)


class ContentHashSerializer(s.Serializer[Any]):
    """The content hash of the page that the decision was made on."""

    content_hash = s.CharField(max_length=64)


class SignSerializer(s.Serializer[Any]):
    """A signature: PIN, what was shown, and the page's one-time nonce."""

    pin = s.CharField(max_length=20, trim_whitespace=False)
    content_hash = s.CharField(max_length=64)
    nonce = s.CharField(max_length=64)


class SignOneSerializer(s.Serializer[Any]):
    """One BAR of a batch."""

    id = s.IntegerField(min_value=1, max_value=2**53)
    content_hash = s.CharField(max_length=64)
    nonce = s.CharField(max_length=43)


class SignBatchSerializer(s.Serializer[Any]):
    """Many BARs by one PIN entry."""

    pin = s.CharField(max_length=20, trim_whitespace=False)
    cases = s.ListField(child=SignOneSerializer(), min_length=1, max_length=MOST)


class SignedSerializer(s.Serializer[Any]):
    """What became of one BAR of a batch; `code` is empty when it is signed."""

    id = s.IntegerField()
    ok = s.BooleanField()
    code = s.CharField(allow_blank=True)


class SigningSerializer(s.Serializer[Any]):
    """The right to sign what the case holds now."""

    content_hash = s.CharField()
    nonce = s.CharField()
    expires_at = s.DateTimeField()


class ResetSerializer(s.Serializer[Any]):
    """A written request to reset a BAR."""

    letter_number = s.CharField(max_length=80)
    letter_date = s.DateField()
    reason = s.CharField(max_length=2000)
    scan = s.FileField()


class ResetAnswerSerializer(s.Serializer[Any]):
    """The id of the request."""

    id = s.IntegerField()


class HistorySerializer(s.Serializer[Any]):
    """A stage change or an upload, newest first."""

    kind = s.ChoiceField(choices=["stage", "upload"])
    at = s.DateTimeField()
    actor = s.CharField()
    role = s.CharField(required=False)
    action = s.CharField(required=False)
    from_stage = s.CharField(required=False)
    to_stage = s.CharField(required=False)
    reason = s.CharField(required=False)
    upload = s.IntegerField(required=False)
    number = s.IntegerField(required=False)
    verdict = s.CharField(required=False)

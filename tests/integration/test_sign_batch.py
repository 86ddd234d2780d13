"""Many BARs by one PIN entry: each by itself, once, whoever sends it how often."""

import logging

import pytest

from bar.models import Bar, Signature, SignerPin, SigningNonce
from bar.services import batches
from erekon.lib import files
from reconciliation.models import Reconciliation, StageChange
from tests.months import MONTHS, months_approved
from tests.story import API, PIN, Story, expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    story = Story.begin()
    months_approved(story)
    return story


def rights(story, person):
    cases = Reconciliation.objects.filter(satker="503202", stage__startswith="TTD").order_by("period__month")
    opened = [(one.pk, expect(story.by(person).get(f"{API}/cases/{one.pk}/signing/"), 200)) for one in cases]
    return [
        {"id": pk, "content_hash": right["content_hash"], "nonce": right["nonce"]} for pk, right in opened
    ]


def send(story, person, cases, pin=PIN, **headers):
    body = {"pin": pin, "cases": cases}
    return story.by(person).post(f"{API}/sign-batch/", body, format="json", headers=headers)


def codes(answer):
    return [(one["ok"], one["code"]) for one in expect(answer, 200)]


def test_all_are_signed_with_one_pin_and_then_sealed(story):
    wanted = rights(story, "kpa")
    answer = expect(send(story, "kpa", wanted), 200)
    assert answer == [{"id": one["id"], "ok": True, "code": ""} for one in wanted]
    assert codes(send(story, "kasi_vera", rights(story, "kasi_vera"))) == [(True, "")] * len(MONTHS)
    for bar in Bar.objects.all():
        assert bar.status == "BERLAKU"
        assert files.read(bar.sealed).startswith(b"%PDF-")
    assert SignerPin.objects.get(user=story.cast.kpa).attempts == 0


def test_each_fails_by_itself_and_is_named(story):
    wanted = rights(story, "kpa")
    wanted[0] = {**wanted[0], "content_hash": "0" * 64}
    wanted[1] = {**wanted[1], "nonce": "x" * 43}
    wanted.append({"id": 987_654, "content_hash": "0" * 64, "nonce": "y"})
    found = codes(send(story, "kpa", wanted))
    assert found[0] == (False, "BERUBAH")
    assert found[1] == (False, "NONCE_TERPAKAI")
    assert found[-1] == (False, "TIDAK_DITEMUKAN")
    assert found[2:-1] == [(True, "")] * (len(MONTHS) - 2)
    assert Signature.objects.count() == len(MONTHS) - 2


def test_who_is_not_the_signer_signs_nothing(story):
    assert set(codes(send(story, "vera", rights(story, "kpa")))) == {(False, "BUKAN_HAK")}
    assert not Signature.objects.exists()


def test_a_wrong_pin_refuses_the_whole_batch_and_is_counted_once(story):
    wanted = rights(story, "kpa")
    expect(send(story, "kpa", wanted, pin="904118"), 403, "PIN_SALAH")
    assert SignerPin.objects.get(user=story.cast.kpa).attempts == 1
    assert not SigningNonce.objects.filter(used_at__isnull=False).exists()
    assert codes(send(story, "kpa", wanted)) == [(True, "")] * len(MONTHS)


def test_a_batch_sent_again_is_answered_for_each_and_signs_nothing_twice(story):
    wanted = rights(story, "kpa")
    send(story, "kpa", wanted)
    assert set(codes(send(story, "kpa", wanted, pin="904118"))) == {(False, "NONCE_TERPAKAI")}
    assert Signature.objects.count() == StageChange.objects.filter(action="SIGN_KPA").count() == len(MONTHS)
    assert SignerPin.objects.get(user=story.cast.kpa).attempts == 0


def test_the_same_case_twice_in_a_batch_is_signed_once(story):
    first = rights(story, "kpa")[0]
    second = next(one for one in rights(story, "kpa") if one["id"] == first["id"])
    assert codes(send(story, "kpa", [first, second])) == [(True, ""), (False, "BERUBAH")]
    assert Signature.objects.count() == 1


def test_a_batch_killed_in_the_middle_goes_on_where_it_stopped(story, monkeypatch):
    wanted = rights(story, "kpa")
    plain, count = batches.sign_with, []

    def killed(*args, **kwargs):
        count.append(1)
        if len(count) > 2:
            raise SystemExit
        return plain(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(batches, "sign_with", killed)
        with pytest.raises(SystemExit):
            send(story, "kpa", wanted)
    assert Signature.objects.count() == 2
    found = codes(send(story, "kpa", wanted))
    assert found == [(False, "NONCE_TERPAKAI")] * 2 + [(True, "")] * (len(MONTHS) - 2)
    assert Signature.objects.count() == len(MONTHS)


def test_one_that_breaks_does_not_stop_the_others(story, monkeypatch, caplog):
    wanted = rights(story, "kpa")
    plain = batches.sign_with

    def broken(wish, *args, **kwargs):
        if wish.case.pk == wanted[1]["id"]:
            raise OSError("disk")
        return plain(wish, *args, **kwargs)

    monkeypatch.setattr(batches, "sign_with", broken)
    found = codes(send(story, "kpa", wanted))
    assert found[1] == (False, "GANGGUAN")
    assert [ok for ok, _ in found].count(True) == len(MONTHS) - 1


def test_the_pin_is_in_no_log_and_no_row(story, caplog):
    caplog.set_level(logging.DEBUG)
    wanted = rights(story, "kpa")
    send(story, "kpa", wanted, pin="904118", **{"Idempotency-Key": "batch-1"})
    send(story, "kpa", wanted, **{"Idempotency-Key": "batch-2"})
    assert PIN not in caplog.text
    assert "904118" not in caplog.text


@pytest.mark.parametrize(
    "cases", [[], "x", [{"id": "a"}], [{"id": 1, "content_hash": "0", "nonce": "n"}] * 201]
)
def test_a_batch_of_no_use_is_refused_by_field(story, cases):
    expect(send(story, "kpa", cases), 400, "ISIAN")

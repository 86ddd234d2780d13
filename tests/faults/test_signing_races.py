"""Signing under contention: once per role, never over what changed, never on a voided BAR."""

import threading
from contextlib import ExitStack

import pytest

from accounts.actors import find_actor
from accounts.roles import Power
from audit.verifying import verify_chain
from bar.documents.pdf import render_unsigned
from bar.documents.stamps import render_stamp
from bar.models import Bar, ResetRequest, Signature, SigningNonce
from bar.services import resetting, sealing, signing
from erekon.lib import clock
from reconciliation.models import Reconciliation, StageChange
from tests.availability import soaking
from tests.faults.racing import PATIENCE, meet_before_transaction, race, unguarded_moving, without_indexes
from tests.story import PIN, SWAPPED, Story, expect

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 200 if soaking() else 5
THREADS = 32
INDEXES = ("one_signature_per_role", "one_signature_per_person")


@pytest.fixture
def story():
    return Story.begin()


@pytest.fixture
def known_pin(monkeypatch, story):
    """The PIN was checked and the page drawn before: what is raced for is what comes after it."""
    opened = {
        person.pk: signing.open_key(user=person, pin=PIN, now=clock.now())
        for person in (story.cast.kpa, story.cast.kasi_vera)
    }
    monkeypatch.setattr(signing, "open_key", lambda user, **ignored: opened[user.pk])
    unsigned, stamps = {}, {}

    def render_once(content, **options):
        key = content["sidik_isi"]
        return unsigned.get(key) or unsigned.setdefault(key, render_unsigned(content, **options))

    def stamp_once(shown, **options):
        return stamps.get(shown.role) or stamps.setdefault(shown.role, render_stamp(shown, **options))

    monkeypatch.setattr(sealing, "render_unsigned", render_once)
    monkeypatch.setattr(sealing, "render_stamp", stamp_once)


def signer(story, person, power):
    """A call that signs what the case holds when it is made, with a nonce of its own."""
    user, case = getattr(story.cast, person), story.case
    actor = find_actor(user, power, case.satker, at=clock.now(), office=case.office_id)
    nonce = signing.open_signing(case=case, user=user, now=clock.now())
    wish = signing.Request(nonce.content_hash, nonce.nonce)

    def call():
        seen = Reconciliation.objects.select_related("period", "satker").get(pk=case.pk)
        signing.sign(case=seen, request=wish, pin=PIN, actor=actor, now=clock.now())
        return "SIGNED"

    return call


def one_round(story, patch) -> list:
    calls = [signer(story, "kpa", Power.SIGN_KPA) for _ in range(THREADS)]
    meet_before_transaction(patch, signing, threading.Barrier(THREADS))
    return race(*calls)


def rounds_of_signing(story, monkeypatch, rounds) -> list[int]:
    """How many of THREADS signatures counted, per round."""
    story.approved()
    counts = []
    for number in range(rounds):
        if number:
            expect(story.post("kasi_vera", "/decline/", {"reason": "Sekali lagi dari awal."}), 200)
            expect(story.approve(), 200)
        with monkeypatch.context() as patch:
            outcomes = one_round(story, patch)
        assert set(outcomes) == {"SIGNED", "BERUBAH"}
        counts.append(outcomes.count("SIGNED"))
    return counts


def test_thirty_two_threads_sign_a_bar_exactly_once(story, known_pin, monkeypatch, chaos_figure):
    counts = rounds_of_signing(story, monkeypatch, ROUNDS)
    assert counts == [1] * ROUNDS
    assert Signature.objects.filter(voided_at__isnull=True).count() == 1
    assert StageChange.objects.filter(action="SIGN_KPA").count() == ROUNDS
    assert SigningNonce.objects.filter(used_at__isnull=False).count() == ROUNDS
    assert verify_chain() is None
    expect(story.post("kasi_vera", "/decline/", {"reason": "Sekali lagi dari awal."}), 200)
    expect(story.approve(), 200)
    control = one_round_without(story, monkeypatch, update=True, unique=True)
    bad = sum(count != 1 for count in counts)
    chaos_figure("sign-once", n=ROUNDS * THREADS, bad=bad, control_failed=control > 1)
    assert control > 1


@pytest.mark.parametrize("off", ["update", "unique"])
def test_either_guard_alone_keeps_it_to_one_signature(story, known_pin, monkeypatch, off):
    story.approved()
    assert one_round_without(story, monkeypatch, **{off: True}) == 1


def one_round_without(story, monkeypatch, *, update: bool = False, unique: bool = False) -> int:
    """How many signatures stand after one round with the conditional UPDATE or the indexes taken away."""
    with ExitStack() as stack:
        patch = stack.enter_context(monkeypatch.context())
        if update:
            patch.setattr(signing, "moving", unguarded_moving)
        if unique:
            stack.enter_context(without_indexes(Signature, *INDEXES))
        signed = one_round(story, patch).count("SIGNED")
        assert Signature.objects.filter(voided_at__isnull=True).count() == signed
        return signed


def race_reset_and_sign(story, monkeypatch) -> list:
    story.half_signed()
    request = ResetRequest.objects.get(pk=expect(story.ask_reset(), 201)["id"])
    vera = find_actor(story.cast.vera, Power.GRANT_RESET, story.case.satker, at=clock.now())
    gate = threading.Barrier(2)
    meet_before_transaction(monkeypatch, signing, gate)
    meet_before_transaction(monkeypatch, resetting, gate)

    def reset():
        resetting.grant_reset(request=request, actor=vera, now=clock.now())
        return "RESET"

    return race(reset, signer(story, "kasi_vera", Power.SIGN_KASI_VERA))


def test_reset_and_signature_never_both_happen(story, known_pin, monkeypatch):
    outcomes = race_reset_and_sign(story, monkeypatch)
    assert sorted(outcomes) in (["BERUBAH", "RESET"], ["BERUBAH", "SIGNED"])
    bar, signed = Bar.objects.get(), outcomes[1] == "SIGNED"
    assert (bar.status, story.case.stage) == (
        ("BERLAKU", "SIAP_DOWNLOAD") if signed else ("DIBATALKAN", "DIBATALKAN")
    )
    assert bar.signatures.filter(role="KASI_VERA").exists() == signed
    assert bool(bar.sealed) == signed


def test_without_the_conditional_update_reset_and_signature_both_happen(story, known_pin, monkeypatch):
    for module in (signing, resetting):
        monkeypatch.setattr(module, "moving", unguarded_moving)
    assert race_reset_and_sign(story, monkeypatch) == ["RESET", "SIGNED"]


def change_while_signing(story, monkeypatch, *, text) -> str:
    """The KPA's signature is on its way while the BAR is declined, perhaps explained anew, and approved."""
    story.compared(SWAPPED)
    expect(story.explain(), 200)
    expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 200)
    expect(story.approve(), 200)
    call, outcome = signer(story, "kpa", Power.SIGN_KPA), []
    read, go_on = threading.Event(), threading.Event()

    def hold(self, content_hash):
        read.set()
        assert go_on.wait(PATIENCE)
        return "00"

    session = signing.open_key(user=story.cast.kpa)[1]
    monkeypatch.setattr(type(session), "sign", hold)
    thread = threading.Thread(target=lambda: outcome.extend(race(call)))
    thread.start()
    assert read.wait(PATIENCE)
    expect(story.post("kpa", "/decline/", {"reason": "Penjelasan belum tepat."}), 200)
    if text:
        expect(story.post("vera", "/explanations/BLJ/521211/refuse/", {"reason": "Kurang jelas."}), 200)
        expect(story.explain(text=text), 200)
        expect(story.post("vera", "/explanations/BLJ/521211/accept/"), 200)
    expect(story.approve(), 200)
    go_on.set()
    thread.join(PATIENCE)
    return outcome[0]


@pytest.mark.parametrize("text", ["Penjelasan yang lain sama sekali.", ""])
def test_what_changed_between_view_and_signature_is_never_signed(story, known_pin, monkeypatch, text):
    seen = change_while_signing(story, monkeypatch, text=text)
    assert seen == "BERUBAH"
    assert not Signature.objects.exists()
    assert story.case.stage == "TTD_KPA"


def test_without_the_conditional_update_changed_content_is_signed(story, known_pin, monkeypatch):
    monkeypatch.setattr(signing, "moving", unguarded_moving)
    text = "Penjelasan yang lain sama sekali."
    assert change_while_signing(story, monkeypatch, text=text) == "SIGNED"
    assert Signature.objects.get().content_hash != story.case.content_hash

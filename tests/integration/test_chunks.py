"""An ADK sent in chunks: it survives a dropped line, belongs to its sender, and becomes exactly one upload."""

import hashlib
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from adk.models import HalfSent, Upload
from adk.services import halfsending
from adk.services.halfsending import (
    CHUNK_BYTES,
    Announced,
    abandon,
    begin,
    finish,
    missing_chunks,
    take_chunk,
)
from erekon.lib import clock, incoming
from erekon.lib.refusals import Refusal
from erekon.portal.sweeping import sweep_leftovers
from reconciliation.models import Period
from tests.integration.pages.entry_world import make_open_month
from tests.story import client_of, expect, named_file, satker_adk

pytestmark = pytest.mark.django_db

PLACE = "/api/v1/adk/chunks/"
CONTENT = bytes(range(256)) * 2500  # 640,000 bytes: three chunks, the last one short


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def cast():
    return make_open_month()


@pytest.fixture
def operator(cast):
    return client_of(cast.operator)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def announce(client, content: bytes = CONTENT, **changes):
    body = {"period": "2026-09", "filename": "a.zip", "size": len(content), "sha256": digest(content)}
    return client.post(PLACE, {**body, **changes}, format="json")


def put(client, pk: int, number: int, content: bytes = CONTENT, *, sha256: str = ""):
    chunk = content[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
    return client.generic(
        "PUT",
        f"{PLACE}{pk}/{number}/",
        chunk,
        content_type="application/octet-stream",
        headers={"X-Chunk-SHA256": sha256 or digest(chunk)},
    )


def test_chunks_in_any_order_become_the_upload_they_announced(operator):
    half = expect(announce(operator), 200)
    assert (half["chunks"], half["missing"], half["chunk_size"]) == (3, [0, 1, 2], CHUNK_BYTES)
    for number in (2, 0, 1):
        assert put(operator, half["id"], number).status_code == 204
    receipt = expect(operator.post(f"{PLACE}{half['id']}/finish/"), 202)
    upload = Upload.objects.get()
    assert (receipt["id"], upload.sha256, upload.size) == (upload.pk, digest(CONTENT), len(CONTENT))
    assert upload.received_at == HalfSent.objects.get().started_at
    assert incoming.numbers(half["id"]) == set()


def test_after_a_drop_only_what_is_missing_is_asked_for_and_a_reload_finds_the_same(operator):
    half = expect(announce(operator), 200)
    put(operator, half["id"], 1)
    again = expect(announce(operator, filename="lain.zip"), 200)
    assert (again["id"], again["missing"]) == (half["id"], [0, 2])
    assert expect(operator.get(f"{PLACE}{half['id']}/"), 200)["missing"] == [0, 2]
    expect(operator.post(f"{PLACE}{half['id']}/finish/"), 400)
    assert not Upload.objects.exists()


def test_finishing_again_gives_the_same_upload(operator):
    half = expect(announce(operator), 200)
    for number in range(3):
        put(operator, half["id"], number)
    receipts = [expect(operator.post(f"{PLACE}{half['id']}/finish/"), 202) for _ in range(2)]
    assert receipts[0]["id"] == receipts[1]["id"]
    assert Upload.objects.count() == 1
    assert put(operator, half["id"], 0).status_code == 204
    assert incoming.numbers(half["id"]) == set()


@pytest.mark.parametrize(("number", "sha256"), [(0, "0" * 64), (3, ""), (0, "")])
def test_a_chunk_with_a_wrong_hash_number_or_length_is_refused(operator, number, sha256):
    half = expect(announce(operator), 200)
    content = CONTENT if sha256 or number else CONTENT[:100]
    expect(put(operator, half["id"], number, content, sha256=sha256), 400, "ISIAN")
    assert expect(operator.get(f"{PLACE}{half['id']}/"), 200)["missing"] == [0, 1, 2]


def test_bytes_other_than_those_announced_never_become_an_upload(operator):
    half = expect(announce(operator), 200)
    for number in range(3):
        put(operator, half["id"], number, CONTENT[::-1])
    expect(operator.post(f"{PLACE}{half['id']}/finish/"), 400, "ISIAN")
    assert not Upload.objects.exists()
    assert expect(operator.get(f"{PLACE}{half['id']}/"), 200)["missing"] == [0, 1, 2]


def test_nobody_else_sees_a_half_sent_upload(operator, cast):
    half = expect(announce(operator), 200)
    for person in (cast.stranger_operator, cast.kpa, cast.vera):
        client = client_of(person)
        expect(client.get(f"{PLACE}{half['id']}/"), 404)
        expect(put(client, half["id"], 0), 404)
        expect(client.post(f"{PLACE}{half['id']}/finish/"), 404)
    expect(announce(client_of(cast.kpa), satker="503202"), 403)
    expect(announce(client_of(cast.stranger_operator), satker="503202"), 404)


def test_an_abandoned_upload_is_forgotten_with_its_chunks(operator, cast):
    half = expect(announce(operator), 200)
    put(operator, half["id"], 0)
    place = f"{PLACE}{half['id']}/"
    assert client_of(cast.kpa).delete(place).status_code == 404
    assert incoming.numbers(half["id"]) == {0}
    assert operator.delete(place).status_code == 204
    assert (HalfSent.objects.count(), incoming.numbers(half["id"])) == (0, set())
    assert put(operator, half["id"], 1).status_code == 404
    expect(operator.post(f"{place}finish/"), 404)
    assert operator.delete(place).status_code == 404
    assert expect(announce(operator), 200)["missing"] == [0, 1, 2]


def test_an_upload_that_arrived_is_not_abandoned(operator):
    half = expect(announce(operator), 200)
    for number in range(3):
        put(operator, half["id"], number)
    expect(operator.post(f"{PLACE}{half['id']}/finish/"), 202)
    expect(operator.delete(f"{PLACE}{half['id']}/"), 409, "SUDAH_DITERIMA")
    assert (Upload.objects.count(), HalfSent.objects.count()) == (1, 1)


@pytest.mark.parametrize("late", ["joined", "store"])
def test_an_upload_abandoned_while_it_is_finished_is_not_there(operator, monkeypatch, late):
    half = expect(announce(operator), 200)
    for number in range(3):
        put(operator, half["id"], number)
    module = {"joined": incoming, "store": halfsending.files}[late]
    usual = getattr(module, late)

    def abandoned_first(*arguments):
        abandon(HalfSent.objects.get())
        return usual(*arguments)

    monkeypatch.setattr(module, late, abandoned_first)
    expect(operator.post(f"{PLACE}{half['id']}/finish/"), 404, "TIDAK_DITEMUKAN")
    assert not Upload.objects.exists()


def test_the_window_is_judged_at_the_first_byte(operator):
    half = expect(announce(operator), 200)
    Period.objects.update(closes_at=clock.now())
    assert expect(announce(operator), 200)["id"] == half["id"]
    for number in range(3):
        put(operator, half["id"], number)
    expect(operator.post(f"{PLACE}{half['id']}/finish/"), 202)
    expect(announce(operator, CONTENT + b"lain"), 409, "PERIODE_TUTUP")


def test_a_satker_with_too_many_half_sent_uploads_is_told_how_long_to_wait(operator, settings):
    settings.HALF_SENT_PER_SATKER = 2
    for tail in (b"1", b"2"):
        expect(announce(operator, CONTENT + tail), 200)
    answer = announce(operator, CONTENT + b"3")
    expect(answer, 429, "TERLALU_SERING")
    assert 86_000 < int(answer["Retry-After"]) <= 86_401
    expect(announce(operator, CONTENT + b"1"), 200)


def test_a_satker_may_send_so_many_files_a_day_by_every_road(operator, cast, client, settings):
    settings.UPLOADS_PER_SATKER_A_DAY = 1
    form = {"file": named_file(*satker_adk()), "period": "2026-09"}
    expect(operator.post("/api/v1/adk/", form, format="multipart"), 202)
    expect(announce(operator), 429, "TERLALU_SERING")
    client.force_login(cast.operator)
    answer = client.post("/upload", {"file": named_file(*satker_adk()), "period": "2026-09"})
    assert (answer.status_code, int(answer["Retry-After"]) > 86_000) == (429, True)
    Upload.objects.update(queued_at=clock.now() - timedelta(days=1, seconds=1))
    expect(announce(operator), 200)


def test_half_sent_uploads_are_swept_after_a_day_and_not_before(operator, tmp_path):
    half = expect(announce(operator), 200)
    put(operator, half["id"], 0)
    folder = Path(tmp_path) / "incoming" / str(half["id"])
    started = HalfSent.objects.get().started_at
    assert sweep_leftovers(now=started + timedelta(hours=23))["half_sent"] == 0
    assert folder.is_dir()
    assert sweep_leftovers(now=started + timedelta(days=1))["half_sent"] == 1
    assert not folder.exists()
    expect(operator.get(f"{PLACE}{half['id']}/"), 404)


def test_a_day_old_session_is_gone_even_before_the_sweep(operator):
    half = expect(announce(operator), 200)
    HalfSent.objects.update(started_at=clock.now() - timedelta(days=1))
    expect(operator.get(f"{PLACE}{half['id']}/"), 404)
    assert expect(announce(operator), 200)["missing"] == [0, 1, 2]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_finish_at_once_make_one_upload(cast):
    now = clock.now()
    announced = Announced("a.zip", len(CONTENT), digest(CONTENT))
    half = begin(
        user=cast.operator, satker=cast.places.satker, period="2026-09", announced=announced, now=now
    )
    for number in missing_chunks(half):
        chunk = CONTENT[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
        take_chunk(half, number=number, content=chunk, sha256=digest(chunk))
    found: list[int] = []
    together = threading.Barrier(4)

    def tab() -> None:
        mine = halfsending.half_sent_of(cast.operator, half.pk, now=now)
        together.wait()
        try:
            found.append(finish(mine, now=now).pk)
        except Refusal as refusal:
            found.append(-len(refusal.code))
        finally:
            connections.close_all()

    tabs = [threading.Thread(target=tab) for _ in range(4)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert found == [Upload.objects.get().pk] * 4

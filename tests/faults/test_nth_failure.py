"""The n-th write, fsync, rename or commit of a whole road from upload to BAR fails: people try again, nothing is lost."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from adk.models import Upload
from audit.witness import Witness
from bar.models import Signature
from erekon.lib import clock, files
from erekon.portal.sweeping import sweep_runs
from tests.availability import soaking
from tests.chaos.checker import judge
from tests.faults.failing import KINDS, Fault, failing
from tests.flushing import without_guards
from tests.story import API, CORRECTED, PERIOD, PIN, Story, expect, named_file, process_all, satker_adk

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLE = 8
SEED = 20261121
TRIES = 8
MINUTE = timedelta(minutes=1)
ROAD = ("PERSETUJUAN_BAR", "TTD_KPA", "TTD_KASI_VERA", "SIAP_DOWNLOAD")


class Watch:
    """The wall clock, put forward by those who wait."""

    def __init__(self) -> None:
        self.ahead, self.plain = timedelta(0), clock.now

    def now(self) -> datetime:
        return self.plain() + self.ahead

    def wait(self) -> None:
        self.ahead += MINUTE


class Walk:
    """One road by people who try again as people would; `journal` is what they were told."""

    def __init__(self, story: Story, watch: Watch) -> None:
        self.story, self.watch = story, watch
        self.journal: list[dict[str, Any]] = []
        self.mute: list[Any] = []  # failures that were told without a number for support

    def to_the_end(self) -> None:
        """Upload, wait for the result, approve, sign twice, fetch the BAR."""
        told = self.insist(self._upload, 202).json()
        sha256 = hashlib.sha256(satker_adk(CORRECTED)[1]).hexdigest()
        self.journal.append({"did": "adk", "case": told["case"], "id": told["id"], "sha256": sha256})
        self._work()
        self._decide("APPROVE", "TTD_KPA", self.story.approve)
        self._decide("SIGN_KPA", "TTD_KASI_VERA", lambda: self._sign("kpa"))
        self._decide("SIGN_KASI_VERA", "SIAP_DOWNLOAD", lambda: self._sign("kasi_vera"))
        answer = self.insist(lambda: self.story.get("operator", "/bar.pdf"), 200)
        sealed = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.journal.append(
            {"did": "bar", "case": told["case"], "sha256": hashlib.sha256(sealed).hexdigest()}
        )

    def insist(self, step: Callable[[], Any], status: int, done: Callable[[], bool] = lambda: False) -> Any:
        """Try a step until it is answered with this status; None when it was done although nobody said so."""
        for _ in range(TRIES):
            answer = step()
            if answer.status_code == status:
                return answer
            self._listen(answer)
            if done():
                return None
            self.watch.wait()
        raise AssertionError((answer.status_code, answer.content[:300]))

    def _listen(self, answer: Any) -> None:
        if answer.status_code >= 500:
            problem = answer.json()
            if problem["code"] != "GANGGUAN" or "Kode " not in problem["detail"]:
                self.mute.append(problem)

    def _decide(self, action: str, after: str, step: Callable[[], Any]) -> None:
        passed = ROAD[ROAD.index(after) :]
        if self.insist(step, 200, lambda: self.story.case.stage in passed):
            self.journal.append({"did": action, "case": self.story.case.pk})

    def _upload(self) -> Any:
        form = {"file": named_file(*satker_adk(CORRECTED)), "period": PERIOD}
        client = self.story.by("operator")
        return client.post(f"{API}/adk/", form, format="multipart", HTTP_IDEMPOTENCY_KEY="satu-unggahan")

    def _sign(self, person: str) -> Any:
        page = self.story.get(person, "/signing/")
        if page.status_code != 200:
            return page
        seen = page.json()
        body = {"pin": PIN, "content_hash": seen["content_hash"], "nonce": seen["nonce"]}
        return self.story.post(person, "/sign/", body)

    def _work(self) -> None:
        """Workers and sweep as the scheduler would call them; what they raise, Celery would log."""
        for _ in range(TRIES):
            try:
                process_all(self.watch.now())
                if self.story.case.stage == "PERSETUJUAN_BAR":
                    return
                sweep_runs(now=self.watch.now())
            except (OSError, DatabaseError):
                pass
            self.watch.wait()
        raise AssertionError(self.story.case.stage)


def walked(fault: Fault, folder: Path, monkeypatch: Any, settings: Any) -> tuple[list[str], Counter[str]]:
    """What is wrong after a road with this fault, and how often each kind was passed."""
    with without_guards():
        call_command("flush", interactive=False, verbosity=0)
    settings.MEDIA_ROOT = folder
    folder.mkdir()
    # The database begins anew, and so does what stands outside it.
    monkeypatch.setattr("audit.checkpoints.witness", lambda: Witness(folder / "checkpoints.txt"))
    story, watch = Story.begin(), Watch()
    expect(story.send_treasury(), 202)
    process_all()
    wrong: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", watch.now)
        walk = Walk(story, watch)
        try:
            with failing(fault):
                walk.to_the_end()
        except AssertionError as error:
            wrong.append(f"road ends: {error}")
    wrong += [f"failure without a number: {one}" for one in walk.mute]
    return [*wrong, *judge(walk.journal), *_doubled()], fault.passed


def _doubled() -> Iterator[str]:
    if Signature.objects.filter(voided_at__isnull=True).count() > 2:
        yield "signature doubled"
    if Upload.objects.filter(verdict="STANDAR", same_as__isnull=True).count() > 1:
        yield "upload counted twice"


def faults_of(passed: Counter[str]) -> list[tuple[str, int]]:
    """Every kind at every place; a seeded sample that has each kind where the full figure is not wanted."""
    every = [(kind, number) for kind in KINDS for number in range(1, passed[kind] + 1)]
    if soaking():
        return every
    rng = Random(SEED)
    one_each = [(kind, rng.randint(1, passed[kind])) for kind in KINDS]
    return one_each + rng.sample([one for one in every if one not in one_each], SAMPLE - len(KINDS))


def test_wherever_one_write_or_commit_fails_the_road_ends_well(tmp_path, monkeypatch, settings, chaos_figure):
    calm, passed = walked(Fault("none"), tmp_path / "calm", monkeypatch, settings)
    assert calm == []
    assert all(passed[kind] >= 5 for kind in KINDS), passed
    tried = faults_of(passed)
    found = {}
    for kind, number in tried:
        wrong, _ = walked(Fault(kind, number), tmp_path / f"{kind}-{number}", monkeypatch, settings)
        if wrong:
            found[kind, number] = wrong
    control = spoilt(tmp_path, monkeypatch, settings)
    chaos_figure("nth-failure", n=len(tried), bad=len(found), control_failed=bool(control))
    assert found == {}
    assert "files differ from rows" in control


def spoilt(tmp_path, monkeypatch, settings) -> list[str]:
    """The control, without bytes before rows: a store that says it kept what it could not keep."""
    plain = files.store

    def forgiving(*parts: Any) -> str:
        try:
            return plain(*parts)
        except OSError:
            return hashlib.sha256(b"".join(parts)).hexdigest()

    monkeypatch.setattr(files, "store", forgiving)
    return walked(Fault("write", 1), tmp_path / "spoilt", monkeypatch, settings)[0]

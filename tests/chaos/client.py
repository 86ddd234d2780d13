"""One client: takes satkers from upload to BAR, tries again after any fault, and writes down what it was told.

A line of the journal is on the disk before the client goes on, so that the checker knows what was acknowledged.
"""

import hashlib
import http.client
import json
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.chaos.books import PIN, SIGNERS, adk_of

Answer = tuple[int, Any]
SECONDS = 60.0  # for one step, from its begin or from the last fault
PAUSE = 0.15
ROAD = ("PERSETUJUAN_BAR", "TTD_KPA", "TTD_KASI_VERA", "SIAP_DOWNLOAD")


class Journal:
    """A file of JSON lines that only grows; several clients write to it."""

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, threading.Lock()
        self._file = path.open("ab")

    def note(self, **line: Any) -> None:
        with self._lock:
            self._file.write(json.dumps(line).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())


class Stuck(AssertionError):
    """A step did not come to an end in time."""


class Patience:
    """How long a step may take from its begin on; after a storm, all that was under way together from its end on."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds, self._storm, self._calm_since = seconds, False, 0.0

    @contextmanager
    def in_storm(self) -> Iterator[None]:
        """While faults come nobody is late: what they cost depends on the machine alone."""
        self._storm = True
        try:
            yield
        finally:
            self._calm_since, self._storm = time.monotonic(), False

    def ends(self, begun: float) -> bool:
        """Whether a step that began then has had its time."""
        return not self._storm and time.monotonic() > (self._calm_since or begun) + self.seconds


class Client:
    """Works for one satker after the other; `number` says which signers are its own.

    `revived` counts the runs that had failed for good, as three faults hit them, and were run again by Vera.
    """

    def __init__(
        self,
        url: str,
        tokens: dict[str, str],
        journal: Journal,
        number: int = 0,
        patience: Patience | None = None,
    ) -> None:
        self.address = urlsplit(url).netloc
        self.tokens, self.journal, self.patience = tokens, journal, patience or Patience()
        self.revived = 0
        self.uploads: dict[int, int] = {}  # of each case, its newest acknowledged upload
        self.kpa, self.kasi = f"kpa{number % SIGNERS}", f"kasi{number % SIGNERS}"

    def carry(self, satker: str) -> int:
        """The whole road of one satker; answers with the case. Raises Stuck."""
        case = self.upload(satker)
        self.carry_on(case)
        return case

    def carry_on(self, case: int) -> None:
        """From wherever a case with data stands to its BAR."""
        self.until(case, lambda seen: seen["stage"] in ROAD)
        self.step(case, "APPROVE", "TTD_KPA", lambda: self._approve(case))
        self.step(case, "SIGN_KPA", "TTD_KASI_VERA", lambda: self._sign(case, self.kpa))
        self.step(case, "SIGN_KASI_VERA", "SIAP_DOWNLOAD", lambda: self._sign(case, self.kasi))
        self._download(case)

    def upload(self, satker: str, *, named: str = "") -> int:
        """Send the ADK under one idempotency key until it is acknowledged."""
        name, content = adk_of(satker)
        name = named or name
        key, begun = uuid.uuid4().hex, time.monotonic()
        while not self.patience.ends(begun):
            status, told = self._send_adk(name, content, satker, key)
            if status == 202:
                sha256 = hashlib.sha256(content).hexdigest()
                self.uploads[told["case"]] = told["id"]
                self.journal.note(did="adk", case=told["case"], id=told["id"], sha256=sha256)
                return int(told["case"])
            if status == 409 and told["code"] == "SEDANG_DIPROSES":
                # The web process died with the key in its hand: a person would send the file again.
                key = uuid.uuid4().hex
            time.sleep(PAUSE)
        raise Stuck(f"upload of {satker}")

    def until(self, case: int, ready: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Look at the case until it is as wanted; a run that failed for good is run again by Vera."""
        begun, seen = time.monotonic(), {}
        while not self.patience.ends(begun):
            status, told = self.call("vera", "GET", f"cases/{case}/")
            if status == 200 and ready(told):
                return dict(told)
            if status == 200:
                seen = told
                self._revive(seen)
            time.sleep(PAUSE)
        raise Stuck(f"case {case}: {seen.get('stage')} {seen.get('run')}")

    def _revive(self, seen: dict[str, Any]) -> None:
        """What Vera does when a page says that a check or a run failed for good."""
        if seen["run"] and seen["run"]["failed_at"]:
            self.revived += self.call("vera", "POST", f"cases/{seen['id']}/rerun/", {})[0] == 200
        elif seen["stage"] == "BELUM_UPLOAD" and (upload := self.uploads.get(seen["id"])):
            # Refused unless it failed.
            self.revived += self.call("vera", "POST", f"adk/{upload}/rerun/", {})[0] == 200

    def step(self, case: int, action: str, after: str, attempt: Callable[[], int]) -> None:
        """Try a decision until it is done; when the answer was lost, the stage tells."""
        begun = time.monotonic()
        while not self.patience.ends(begun):
            if attempt() == 200:
                self.journal.note(did=action, case=case)
                return
            status, told = self.call("vera", "GET", f"cases/{case}/")
            if status == 200 and told["stage"] in ROAD[ROAD.index(after) :]:
                return
            time.sleep(PAUSE)
        raise Stuck(f"{action} of case {case}")

    def _approve(self, case: int) -> int:
        status, told = self.call("vera", "GET", f"cases/{case}/")
        if status != 200:
            return status
        return self.call("vera", "POST", f"cases/{case}/approve/", {"content_hash": told["content_hash"]})[0]

    def _sign(self, case: int, signer: str) -> int:
        status, page = self.call(signer, "GET", f"cases/{case}/signing/")
        if status != 200:
            return status
        body = {"pin": PIN, "content_hash": page["content_hash"], "nonce": page["nonce"]}
        return self.call(signer, "POST", f"cases/{case}/sign/", body)[0]

    def _download(self, case: int) -> None:
        begun = time.monotonic()
        while not self.patience.ends(begun):
            status, content = self.call("operator", "GET", f"cases/{case}/bar.pdf")
            if status == 200:
                self.journal.note(did="bar", case=case, sha256=hashlib.sha256(content).hexdigest())
                return
            time.sleep(PAUSE)
        raise Stuck(f"BAR of case {case}")

    def call(self, who: str, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        """One call; a broken line answers with status 0."""
        content = json.dumps(body).encode() if body is not None else None
        return self._ask(who, method, path, content, {"Content-Type": "application/json"})

    def _send_adk(self, name: str, content: bytes, satker: str, key: str) -> Answer:
        border = "batas-" + key
        fields = {"period": "2026-09", "satker": satker}
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in fields.items()
        ]
        head = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts += [head.encode(), b"Content-Type: application/zip\r\n\r\n", content, b"\r\n"]
        body = b"".join([*parts, f"--{border}--\r\n".encode()])
        headers = {"Content-Type": f"multipart/form-data; boundary={border}", "Idempotency-Key": key}
        return self._ask("operator", "POST", "adk/", body, headers)

    def _ask(self, who: str, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection(self.address, timeout=30)
        signed = {**headers, "Authorization": f"Token {self.tokens[who]}"}
        try:
            connection.request(method, f"/api/v1/{path}", body, signed)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            return 0, {}
        finally:
            connection.close()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, json.loads(content) if is_json else content

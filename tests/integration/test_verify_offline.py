"""From the portal to a stranger's machine: what is downloaded there verifies without Django and without network."""

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.actors import require_actor
from accounts.roles import Power
from audit import checkpoints
from audit.models import Checkpoint
from audit.verifying import verify_chain
from bar.documents.status_list import read_status_list
from bar.documents.token import TokenProblem, read_token
from bar.installation import authority, keyring
from bar.models import Bar, IssuedCertificate, SignerKey
from bar.services.resetting import ask_reset, grant_reset
from bar.signing.authority import CertificateSubject
from bar.signing.certificates import loaded
from erekon.lib import clock, files
from tests.integration.pages.signing_world import World, give_pin, make_world, sign_as, sign_both
from tests.story import SCAN

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
# Whoever asks for Django or for the network fails.
BLOCKED = """
import runpy, socket, sys
for name in ("django", "rest_framework", "reportlab", "celery"):
    sys.modules[name] = None
socket.socket.connect = socket.getaddrinfo = None
runpy.run_module("bar.verify", run_name="__main__", alter_sys=True)
"""


def published(name: str) -> bytes:
    return Client().get(reverse(name)).content


def verify(folder: Path, pdf: bytes, *options: str) -> tuple[int, str]:
    """What the command says and its exit code, with what the portal publishes now."""
    (folder / "bar.pdf").write_bytes(pdf)
    (folder / "jwks.json").write_bytes(published("jwks"))
    (folder / "status.jwt").write_bytes(published("status-list"))
    (folder / "bar-ca.pem").write_bytes(published("bar-ca"))
    given = ["bar.pdf", "--keys", "jwks.json", *options]
    command = [sys.executable, "-c", BLOCKED, *given]
    done = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def reset(world: World) -> None:
    now, case = clock.now(), world.fresh()
    operator = require_actor(world.cast.operator, Power.ASK_RESET, case.satker, at=now)
    request = ask_reset(
        case=case,
        letter_number="S-9/2026",
        letter_date=now.date(),
        reason="Data salah, akan diunggah ulang.",
        scan=SCAN,
        actor=operator,
        now=now,
    )
    vera = require_actor(world.cast.vera, Power.GRANT_RESET, case.satker, at=now)
    grant_reset(request=request, actor=vera, now=now)


def test_a_sealed_bar_is_sah_and_after_a_reset_dibatalkan_everywhere(tmp_path: Path) -> None:
    world = make_world()
    sign_both(world)
    bar = Bar.objects.get()
    pdf = files.read(bar.sealed)
    code, told = verify(tmp_path, pdf, "--status", "status.jwt", "--ca", "bar-ca.pem")
    assert (code, told.splitlines()[0]) == (0, "SAH")
    assert bar.number in told
    assert verify(tmp_path, pdf + b"\n")[0] == 5
    reset(world)
    code, told = verify(tmp_path, pdf, "--status", "status.jwt")
    assert (code, told.splitlines()[0]) == (3, "DIBATALKAN")
    assert "S-9/2026" in told
    page = Client().get(reverse("verifikasi", args=[bar.verify_id])).content.decode()
    assert "sudah dibatalkan" in page
    answer = Client().get(reverse("api-verify", args=[bar.verify_id])).json()
    assert answer["verdict"] == "DIBATALKAN"


def test_the_bar_prints_and_binds_the_audit_trail(tmp_path: Path) -> None:
    sign_both(make_world())
    bar, point = Bar.objects.get(), Checkpoint.objects.latest("seq")
    claims = read_token(bar.token, keyring().public_keys())
    assert not isinstance(claims, TokenProblem)
    assert claims["jejak"] == [point.seq, point.hash[:32]]
    assert point.note in checkpoints.witness().notes()
    (tmp_path / "bar.pdf").write_bytes(files.read(bar.sealed))
    command = ["pdftotext", "-layout", str(tmp_path / "bar.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert f"Jejak audit: {point.seq} peristiwa" in text
    assert verify_chain() is None


def test_a_voided_bar_is_handed_out_as_a_cover_with_the_original_inside(client: Client) -> None:
    world = make_world()
    sign_both(world)
    original = files.read(Bar.objects.get().sealed)
    reset(world)
    client.force_login(world.cast.operator, backend="django.contrib.auth.backends.ModelBackend")
    cover = client.get(reverse("api-bar-pdf", args=[world.case.pk])).content
    reader = PdfReader(io.BytesIO(cover))
    ((name, (held,)),) = reader.attachments.items()
    assert hashlib.sha256(held).hexdigest() == Bar.objects.get().sealed
    assert held == original
    assert name.startswith("BAR-1-")
    text = reader.pages[0].extract_text()
    assert "DIBATALKAN" in text
    assert "S-9/2026" in text
    assert name in " ".join(text.split())


def test_who_signs_in_another_role_than_when_the_pin_was_set_signs_with_that_roles_certificate(
    tmp_path: Path,
) -> None:
    world = make_world()
    give_pin(world.cast.kpa, world.cast.kasi_vera)
    key = SignerKey.objects.get(user=world.cast.kasi_vera)
    public = loaded(key.certificate.encode()).public_key()
    earlier = CertificateSubject(world.cast.kasi_vera.name, world.cast.kasi_vera.nip, "KPA", "503202")
    pem = authority(clock.now()).issue(public, earlier).decode()  # type: ignore[arg-type]
    IssuedCertificate.objects.filter(key=key).delete()
    SignerKey.objects.filter(pk=key.pk).update(certificate=pem)
    sign_as(world, world.cast.kpa)
    sign_as(world, world.cast.kasi_vera)
    assert IssuedCertificate.objects.filter(key=key).count() == 1
    assert verify(tmp_path, files.read(Bar.objects.get().sealed))[0] == 0


def test_the_status_list_is_fresh_at_once_and_cached_while_nothing_changes() -> None:
    world = make_world()
    sign_both(world)
    first = Client().get(reverse("status-list"))
    assert first["Content-Type"] == "application/jwt"
    assert "max-age=2" in first["Cache-Control"]
    again = Client().get(reverse("status-list"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code in {304, 200}  # 200 when the minute turned between the two
    reset(world)
    changed = Client().get(reverse("status-list"), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    found = read_status_list(changed.content.decode(), keyring().public_keys())
    assert not isinstance(found, TokenProblem)
    assert list(found.voided) == [Bar.objects.get().verify_id]


def test_a_revoked_key_is_on_the_list_with_every_certificate_of_it() -> None:
    sign_both(make_world())
    since = clock.now()
    key = SignerKey.objects.first()
    SignerKey.objects.filter(pk=key.pk).update(revoked_from=since)
    found = read_status_list(published("status-list").decode(), keyring().public_keys())
    assert not isinstance(found, TokenProblem)
    serial = loaded(key.certificate.encode()).serial_number
    assert found.revoked == {serial: since.replace(microsecond=0)}

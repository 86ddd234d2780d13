"""`manage.py keys`: new server keys without PINs, renewal, revocation from an instant, a copy of the keys."""

import shutil
import stat
import tarfile
from base64 import b64decode
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from audit.models import Event
from bar.installation import keyring, server_key
from bar.models import IssuedCertificate, SignerKey, SignerPin
from bar.services.pins import closed_pin, has_pin, open_key, set_pin
from bar.signing.certificates import loaded
from bar.signing.envelope import EnvelopeError, server_key_of
from erekon.lib import clock
from tests.builders import make_cast, make_user
from tests.integration.pages.signing_world import PIN

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Ponsel dan catatan PIN hilang."


@pytest.fixture
def own_keys(tmp_path, settings):
    settings.KEY_FOLDER = tmp_path / "keys"
    return settings.KEY_FOLDER


@pytest.fixture
def cast(own_keys):
    cast = make_cast()
    for person in (cast.kpa, cast.kasi_vera):
        set_pin(user=person, pin=PIN, now=clock.now())
    return cast


def run(*words, **options):
    told = StringIO()
    call_command("keys", *words, stdout=told, **options)
    return told.getvalue().strip()


def published():
    return x509.load_der_x509_crl(Client().get(reverse("bar-crl")).content)


def revoke(cast, since, key=None, by=None):
    administrator = by or make_user("ADMIN_PUSAT")
    options = {"since": since.isoformat(), "reason": REASON, "by": administrator.username}
    arguments = [f"--{name}={value}" for name, value in options.items()]
    return run("revoke", key or cast.kpa.username, *arguments)


def test_init_makes_every_key_once(own_keys):
    made = run("init")
    assert set(made.split()) == {"bar-ca.pem", "server-secret", "token-0001.pem"}
    assert run("init") == made


def test_a_new_server_key_opens_every_key_without_a_pin_entry(cast):
    before, old = dict(SignerKey.objects.values_list("pk", "envelope")), server_key()
    assert run("rotate").startswith("2 kunci")
    assert server_key().kid != old.kid
    for key in SignerKey.objects.all():
        assert bytes(key.envelope) != bytes(before[key.pk])
        assert server_key_of(bytes(key.envelope)) == server_key().kid
    assert run("forget") == "Dihapus: server-secret"
    assert has_pin(cast.kpa, PIN)
    assert open_key(user=cast.kasi_vera, pin=PIN, now=clock.now())
    assert Event.objects.filter(action="GANTI_KUNCI_SERVER").count() == 1


def test_a_server_key_that_an_envelope_needs_is_not_forgotten(cast):
    keyring().rotate_server_secret()
    assert run("forget") == "Dihapus: tidak ada"
    assert has_pin(cast.kpa, PIN)


def test_a_stolen_database_opens_nothing_with_a_later_server_key(cast):
    stolen = bytes(SignerKey.objects.get(user=cast.kpa).envelope)
    run("rotate")
    run("forget")
    SignerKey.objects.filter(user=cast.kpa).update(envelope=stolen)
    with pytest.raises(EnvelopeError):
        open_key(user=cast.kpa, pin=PIN, now=clock.now())


def test_a_certificate_that_ends_is_renewed_for_the_same_key(cast):
    key = SignerKey.objects.get(user=cast.kpa)
    assert run("renew") == "0 sertifikat diperbarui."
    IssuedCertificate.objects.filter(key=key).update(expires_at=clock.now() + timedelta(days=30))
    assert run("renew") == "1 sertifikat diperbarui."
    renewed = SignerKey.objects.get(pk=key.pk)
    old, new = loaded(key.certificate.encode()), loaded(renewed.certificate.encode())
    assert new.serial_number != old.serial_number
    assert new.public_key() == old.public_key()
    assert renewed.certificates.count() == 2
    assert open_key(user=cast.kpa, pin=PIN, now=clock.now())
    assert run("renew") == "0 sertifikat diperbarui."


def test_a_revoked_key_is_gone_and_the_list_names_the_instant(cast):
    key, since = SignerKey.objects.get(user=cast.kpa), clock.now().replace(microsecond=0) - timedelta(days=2)
    assert len(published()) == 0
    assert key.key_id in revoke(cast, since)
    entry = published().get_revoked_certificate_by_serial_number(
        loaded(key.certificate.encode()).serial_number
    )
    assert entry.revocation_date_utc == since
    assert published().is_signature_valid(loaded(Client().get(reverse("bar-ca")).content).public_key())
    key.refresh_from_db()
    assert bytes(key.envelope) == b""
    assert closed_pin(cast.kpa, now=clock.now()).code == "PERLU_AKTIVASI"
    assert not has_pin(cast.kpa, PIN)
    assert Event.objects.filter(action="CABUT_KUNCI").count() == 1


def test_a_key_retired_long_ago_can_be_revoked_without_closing_the_new_pin(cast):
    old = SignerKey.objects.get(user=cast.kpa).key_id
    set_pin(user=cast.kpa, pin="846203", now=clock.now())
    revoke(cast, clock.now() - timedelta(days=1), key=old)
    assert len(published()) == 1
    assert not SignerPin.objects.get(user=cast.kpa).needs_activation
    assert has_pin(cast.kpa, "846203")


@pytest.mark.parametrize("since", ["kemarin", "2026-10-01", "2099-01-01T00:00:00+07:00"])
def test_an_instant_that_is_none_or_not_yet_revokes_nothing(cast, since):
    by = make_user("ADMIN_PUSAT").username
    with pytest.raises(CommandError):
        run("revoke", cast.kpa.username, f"--since={since}", f"--reason={REASON}", f"--by={by}")
    assert not SignerKey.objects.filter(revoked_from__isnull=False).exists()


def test_who_is_no_administrator_revokes_nothing(cast):
    with pytest.raises(CommandError, match="BUKAN_HAK"):
        revoke(cast, clock.now() - timedelta(days=1), by=cast.vera)
    assert not SignerKey.objects.filter(revoked_from__isnull=False).exists()


def test_a_copy_holds_every_key_file_and_is_the_owners_alone(cast, tmp_path):
    target = tmp_path / "keys.tar.gz"
    assert "berkas kunci disalin" in run("backup", str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with tarfile.open(target) as archive:
        assert {"bar-ca.pem", "server-secret"} <= set(archive.getnames())
    with pytest.raises(CommandError):
        run("backup", str(target))


def copied(tmp_path):
    target = tmp_path / "keys.tar.gz"
    run("backup", str(target))
    return str(target)


def archive_of(path, **members):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    return str(path)


def kept(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_copy_brings_lost_keys_back_and_everybody_signs_again(cast, own_keys, tmp_path):
    run("rotate")
    before, copy = kept(own_keys), copied(tmp_path)
    shutil.rmtree(own_keys)
    with pytest.raises(EnvelopeError):  # and new keys are made meanwhile
        open_key(user=cast.kpa, pin=PIN, now=clock.now())
    with pytest.raises(CommandError, match="another key of this name is here"):
        run("restore", copy)
    shutil.rmtree(own_keys)
    assert run("restore", copy) == f"Dipulihkan: {', '.join(sorted(before))}"
    assert kept(own_keys) == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in own_keys.iterdir()} == {0o600}
    assert open_key(user=cast.kpa, pin=PIN, now=clock.now())
    assert Event.objects.get(action="PULIHKAN_KUNCI").content == {"files": sorted(before)}
    assert run("restore", copy) == "Dipulihkan: tidak ada"
    assert Event.objects.filter(action="PULIHKAN_KUNCI").count() == 1


def test_an_older_server_key_that_was_forgotten_comes_back_beside_the_newer(cast, own_keys, tmp_path):
    copy = copied(tmp_path)
    run("rotate")
    run("forget")
    assert run("restore", copy) == "Dipulihkan: server-secret"
    assert has_pin(cast.kpa, PIN)


def test_a_key_that_is_here_is_not_replaced_and_nothing_else_is_written(cast, own_keys, tmp_path):
    copy = copied(tmp_path)
    (own_keys / "bar-ca.pem").unlink()
    (own_keys / "server-secret").write_bytes(b"\x07" * 32)
    before = kept(own_keys)
    with pytest.raises(CommandError, match="server-secret: another key of this name is here"):
        run("restore", copy)
    assert kept(own_keys) == before


@pytest.mark.parametrize("name", ["../bar-ca.pem", "authorized_keys", "server-secret-1", "keys/bar-ca.pem"])
def test_what_is_no_copy_of_keys_writes_nothing(own_keys, tmp_path, name):
    archive = archive_of(tmp_path / "a.tar.gz", **{"server-secret": b"\x07" * 32, name: b"x"})
    with pytest.raises(CommandError, match="no key file"):
        run("restore", archive)
    assert not own_keys.exists()


def test_half_a_copy_and_no_copy_write_nothing(cast, own_keys, tmp_path):
    whole = Path(copied(tmp_path)).read_bytes()
    shutil.rmtree(own_keys)
    half, empty = tmp_path / "half.tar.gz", archive_of(tmp_path / "empty.tar.gz")
    half.write_bytes(whole[: len(whole) // 2])
    for path in (str(half), empty, str(tmp_path / "none")):
        with pytest.raises(CommandError):
            run("restore", path)
    assert not own_keys.exists()


def test_the_jwks_carries_the_authority(cast):
    keys = Client().get(reverse("jwks")).json()["keys"]
    (authority,) = [key for key in keys if "x5c" in key]
    assert x509.load_der_x509_certificate(b64decode(authority["x5c"][0])) == loaded(
        Client().get(reverse("bar-ca")).content
    )
    assert not any("d" in key for key in keys)
    assert {key["kty"] for key in keys if "x5c" not in key} == {"OKP"}

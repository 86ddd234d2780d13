import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from erekon.lib.keyfiles import KeyFileError, create_once
from erekon.lib.keyring import Keyring

_RACE = """
import sys, time
from pathlib import Path
from erekon.lib.keyring import Keyring
ring = Keyring(Path(sys.argv[1]))
while time.time() < float(sys.argv[2]): pass
print(ring.current()[0], ring.server_secret().hex())
"""


def test_keys_are_made_once_and_kept(tmp_path: Path) -> None:
    first, again = Keyring(tmp_path / "keys"), Keyring(tmp_path / "keys")
    assert first.current()[0] == again.current()[0]
    assert first.server_secret() == again.server_secret()
    assert len(first.server_secret()) == 32


def test_key_files_are_for_their_owner_only(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys")
    ring.current(), ring.server_secret()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in ring.folder.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700
    assert len(list(ring.folder.iterdir())) == 2


def test_processes_that_start_together_agree_on_the_keys(tmp_path: Path) -> None:
    import time

    command = [sys.executable, "-c", _RACE, str(tmp_path / "keys"), str(time.time() + 1.0)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {run.communicate(timeout=60)[0] for run in runs}
    assert len(answers) == 1
    assert len(answers.pop().split()) == 2


def test_the_loser_of_a_race_reads_the_winners_bytes(tmp_path: Path) -> None:
    path = tmp_path / "secret"

    def make_late() -> bytes:
        create_once(path, lambda: b"winner")
        return b"loser"

    assert create_once(path, make_late) == b"winner"
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    ring.server_secret()
    os.chmod(tmp_path / "server-secret", 0o640)
    with pytest.raises(KeyFileError, match="readable by others"):
        ring.server_secret()


@pytest.mark.parametrize("content", [b"", b"short"])
def test_a_cut_server_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "server-secret"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError):
        Keyring(tmp_path).server_secret()


def test_a_broken_token_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "token-0001.pem"
    path.write_bytes(b"not a key")
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="not a key"):
        Keyring(tmp_path).current()


def test_rotation_signs_with_the_new_key_and_publishes_both(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    old, _ = ring.current()
    new = ring.rotate()
    assert new != old
    assert ring.current()[0] == new
    assert set(ring.public_keys()) == {old, new}


def test_published_keys_hold_no_private_part(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    kid, key = ring.current()
    (published,) = ring.public_jwks()["keys"]
    assert set(published) == {"kty", "crv", "x", "use", "alg", "kid"}
    assert published["kid"] == kid
    assert isinstance(key.public_key(), Ed25519PublicKey)

"""Signers' keys in a token: made there, used there, never given out."""

import io
from pathlib import Path

import pytest
from pkcs11 import Attribute, AttributeSensitive, ObjectClass
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from bar.signing.envelope import WrongPinError
from bar.signing.keys import is_low_s, key_fingerprint, verify
from bar.signing.token_vault import TokenVault
from tests import softhsm
from tests.unit.bar.signing.world import SigningWorld

pytestmark = [pytest.mark.token, pytest.mark.xdist_group("token")]
CONTENT_HASH = "ab" * 32


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> TokenVault:
    return TokenVault(softhsm.make_token(tmp_path_factory.mktemp("hsm")), softhsm.LABEL, softhsm.PIN)


def test_a_key_made_in_the_token_signs_by_its_name(vault: TokenVault) -> None:
    public, name = vault.make()
    key = vault.open(name)
    assert key.public_key == public
    assert verify(public, CONTENT_HASH, key.sign_digest(bytes.fromhex(CONTENT_HASH)).hex())
    assert b"PRIVATE" not in name
    assert len(name) == 16


def test_the_token_too_gives_the_lower_s(vault: TokenVault) -> None:
    _, name = vault.make()
    key = vault.open(name)
    assert all(is_low_s(key.sign_digest(bytes.fromhex(CONTENT_HASH))) for _ in range(20))


def test_the_private_half_never_leaves_the_token(vault: TokenVault) -> None:
    _, name = vault.make()
    private = vault._session().get_key(ObjectClass.PRIVATE_KEY, id=name)
    assert private[Attribute.SENSITIVE]
    assert private[Attribute.NEVER_EXTRACTABLE]
    with pytest.raises(AttributeSensitive):
        private[Attribute.VALUE]


def test_both_signatures_of_a_bar_come_from_the_token(vault: TokenVault, tmp_path: Path) -> None:
    world = SigningWorld.begin(tmp_path, vault)
    found = PdfFileReader(io.BytesIO(world.sealed())).embedded_signatures
    assert [validate_pdf_signature(each, world.context()).bottom_line for each in found] == [True, True]


def test_the_pin_opens_the_name_of_the_key(vault: TokenVault, tmp_path: Path) -> None:
    world = SigningWorld.begin(tmp_path, vault)
    session, _ = world.opened("KPA")
    assert session.sign(CONTENT_HASH)
    with pytest.raises(WrongPinError):
        world.opened("KPA", pin="381174")


@pytest.mark.parametrize("secret", [b"", b"x" * 16, b"x" * 100])
def test_a_name_that_the_token_does_not_know_opens_nothing(vault: TokenVault, secret: bytes) -> None:
    with pytest.raises(ValueError, match="token"):
        vault.open(secret)


def test_a_destroyed_key_is_gone(vault: TokenVault) -> None:
    public, name = vault.make()
    vault.destroy(key_fingerprint(public))
    with pytest.raises(ValueError, match="no such key"):
        vault.open(name)
    vault.destroy(key_fingerprint(public))


def test_the_stamp_says_where_the_key_lies(vault: TokenVault) -> None:
    assert "perangkat aman" in vault.kind
    assert "tidak tersertifikasi" in vault.kind

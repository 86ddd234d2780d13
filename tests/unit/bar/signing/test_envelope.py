import pytest

from bar.signing import envelope
from bar.signing.envelope import EnvelopeError, ServerKey, WrongPinError, reseal, seal, server_key_of, unseal

OLD, NEW = ServerKey(b"\x01" * 8, b"\x22" * 32), ServerKey(b"\x02" * 8, b"\x33" * 32)
BOTH = {OLD.kid: OLD, NEW.kid: NEW}
PIN, OWNER, SECRET = "381173", "nip-1", b"a private key"


def sealed() -> bytes:
    return seal(SECRET, pin=PIN, server_key=OLD, owner=OWNER)


def opened(content: bytes, **changes: object) -> bytes:
    given = {"pin": PIN, "server_keys": BOTH, "owner": OWNER}
    return unseal(content, **(given | changes))


def test_pin_server_key_and_owner_together_open_it() -> None:
    assert opened(sealed()) == SECRET
    assert SECRET not in sealed()
    assert sealed() != sealed()


def test_a_wrong_pin_opens_nothing() -> None:
    with pytest.raises(WrongPinError):
        opened(sealed(), pin="381174")


@pytest.mark.parametrize(
    "changes",
    [
        {"server_keys": {NEW.kid: NEW}},
        {"server_keys": {OLD.kid: ServerKey(OLD.kid, NEW.secret)}},
        {"owner": "nip-2"},
    ],
)
def test_without_server_key_or_owner_no_pin_is_even_judged(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    content = sealed()
    monkeypatch.setattr(envelope, "hash_secret_raw", None)
    with pytest.raises(EnvelopeError):
        opened(content, **changes)


def test_a_changed_byte_anywhere_keeps_it_shut() -> None:
    whole = sealed()
    for place in (0, 1, 10, 30, 70, 90, len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises((WrongPinError, EnvelopeError)):
            opened(bytes(changed))


@pytest.mark.parametrize("content", [b"", b"\x01" * 200, b"\x02" * 60])
def test_what_is_no_envelope_is_refused(content: bytes) -> None:
    with pytest.raises(EnvelopeError):
        opened(content)


def test_a_new_server_key_seals_it_again_without_the_pin() -> None:
    moved = reseal(sealed(), server_keys=BOTH, server_key=NEW, owner=OWNER)
    assert server_key_of(moved) == NEW.kid
    assert opened(moved, server_keys={NEW.kid: NEW}) == SECRET
    with pytest.raises(EnvelopeError):
        opened(moved, server_keys={OLD.kid: OLD})
    with pytest.raises(WrongPinError):
        opened(moved, pin="381174")


def test_resealing_needs_the_old_server_key_and_the_owner() -> None:
    for changes in ({"server_keys": {NEW.kid: NEW}}, {"owner": "nip-2"}):
        given = {"server_keys": BOTH, "server_key": NEW, "owner": OWNER}
        with pytest.raises(EnvelopeError):
            reseal(sealed(), **(given | changes))

"""The installation's own keys, authorities and addresses, as the services of the BAR use them."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from bar.documents.verify_id import group_verify_id
from bar.options import options
from bar.signing.authority import Authority
from bar.signing.certificates import parsed
from bar.signing.envelope import ServerKey
from bar.signing.timestamps import LongTerm, authority_at
from bar.signing.token_vault import TokenVault
from bar.signing.vaults import BuiltInVault, Vault
from erekon.lib.keyring import Keyring

_KID_BYTES = 8


def keyring() -> Keyring:
    """The keys of this installation; made when first asked for."""
    return Keyring(settings.KEY_FOLDER)


def server_key() -> ServerKey:
    """The server's key that seals now."""
    return _named(keyring().server_secret())


def server_keys() -> dict[bytes, ServerKey]:
    """Every server key that is still here, by its kid."""
    return {key.kid: key for key in map(_named, keyring().server_secrets())}


def authority(now: datetime) -> Authority:
    """The issuing CA of this installation, dating what it issues at `now`."""
    return Authority(
        settings.KEY_FOLDER,
        installation=urlsplit(settings.PUBLIC_BASE_URL).netloc,
        now=now,
        list_url=f"{settings.PUBLIC_BASE_URL}/.well-known/bar-ca.crl",
    )


def vault_for_new_keys() -> Vault:
    """Where the key of a signer is made now: the token where one is set up, else our own database."""
    return vault(TokenVault.code if options().token_module else BuiltInVault.code)


def vault(code: str) -> Vault:
    """The vault of a stored key."""
    if code == BuiltInVault.code:
        return BuiltInVault()
    chosen = options()
    return TokenVault(chosen.token_module, chosen.token_label, chosen.token_pin())


def long_term(now: datetime, revocation_lists: Callable[[datetime], Sequence[bytes]]) -> LongTerm | None:
    """The time-stamping authority to ask, and what else a signature is to carry; None where none is set."""
    chosen = options()
    if not chosen.tsa_url:
        return None
    stamper = authority_at(chosen.tsa_url)
    if not chosen.tsa_certificate:
        return LongTerm(stamper)
    trusted = [authority(now).ca_pem(), Path(chosen.tsa_certificate).read_bytes()]
    return LongTerm(stamper, [parsed(pem) for pem in trusted], revocation_lists)


def verify_url(verify_id: str, token: str = "") -> str:
    """The public address of a BAR; the token goes into the fragment, which never reaches the server's log."""
    plain = f"{settings.PUBLIC_BASE_URL}/v/{verify_id}"
    return f"{plain}#{token}" if token else plain


def verify_address(verify_id: str) -> str:
    """The address as printed for people who type it."""
    host = settings.PUBLIC_BASE_URL.split("://", 1)[-1]
    return f"{host}/v lalu ketik {group_verify_id(verify_id)}" if verify_id else f"{host}/v"


def _named(secret: bytes) -> ServerKey:
    return ServerKey(hashlib.sha256(b"erekon-lk server key\x00" + secret).digest()[:_KID_BYTES], secret)

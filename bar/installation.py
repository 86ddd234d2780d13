"""The installation's own keys and addresses, as the services of the BAR use them."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from bar.documents.verify_id import group_verify_id
from bar.signing.authority import Authority
from erekon.lib.keyring import Keyring


def keyring() -> Keyring:
    """The keys of this installation; made when first asked for."""
    return Keyring(settings.KEY_FOLDER)


def authority(now: datetime) -> Authority:
    """The issuing CA of this installation, dating what it issues at `now`."""
    return Authority(settings.KEY_FOLDER, installation=urlsplit(settings.PUBLIC_BASE_URL).netloc, now=now)


def verify_url(verify_id: str, token: str = "") -> str:
    """The public address of a BAR; the token goes into the fragment, which never reaches the server's log."""
    plain = f"{settings.PUBLIC_BASE_URL}/v/{verify_id}"
    return f"{plain}#{token}" if token else plain


def verify_address(verify_id: str) -> str:
    """The address as printed for people who type it."""
    host = settings.PUBLIC_BASE_URL.split("://", 1)[-1]
    return f"{host}/v lalu ketik {group_verify_id(verify_id)}" if verify_id else f"{host}/v"

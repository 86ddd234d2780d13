"""`manage.py keys init | rotate | forget | renew | revoke | backup | restore`: the keys of the installation and its signers."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from bar.queries import expiring_keys, key_named
from bar.services.certificates import renew_certificate, revoke_key
from bar.services.copying import back_up_keys, restore_keys
from bar.services.rotating import forget_server_keys, make_keys, rotate_server_key
from bar.signing.envelope import EnvelopeError
from erekon.lib import clock
from erekon.lib.keyfiles import KeyFileError
from erekon.lib.refusals import Refusal


class Command(BaseCommand):
    """None of it shows a key or needs a PIN."""

    help = "Make, change, renew, revoke and copy keys; no PIN is needed and no key is shown."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("init", help="make what is missing")
        actions.add_parser("rotate", help="a new server key under every envelope; the old one stays")
        actions.add_parser("forget", help="delete the older server keys that nothing needs")
        renew = actions.add_parser("renew", help="new certificates for keys whose own will end")
        renew.add_argument("--days", type=int, default=90, help="ending within so many days")
        revoke = actions.add_parser("revoke", help="take a signer's key back from an instant on")
        revoke.add_argument("key", help="a key id, or a user name for the key in use")
        revoke.add_argument("--since", required=True, help="ISO 8601 with offset; may lie in the past")
        revoke.add_argument("--reason", required=True, help="why, for the audit trail")
        revoke.add_argument("--by", required=True, help="user name of the administrator who does it")
        backup = actions.add_parser("backup", help="every key file in one archive")
        backup.add_argument("file", type=Path, help="a new file; keep it apart from the database's backup")
        restore = actions.add_parser(
            "restore", help="put back what is missing; no key that is here is replaced"
        )
        restore.add_argument("file", type=Path, help="what `keys backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        action = options["action"]
        try:
            self.stdout.write(getattr(self, f"_{action}")(**options))
        except (Refusal, EnvelopeError, KeyFileError, OSError) as error:
            sentence = (
                error.errors[0]["message"] if isinstance(error, Refusal) and error.errors else str(error)
            )
            raise CommandError(sentence) from error

    def _init(self, **options: Any) -> str:
        return "\n".join(make_keys(now=clock.now()))

    def _rotate(self, **options: Any) -> str:
        return f"{rotate_server_key(now=clock.now())} kunci penanda tangan disegel ulang."

    def _forget(self, **options: Any) -> str:
        return "Dihapus: " + (", ".join(forget_server_keys()) or "tidak ada")

    def _renew(self, *, days: int, **options: Any) -> str:
        now = clock.now()
        keys = expiring_keys(now + timedelta(days=days))
        for key in keys:
            renew_certificate(key=key, now=now)
        return f"{len(keys)} sertifikat diperbarui."

    def _revoke(self, *, key: str, since: str, reason: str, by: str, **options: Any) -> str:
        found, administrator = key_named(key), User.objects.filter(username=by).first()
        if found is None or administrator is None:
            raise CommandError("Kunci atau administrator tidak dikenal.")
        moment = _moment(since)
        revoke_key(key=found, since=moment, reason=reason, administrator=administrator, now=clock.now())
        return f"Kunci {found.key_id} dicabut sejak {moment.isoformat()}."

    def _backup(self, *, file: Path, **options: Any) -> str:
        return f"{back_up_keys(target=file)} berkas kunci disalin ke {file}."

    def _restore(self, *, file: Path, **options: Any) -> str:
        return "Dipulihkan: " + (", ".join(restore_keys(source=file, now=clock.now())) or "tidak ada")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise CommandError("--since: tulis saat ISO 8601 dengan offset, misalnya 2026-10-01T08:00:00+07:00.")
    return found

"""`manage.py activate_pin USER --by ADMINISTRATOR --reason TEXT`: a code with which a signer sets a PIN."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from bar.services.activating import issue_activation
from erekon.lib import clock
from erekon.lib.refusals import Refusal


class Command(BaseCommand):
    """The administrator's page of PINs, for the shell: the PIN itself is set by its owner alone."""

    help = "Print a one-time code with which a signer sets a PIN, beside the password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="whose PIN")
        parser.add_argument("--by", required=True, help="user name of the administrator who does it")
        parser.add_argument("--reason", required=True, help="why, for the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        owner, administrator = self._user(options["username"]), self._user(options["by"])
        try:
            code = issue_activation(
                user=owner, administrator=administrator, reason=options["reason"], now=clock.now()
            )
        except Refusal as refusal:
            said = refusal.errors[0]["message"] if refusal.errors else ""
            raise CommandError(
                said or f"{administrator.username} bukan administrator PIN {owner.username}."
            ) from refusal
        self.stdout.write(f"Kode aktivasi {owner.username}: {code}")

    def _user(self, username: str) -> User:
        found = User.objects.filter(username=username).first()
        if found is None:
            raise CommandError(f"Tidak ada pengguna {username}.")
        return found

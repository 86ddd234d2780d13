"""`manage.py activate_pin USER --by ADMINISTRATOR`: let a signer whose PIN was closed set a new one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.roles import Power, roles_with
from accounts.scoping import assignments_of
from bar.models import SignerPin
from bar.services.pins import activate_pin
from erekon.lib import clock


class Command(BaseCommand):
    """After ten wrong PINs only an administrator opens the way; the new PIN is set by its owner alone."""

    help = (
        "Reopen a PIN that was closed after ten wrong tries; its owner then sets a new one with the password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="whose PIN")
        parser.add_argument("--by", required=True, help="user name of the administrator who does it")

    def handle(self, *args: Any, **options: Any) -> None:
        owner, administrator = self._user(options["username"]), self._user(options["by"])
        able = roles_with(Power.ACTIVATE_PIN)
        if not any(held.role in able for held in assignments_of(administrator, clock.now())):
            raise CommandError(f"{administrator.username} bukan administrator.")
        if not SignerPin.objects.filter(user=owner).exists():
            raise CommandError(f"{owner.username} belum pernah membuat PIN.")
        activate_pin(user=owner, administrator=administrator, now=clock.now())
        self.stdout.write(
            f"PIN {owner.username} dibuka. Pemiliknya membuat PIN baru di halaman PIN dengan sandinya."
        )

    def _user(self, username: str) -> User:
        found = User.objects.filter(username=username).first()
        if found is None:
            raise CommandError(f"Tidak ada pengguna {username}.")
        return found

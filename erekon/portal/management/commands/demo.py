"""`manage.py demo`: fill an empty database with an invented KPPN in every situation, then run the portal."""

import json
import os
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from erekon.lib import clock
from erekon.portal.demo.deadline import keep_open
from erekon.portal.demo.samples import write_samples
from erekon.portal.demo.seeding import is_filled, is_half_done, seed
from erekon.portal.demo.timeline import timeline_of

ACCOUNTS = "EREKON_DEMO_ACCOUNTS"
WAIT_SECONDS = 120


class Command(BaseCommand):
    """On a filled database nothing is made anew: it only starts the servers."""

    help = "Fill an empty database with an invented month, then start web, worker and scheduler."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only fill the database")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.MEDIA_ROOT).parent
        accounts = Path(settings.DEMO_ACCOUNTS_FILE or folder / "accounts.json")
        call_command("migrate", verbosity=0)
        if is_half_done():
            raise CommandError("Pengisian contoh sebelumnya terputus. Jalankan make reset, lalu ulangi.")
        if is_filled():
            self.stdout.write("Basis data sudah terisi; tidak ada yang dibuat ulang.")
            keep_open(clock.now())
        else:
            self._fill(folder, accounts)
        if not options["no_serve"]:
            self._serve(accounts)

    def _fill(self, folder: Path, accounts: Path) -> None:
        started = time.monotonic()
        timeline = timeline_of(clock.now())
        self.stdout.write("Mengisi contoh, kurang dari satu menit …")
        seed(timeline, accounts)
        samples = write_samples(folder / "adk", timeline)
        self.stdout.write(f"Contoh selesai dalam {time.monotonic() - started:.0f} detik.")
        self.stdout.write("ADK contoh untuk diunggah oleh operator satker 990101:")
        for path, meaning in samples:
            self.stdout.write(f"  {path}: {meaning}")

    def _serve(self, accounts: Path) -> None:
        if accounts.is_file():
            # The servers are children: they read the list's place from the environment.
            os.environ[ACCOUNTS] = str(accounts)
            self._list(accounts)
        threading.Thread(target=self._announce, daemon=True).start()
        call_command("serve")

    def _list(self, accounts: Path) -> None:
        self.stdout.write(f"Akun contoh (juga di {accounts}):")
        for person in json.loads(accounts.read_text(encoding="utf-8")):
            pin = f"PIN {person['pin']}" if person["pin"] else ""
            self.stdout.write(
                f"  {person['username']:<20} {person['password']:<14} {pin:<11} "
                f"{person['role']}, {person['place']}"
            )

    def _announce(self) -> None:
        """Print the address once the web answers."""
        address = f"http://127.0.0.1:{settings.PORT}/health/live"
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(address, timeout=2).close()
            except urllib.error.HTTPError:
                break  # it answers, whatever it says
            except OSError:
                time.sleep(0.3)
            else:
                break
        else:
            return
        self.stdout.write(f"\nPortal contoh siap di {settings.PUBLIC_BASE_URL}\n")
        self.stdout.flush()

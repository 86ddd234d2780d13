"""`manage.py make_adk`: write a satker's or a KPPN's ADK from the stored ledger, with chosen mistakes."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Kppn, Satker
from adk.formats.mistakes import MISTAKES
from erekon.lib.refusals import Refusal
from erekon.portal.making.adk import MakingRefused, satker_adk, treasury_adk
from erekon.portal.making.differences import DIFFERENCES
from reconciliation.services.cases import parse_period


class Command(BaseCommand):
    """`--satker CODE --period 2026-09` or `--kppn CODE --date 2026-09-30`; each `--mistake` adds one."""

    help = "Write a valid ADK from the stored ledger, or one with chosen mistakes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--satker", help="satker code (6 digits)")
        parser.add_argument("--period", help="year and month, such as 2026-09")
        parser.add_argument("--kppn", help="KPPN code (3 digits)")
        parser.add_argument("--date", help="ledger date, such as 2026-09-30")
        parser.add_argument("--mistake", action="append", default=[], help="may be given several times")
        parser.add_argument("--out", default=".", help="folder for the file (default: here)")
        parser.add_argument("--list-mistakes", action="store_true", help="list what --mistake takes")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list_mistakes"]:
            self._list()
            return
        try:
            name, content = _made(options)
        except (MakingRefused, Refusal, ValueError) as refused:
            raise CommandError(str(refused)) from refused
        folder = Path(options["out"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        self.stdout.write(str(folder / name))

    def _list(self) -> None:
        for name, difference in DIFFERENCES.items():
            self.stdout.write(f"satker  {name:<28} selisih: {difference.meaning}")
        for name, mistake in MISTAKES.items():
            self.stdout.write(f"{mistake.of:<7} {name:<28} {mistake.code or 'tetap diterima'}")


def _made(options: dict[str, Any]) -> tuple[str, bytes]:
    if options["satker"] and options["period"]:
        satker = Satker.objects.select_related("eselon_satu").filter(pk=options["satker"]).first()
        if satker is None:
            raise MakingRefused(f"Satker {options['satker']} tidak dikenal.")
        return satker_adk(satker, *parse_period(options["period"]), mistakes=options["mistake"])
    if options["kppn"] and options["date"]:
        kppn = Kppn.objects.filter(pk=options["kppn"]).first()
        if kppn is None:
            raise MakingRefused(f"KPPN {options['kppn']} tidak dikenal.")
        return treasury_adk(kppn, date.fromisoformat(options["date"]), mistakes=options["mistake"])
    raise MakingRefused("Sebutkan --satker dengan --period, atau --kppn dengan --date.")

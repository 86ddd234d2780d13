"""`manage.py fsck_files`: hash every stored file again, and look for every file that a row names.

One line for each fault: HILANG (a row names it, it is not there), RUSAK (its bytes are no longer those of its
name), ASING (it does not belong into the store). Exit code 0 when there is none, 1 else. Changes nothing.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from erekon.portal.filecheck import check_files


class Command(BaseCommand):
    """Compare the content-addressed store with the rows."""

    help = "Hash every stored file and look for every file that a row names."

    def handle(self, *args: Any, **options: Any) -> None:
        found = check_files()
        for fault in found.faults:
            self.stdout.write(f"{fault.kind}\t{fault.name}\t{fault.named_by}")
        told = f"{found.named} files named by rows, {found.stored} stored, {found.unnamed} named by none yet"
        if found.faults:
            raise CommandError(f"{len(found.faults)} faults; {told}", returncode=1)
        self.stdout.write(f"every file whole; {told}")

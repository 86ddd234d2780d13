"""The papers of an LHR, by the workbook that they belong to."""

from django.db import models

from erekon.lib.files import StoredFileField


class LhrEdition(models.Model):
    """One LHR: its workbook, the frozen content that the workbook was made of, and the PDF once asked for.

    Named by the workbook's SHA-256, as runs and BARs name it: whoever may read those may read the PDF. An
    equal LHR is one edition.
    """

    workbook = models.CharField(max_length=64, primary_key=True)
    content = StoredFileField()
    pdf = StoredFileField(help_text="Empty until somebody asks for it")

    def __str__(self) -> str:
        return self.workbook

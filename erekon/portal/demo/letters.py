"""The scanned letter of a reset request: one invented page."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

_LEFT, _TOP, _STEP, _WIDTH = 72, 760, 22, 80


def letter_scan(satker: str, number: str, reason: str, subject: str = "Permohonan reset BAR") -> bytes:
    """A one-page PDF with the letter's number, subject and reason; equal input gives equal bytes."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    lines = [satker, f"Nomor: {number}", f"Hal: {subject} (contoh rekaan)"]
    lines += [reason[start : start + _WIDTH] for start in range(0, len(reason), _WIDTH)]
    for place, line in enumerate(lines):
        canvas.drawString(_LEFT, _TOP - place * _STEP, line)
    canvas.save()
    return buffer.getvalue()

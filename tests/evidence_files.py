"""Files that people attach, good ones and hostile ones, made in memory."""

import io
import struct
import zipfile
import zlib
from functools import cache

from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas


@cache
def pdf(text: str = "Surat koreksi S-41") -> bytes:
    """A small ordinary PDF."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(72, 720, text)
    canvas.save()
    return buffer.getvalue()


@cache
def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A small picture of many colours."""
    image = Image.effect_noise(size, 60).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _writer() -> PdfWriter:
    return PdfWriter(clone_from=io.BytesIO(pdf()))


@cache
def pdf_with_script() -> bytes:
    """A PDF that runs a script when it opens."""
    writer = _writer()
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert('halo')"),
        }
    )
    return _written(writer)


@cache
def pdf_with_hidden_script() -> bytes:
    """The same with the names written in escapes, as the format allows."""
    return pdf_with_script().replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4A#53")


@cache
def pdf_with_packed_script() -> bytes:
    """The script's action in a compressed object stream: nothing of it stands in the plain bytes."""
    inner = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    packed = zlib.compress(b"7 0 " + inner)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 7 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        5: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream",
    }
    body, places = b"%PDF-1.5\n", {}
    for number, text in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    places[6] = len(body)
    rows = b"".join(
        struct.pack(">BHB", *((2, 5, 0) if n == 7 else (1, places[n], 0) if n in places else (0, 0, 0)))
        for n in range(8)
    )
    table = b"<</Type/XRef/Size 8/W[1 2 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream" % (len(rows), rows)
    return body + b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, places[6])


@cache
def pdf_with_file() -> bytes:
    """A PDF that carries another file."""
    writer = _writer()
    writer.add_attachment("muatan.exe", b"MZ")
    return _written(writer)


@cache
def pdf_with_launch() -> bytes:
    """A PDF with a link that starts a program."""
    writer = _writer()
    link = Link(rect=(0, 0, 50, 50), url="https://contoh.go.id")
    link[NameObject("/A")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    )
    writer.add_annotation(0, link)
    return _written(writer)


@cache
def locked_pdf(password: str = "rahasia") -> bytes:
    """A PDF that asks for a password; with an empty one it opens but stays encrypted."""
    writer = _writer()
    writer.encrypt(password, "pemilik", algorithm="RC4-128")
    return _written(writer)


def zipped() -> bytes:
    """An archive with one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x.txt", "isi")
    return buffer.getvalue()


def zip_inside_pdf() -> bytes:
    """A PDF by its beginning and end, and an archive by its directory: the end mark is the archive's comment."""
    buffer = io.BytesIO(pdf())
    buffer.seek(0, 2)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("x.txt", "isi")
        archive.comment = b"\n%%EOF\n"
    return buffer.getvalue()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims this size and holds a row or two."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )

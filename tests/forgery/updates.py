"""Sealed BARs with an incremental update: what any PDF editor does when it saves."""

import io
from collections.abc import Callable, Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from bar.verify.verdicts import Verdict
from tests.forgery.cases import Case
from tests.forgery.mint import Mint, Wish

Edit = Callable[[IncrementalPdfFileWriter], None]
DIFFERENT, UNKNOWN = Verdict.ISI_BERBEDA, Verdict.TIDAK_DIKENAL


def edited(pdf: bytes, edit: Edit) -> bytes:
    """The file with one more revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    edit(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    return writer.root["/Pages"]["/Kids"][0]


def _stream(content: bytes) -> generic.StreamObject:
    return generic.StreamObject(stream_data=content)


def touch(writer: IncrementalPdfFileWriter) -> None:
    """A new revision that says nothing new."""
    writer.update_root()


def new_title(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(generic.DictionaryObject({pdf_name("/Title"): generic.pdf_string("BAR palsu")}))


def add_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = generic.DictionaryObject(_first_page(writer))
    page[pdf_name("/Contents")] = writer.add_object(_stream(b"0 0 300 300 re f"))
    pages["/Kids"].append(writer.add_object(page))
    pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def remove_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].pop()
    pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) - 1)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)


def cover_amount(writer: IncrementalPdfFileWriter) -> None:
    """An annotation with another amount over the printed one."""
    look = _stream(b"1 1 1 rg 0 0 120 14 re f")
    look[pdf_name("/Type")], look[pdf_name("/Subtype")] = pdf_name("/XObject"), pdf_name("/Form")
    box = [generic.NumberObject(each) for each in (300, 500, 420, 514)]
    look[pdf_name("/BBox")] = generic.ArrayObject(box)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(box),
            pdf_name("/Contents"): generic.pdf_string("999.999.999"),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
        }
    )
    page = _first_page(writer)
    known = list(page["/Annots"]) if "/Annots" in page else []
    page[pdf_name("/Annots")] = generic.ArrayObject([*known, writer.add_object(note)])
    writer.update_container(page)


def replace_page(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack, replace: the page shows other contents."""
    page = _first_page(writer)
    page[pdf_name("/Contents")] = writer.add_object(_stream(b"BT ET 50 50 400 700 re f"))
    writer.update_container(page)


def hide_page(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack, hide: a white sheet before the contents' end."""
    page = _first_page(writer)
    contents = page.raw_get("/Contents")
    known = list(contents) if isinstance(contents, generic.ArrayObject) else [contents]
    sheet = writer.add_object(_stream(b"1 g 0 0 595 842 re f"))
    page[pdf_name("/Contents")] = generic.ArrayObject([*known, sheet])
    writer.update_container(page)


def layer_switch(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack, hide and replace by optional content."""
    group = writer.add_object(
        generic.DictionaryObject(
            {pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): generic.pdf_string("isi")}
        )
    )
    writer.root[pdf_name("/OCProperties")] = generic.DictionaryObject(
        {
            pdf_name("/OCGs"): generic.ArrayObject([group]),
            pdf_name("/D"): generic.DictionaryObject({pdf_name("/OFF"): generic.ArrayObject([group])}),
        }
    )
    writer.update_root()


def run_script(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
    )
    writer.update_root()


def attach_file(writer: IncrementalPdfFileWriter) -> None:
    held = EmbeddedFileObject.from_file_data(writer, b"lampiran lain", mime_type="text/plain")
    embed_file(writer, FileSpec(file_spec_string="lampiran.txt", embedded_data=held))


def empty_field(writer: IncrementalPdfFileWriter) -> None:
    """The KPA's signature taken out of its field."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    del field["/V"]
    writer.update_container(field)


def drop_fields(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    form[pdf_name("/Fields")] = generic.ArrayObject([])
    writer.update_container(form)
    writer.update_root()


def swap_values(writer: IncrementalPdfFileWriter) -> None:
    """Each signature shown in the other's field."""
    first, second = (each.get_object() for each in writer.root["/AcroForm"]["/Fields"])
    first[pdf_name("/V")], second[pdf_name("/V")] = second.raw_get("/V"), first.raw_get("/V")
    writer.update_container(first)
    writer.update_container(second)


def uncertify(writer: IncrementalPdfFileWriter) -> None:
    """The catalogue no longer says that the document is certified."""
    del writer.root["/Perms"]
    writer.update_root()


def new_keywords(writer: IncrementalPdfFileWriter) -> None:
    """Only what a properties dialogue shows."""
    held = dict(writer.prev.trailer["/Info"])
    held[pdf_name("/Keywords")] = generic.pdf_string(
        "nomor=BAR-9; satker=1; kppn=2; periode=2020-01; sidik=0"
    )
    writer.set_info(generic.DictionaryObject(held))


EDITS: dict[str, Edit] = {
    "an update that changes nothing": touch,
    "a new title": new_title,
    "new keywords": new_keywords,
    "a page added": add_page,
    "a page removed": remove_page,
    "an annotation over an amount": cover_amount,
    "shadow attack: the contents replaced": replace_page,
    "shadow attack: the contents hidden": hide_page,
    "shadow attack: optional content": layer_switch,
    "a script": run_script,
    "an attachment": attach_file,
    "the KPA's signature taken out": empty_field,
    "the signatures in each other's fields": swap_values,
    "no longer certified": uncertify,
}


def cases(mint: Mint) -> Iterator[Case]:
    sealed = mint.sealed(Wish())
    for name, edit in EDITS.items():
        yield Case(name, edited(sealed, edit), DIFFERENT)
    yield Case("the fields dropped", edited(sealed, drop_fields), UNKNOWN)
    for name in ("a page added", "an annotation over an amount", "shadow attack: the contents replaced"):
        between = Wish(between=lambda pdf, edit=EDITS[name]: edited(pdf, edit))
        yield Case(f"between the signatures: {name}", mint.sealed(between), DIFFERENT)
    yield Case("written anew by an editor", _rewritten(sealed), DIFFERENT)


def _rewritten(pdf: bytes) -> bytes:
    output = io.BytesIO()
    copy_into_new_writer(PdfFileReader(io.BytesIO(pdf))).write(output)
    return output.getvalue()

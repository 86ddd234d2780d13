"""The cover sheet of a voided BAR with the signed PDF inside it, byte for byte."""

import io

from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def with_original(cover: bytes, original: bytes, name: str) -> bytes:
    """The cover with `original` as its attachment `name`."""
    writer = IncrementalPdfFileWriter(io.BytesIO(cover))
    held = EmbeddedFileObject.from_file_data(writer, original, mime_type="application/pdf")
    spec = FileSpec(
        file_spec_string=name,
        file_name=name,
        embedded_data=held,
        description="BAR asli yang dibatalkan",
        af_relationship=pdf_name("/Source"),
    )
    embed_file(writer, spec)
    # Readers show the panel of attachments when they open the sheet.
    writer.root["/PageMode"] = pdf_name("/UseAttachments")
    writer.update_root()  # type: ignore[no-untyped-call]
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()

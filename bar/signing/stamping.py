"""The visible part of a PDF signature, taken over from a one-page PDF that was drawn for it."""

import io
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle


@dataclass(frozen=True)
class DrawnStamp(BaseStampStyle):
    """The style "as drawn": `pdf` is one page, as large as the field."""

    pdf: bytes = b""

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> BaseStamp:
        """The page as the appearance of a field."""
        return _Page(writer, self, box)


class _Page(BaseStamp):
    style: DrawnStamp

    def register(self) -> IndirectObject:
        """Bring the page into the document, once."""
        if self._content_xobj_ref is None:
            page = PdfFileReader(io.BytesIO(self.style.pdf))
            self._content_xobj_ref = self._ensure_writer.import_page_as_xobject(page)
        return self._content_xobj_ref

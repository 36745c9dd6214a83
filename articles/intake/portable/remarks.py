"""What stands on a PDF page besides its text: filled-in fields of a form, and remarks that readers have left."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_REMARKS = {
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_CARET,
}
_FIELDS = {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}


@dataclass(frozen=True, slots=True)
class Remark:
    """A filled-in field with its name, or somebody's remark with theirs."""

    name: str
    text: str
    is_field: bool


def remarks(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[Remark]:
    for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if annotation:
            yield from _remark(document, annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)


def _remark(document: pypdfium2.PdfDocument, annotation: Any) -> Iterator[Remark]:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind in _REMARKS:
        text = _words(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
        if text:
            yield Remark(_words(pdfium.FPDFAnnot_GetStringValue, annotation, b"T"), text, is_field=False)
    if kind == pdfium.FPDF_ANNOT_WIDGET and document.formenv:
        form = document.formenv
        value = _words(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
        if value and pdfium.FPDFAnnot_GetFormFieldType(form, annotation) in _FIELDS:
            yield Remark(_words(pdfium.FPDFAnnot_GetFormFieldName, form, annotation), value, is_field=True)


def _words(ask: Any, *about: Any) -> str:
    """A string in the way this library hands them out: its length first, then UTF-16 with a NUL at its end."""
    length = ask(*about, None, 0)
    buffer = (ctypes.c_ushort * max(1, length // 2))()
    ask(*about, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").strip()

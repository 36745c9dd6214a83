"""A copy of a source that a person brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

from articles.forms.base import WordsField, WriteForm
from articles.intake.apart import LIMIT
from articles.intake.rasters import raster_type
from articles.intake.reading import Received
from articles.models import Means

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LIMIT_IN_WORDS = f"{LIMIT // 1_000_000} MB"


class Brought(NamedTuple):
    received: Received
    means: Means


class BringForm(WriteForm):
    """A file, or a text; one of the two."""

    upload = forms.FileField(
        label="Choose a file",
        required=False,
        help_text=f"A saved page, a PDF, a document, a picture of the screen; up to {LIMIT_IN_WORDS}.",
        error_messages={"empty": "This file is empty."},
        # It stays chosen while an answer about something else replaces what is around it.
        widget=forms.FileInput(attrs={"hx-preserve": "true"}),
    )
    is_screenshot = forms.BooleanField(label="It is a picture of the screen", required=False)
    text = WordsField(
        label="or paste the text",
        required=False,
        strip=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        upload, text = given.get("upload"), (given.get("text") or "").strip()
        if not upload and not text and not self.errors:
            self.add_error("upload", "Choose a file, or paste the text.")
        elif upload and text:
            self.add_error("text", "Bring one at a time: the file, or the text.")
        if upload and upload.size > LIMIT:
            self.add_error("upload", f"This file is larger than {LIMIT_IN_WORDS}, the most that is kept.")
        if upload and given.get("is_screenshot") and not raster_type(_start_of(upload)):
            self.add_error("is_screenshot", "This is no PNG, JPEG, GIF or WebP picture. Keep it as a file instead.")
        return given

    def brought(self) -> Brought:
        given = self.cleaned_data
        file: UploadedFile[bytes] | None = given["upload"]
        if file is None:
            return Brought(Received(raw=given["text"].encode(), media_type="text/plain", charset="utf-8"), Means.PASTE)
        media_type = (file.content_type or "").partition(";")[0].strip().lower()
        received = Received(
            raw=file.read(), filename=file.name or "", media_type=media_type, charset=str(file.charset or "")
        )
        return Brought(received, Means.SCREENSHOT if given["is_screenshot"] else Means.UPLOAD)


def _start_of(file: UploadedFile[bytes]) -> bytes:
    start = bytes(file.read(12))
    file.seek(0)
    return start

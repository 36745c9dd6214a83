"""The form that takes articles in: a pasted text, files, or an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from articles.intake.apart import LIMIT
from articles.intake.reading import Received
from articles.models import Method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile

MOST_FILES = 20
MOST_TOGETHER = 60_000_000  # bytes of all files; the server in front of the site takes a little more
LIMIT_IN_WORDS = f"{LIMIT // 1_000_000} MB"
ENDINGS = ".txt,.text,.md,.markdown,.html,.htm,.xhtml,.mhtml,.mht,.docx,.pdf"
# Who pastes the source of a page begins with a tag; who pastes an article about HTML does not.
_SOURCE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|\?xml|(?:html|head|body|main|article|section|div|header|table|h[1-6]|p|meta)[\s>])",
    re.IGNORECASE | re.DOTALL,
)


class Came(NamedTuple):
    received: Received
    method: Method


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty list for none."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MOST_FILES:
            raise ValidationError(f"Choose at most {MOST_FILES} files at a time; these are {len(files)}.")
        together = sum(file.size or 0 for file in files)
        if together > MOST_TOGETHER:
            most = MOST_TOGETHER // 1_000_000
            raise ValidationError(f"Choose at most {most} MB at a time; these have {together / 1_000_000:.0f}.")
        large = [str(file) for file in files if (file.size or 0) > LIMIT]
        if large:
            raise ValidationError(f"{', '.join(large)}: larger than {LIMIT_IN_WORDS}, the most that is read.")
        return files


class AddForm(forms.Form):
    """What comes in one of three ways. An address beside a text or a single file says where that was published."""

    text = forms.Field(
        label="Text of the article",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True}),
        help_text="Paste the whole page if that is easier, or its HTML source: menus are recognised and folded away.",
    )
    uploads = FilesField(
        label="Files",
        required=False,
        widget=FilesInput(attrs={"accept": ENDINGS}),
        help_text=f"Text, Markdown, saved web pages, Word and PDF, up to {MOST_FILES} files and {LIMIT_IN_WORDS}.",
    )
    address = forms.URLField(
        label="Address",
        max_length=2000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://…", "autocomplete": "off"}),
        error_messages={"invalid": "Write a web address, such as https://example.org/story."},
        help_text="The page is fetched. With a text or one file it says where that was published.",
    )
    story = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    article = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        text, files, address = given.get("text"), given.get("uploads") or [], given.get("address")
        if not (str(text or "").strip() or files or address or self.errors):
            self.add_error("text", "Paste a text, choose files, or write an address.")
        if address and len(files) > 1:
            self.add_error("address", "An address belongs to one article: give one file with it.")
        return given

    @property
    def to_fetch(self) -> str:
        """The address, where it is all that there is."""
        return "" if self._text() or self.cleaned_data["uploads"] else self.cleaned_data["address"]

    def came(self) -> Iterator[Came]:
        """What was pasted and uploaded, one after the other: a file is read when its turn comes."""
        address = self.cleaned_data["address"]
        if text := self._text():
            media_type = "text/html" if _SOURCE.match(text) else "text/plain"
            raw = text.encode("utf-8", "surrogatepass")
            yield Came(Received(raw=raw, media_type=media_type, charset="utf-8", address=address), Method.PASTE)
        for file in self.cleaned_data["uploads"]:
            media_type = (file.content_type or "").partition(";")[0].strip().lower()
            received = Received(
                raw=file.read(),
                filename=file.name or "",
                media_type=media_type,
                charset=str(file.charset or ""),
                address=address,
            )
            yield Came(received, Method.UPLOAD)

    def _text(self) -> str:
        # A browser sends every line break of a text area as CRLF, whatever was pasted.
        text = str(self.cleaned_data.get("text") or "").replace("\r\n", "\n")
        return text if text.strip() else ""

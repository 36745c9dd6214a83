"""The form that takes articles in: a pasted text, files, or both."""

from __future__ import annotations

from itertools import accumulate
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from articles.forms.parcels import ROOM, Parcel
from articles.intake.draft import IntakeError
from articles.intake.plain import LIMIT, read_plain
from articles.models import Method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile

    from articles.intake.draft import Draft

    type Packed = tuple[Parcel, Draft]

MOST_FILES = 20
LIMIT_IN_WORDS = f"{LIMIT // 1_000_000} MB"
ENDINGS = ("", ".txt", ".text")
TOO_MANY = "is too large to be previewed together with the others. Add it by itself."
TOO_DENSE = "is too large to be previewed. “manage.py import_articles” can add it."


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty list for none."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > MOST_FILES:
            raise ValidationError(f"Choose at most {MOST_FILES} files at a time; these are {len(files)}.")
        return files


class AddForm(forms.Form):
    """A pasted text, files, or both. ``refusals`` says what could not be read; the rest goes on."""

    text = forms.Field(
        label="Text of the article",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True}),
        help_text="Paste the whole page if that is easier: menus and links are recognised and folded away.",
    )
    uploads = FilesField(
        label="Text files",
        required=False,
        widget=FilesInput(attrs={"accept": ".txt,.text,text/plain"}),
        help_text=f"One or more .txt files of up to {LIMIT_IN_WORDS} each. You confirm each of them by itself.",
    )
    story = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        self.refusals: list[str] = []
        self.drafts = self._that_fit([*self._pasted(), *self._uploaded()])
        if self.refusals and not self.drafts:
            raise ValidationError(self.refusals)
        if not (self.drafts or self.errors):
            self.add_error("text", "Paste a text here, or choose a file below.")
        return self.cleaned_data

    def _pasted(self) -> Iterator[Packed]:
        # A browser sends every line break of a text area as CRLF, whatever was pasted.
        text = str(self.cleaned_data.get("text") or "").replace("\r\n", "\n")
        if text.strip():
            yield from self._read(Parcel(text.encode(), "", Method.PASTE))

    def _uploaded(self) -> Iterator[Packed]:
        for file in self.cleaned_data.get("uploads") or []:
            name = file.name or "article.txt"
            if PurePath(name).suffix.lower() not in ENDINGS:
                self.refusals.append(f"{name} is not a .txt file. Save it as plain text, or paste its text.")
            elif (file.size or 0) > LIMIT:
                self.refusals.append(f"{name} is larger than {LIMIT_IN_WORDS}, the most that is read.")
            else:
                yield from self._read(Parcel(file.read(), name, Method.UPLOAD))

    def _read(self, parcel: Parcel) -> Iterator[Packed]:
        try:
            yield parcel, read_plain(parcel.raw, filename=parcel.filename)
        except IntakeError as error:
            self.refusals.append(f"{parcel.name}: {error}")

    def _that_fit(self, packed: list[Packed]) -> list[Packed]:
        """Those that fit into one request together; the others are refused."""
        sizes = [len(parcel.sealed()) for parcel, _ in packed]
        fitting = sum(size <= ROOM for size in accumulate(sizes))
        for (parcel, _), size in list(zip(packed, sizes, strict=True))[fitting:]:
            self.refusals.append(f"{parcel.name} {TOO_DENSE if size > ROOM else TOO_MANY}")
        return packed[:fitting]

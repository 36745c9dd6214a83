"""What every form of the app shares: words as a person typed them, the request id, and refusals beside a field."""

from __future__ import annotations

import unicodedata
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from articles.errors import Refused

if TYPE_CHECKING:
    from datetime import date

YEARS = range(1900, 3000)
"""Of a day that can be meant: a calendar also sends the year 2, while 2026 is being typed."""


class WordsField(forms.CharField):
    """Text as it was typed: browsers send CRLF for a line break, which becomes LF again; nothing else is changed.

    Control characters are refused, because no one types them and no page can show them.
    """

    default_error_messages = {
        "max_length": "Shorten this to at most %(limit_value)d characters; it has %(show_value)d.",
    }

    def to_python(self, value: Any) -> str:
        words: str = super().to_python(str(value).replace("\r\n", "\n").replace("\r", "\n") if value else value) or ""
        for character in words:
            if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t":
                raise ValidationError(
                    f"The text holds a character that cannot be shown (U+{ord(character):04X}). Remove it, or type the "
                    "words again."
                )
        return words


class ConditionalField(WordsField):
    """Words that are needed with some values of other fields: the help says with which, the label not “optional”."""

    is_optional = False

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


class DayField(forms.DateField):
    """A day, as the browser's own calendar sends it."""

    default_error_messages = {"invalid": "Write the day as 2026-03-05."}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value.year not in YEARS:
            raise ValidationError(f"Choose a day between {YEARS.start} and {YEARS[-1]}.")


class WriteForm(forms.Form):
    """A form that changes something. ``request_id`` makes a repeated submission happen once."""

    request_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without JavaScript the form keeps the id it was rendered with, so that a double click sends the same one.
        self.fields["request_id"].initial = uuid.uuid4

    def refuse(self, refusal: Refused) -> None:
        """Show an action's refusal beside the field it blames, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class EditForm(WriteForm):
    """A form that changes a row which it shows as it was at ``revision``."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReasonForm(WriteForm):
    """One reason in words; ``asks`` is what it is called where more can be said than that it is one."""

    reason = WordsField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason in a few words."},
    )

    def __init__(self, *args: Any, asks: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks or None


class SpanForm(WriteForm):
    """A selection in a version: code points, half-open, with the words the browser saw there."""

    version = forms.UUIDField()
    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    quote = WordsField(strip=False, max_length=20_000)

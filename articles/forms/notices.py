"""Reading what one was told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class ReadForm(forms.Form):
    """One ``notice``, or all ``up_to`` one: what came after the page was opened stays unread.

    ``batch`` asks to go to all the claims that the notice is about.
    """

    notice = forms.UUIDField(required=False)
    up_to = forms.UUIDField(required=False)
    batch = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("notice") and not given.get("up_to"):
            raise ValidationError("Load the page again: it does not say what was read.")
        return given

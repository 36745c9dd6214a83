"""How a person likes to work."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from articles.keys import KEYS

CLOSED = ("checklist",)
"""What can be closed for good."""


class CloseForm(forms.Form):
    name = forms.ChoiceField(choices=[(name, name) for name in CLOSED])


class KeyForm(forms.Form):
    """``name`` is the key as it is at first, ``key`` what is to be pressed instead."""

    name = forms.ChoiceField(choices=[(key, key) for key in KEYS])
    key = forms.CharField(max_length=1, strip=False, error_messages={"max_length": "Press one key that writes a sign."})

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if not key.isprintable() or key.isspace():
            raise ValidationError("Press one key that writes a sign.")
        return key


SWITCHES = ("keys_on", "whole_words", "wants_digest")
"""Single keys at all; whether a mouse or a finger selects whole words; a daily e-mail of what is new."""


class SwitchForm(forms.Form):
    name = forms.ChoiceField(choices=[(name, name) for name in SWITCHES])
    on = forms.BooleanField(required=False)

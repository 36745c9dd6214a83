"""Which step is to be undone or redone, and which claim the page has in hand meanwhile."""

from __future__ import annotations

from django import forms

from articles.forms.base import WriteForm


class StepForm(WriteForm):
    """Without a ``step``, the number of one, the last is meant."""

    step = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    claim = forms.UUIDField(required=False)

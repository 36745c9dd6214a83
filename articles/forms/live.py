"""What a page says when it asks for news. Nothing of it can be wrong enough to be told to a person: it has defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from articles.forms.highlights import LARGEST
from articles.queries.live import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping

TAG = r"^\d{1,18}\.\d{1,18}\.[0-9a-f]*\.[0-9a-f]*$"
NEVER = 2**62
"""A number that no event has: of a page that does not say what it shows, nothing is new to it."""


@dataclass(frozen=True, slots=True)
class Tag:
    """All that a page knows: the event up to which it shows everything, the newest it was told of, what it was told."""

    since: int
    known: int
    news: str = ""
    people: str = ""

    def __str__(self) -> str:
        return f"{self.since}.{self.known}.{self.news}.{self.people}"

    @classmethod
    def read(cls, words: str) -> Tag:
        since, known, news, people = words.split(".")
        return cls(int(since), int(known), news, people)


class LiveForm(forms.Form):
    tag = forms.RegexField(TAG)
    page = forms.RegexField(r"^[0-9a-f]{12}$")
    block = forms.IntegerField(min_value=0, max_value=LARGEST)
    claim = forms.UUIDField()

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> LiveForm:
        form = cls(data)
        form.full_clean()
        return form

    @property
    def known(self) -> Tag:
        words = self.cleaned_data.get("tag")
        return Tag.read(words) if words else Tag(NEVER, NEVER)

    def asked(self) -> Asked:
        given, known = self.cleaned_data, self.known
        return Asked(known.since, known.known, given.get("page", ""), given.get("block", 0), given.get("claim"))

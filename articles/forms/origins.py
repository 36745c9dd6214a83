"""Origins, what comes from them, and how many a desk asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from articles.actions.origins import Root
from articles.forms.articles import LineField
from articles.forms.base import EditForm, WordsField, WriteForm
from articles.models import MOST_ORIGINS, OriginKind

if TYPE_CHECKING:
    from articles.models import Desk, Highlight, Origin, Source
    from articles.queries.copied import Proposal

NAMED = {"required": "Give the origin a name: the dispatch, the office, the witness."}


class OriginFields(forms.Form):
    """What is said of an origin. Where it comes from is another, by its id or by its name, which may be new."""

    name = LineField(max_length=200, error_messages=NAMED)
    kind = forms.ChoiceField(choices=OriginKind, initial=OriginKind.OTHER)
    comes_from = LineField(label="Comes from", required=False, max_length=200)
    comes_from_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    note = WordsField(required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 2}))

    def root(self, known: Origin | None) -> Root:
        """``known`` is what ``comes_from_id`` stands for."""
        given = self.cleaned_data
        following = known or (Root(name=given["comes_from"]) if given["comes_from"] else None)
        return Root(name=given["name"], kind=given["kind"], note=given["note"], comes_from=following)


class OriginAddForm(WriteForm, OriginFields):
    """A new origin."""


class OriginForm(EditForm, OriginFields):
    """What is said of an origin that there is."""


class OriginMergeForm(EditForm):
    """``into`` is the one that is kept, by its id or by its name; ``revision`` is that of the one given up."""

    into_name = LineField(label="The other origin", required=False, max_length=200)
    into = forms.UUIDField(required=False, widget=forms.HiddenInput)


class OriginChoice(WriteForm):
    """A known origin by its id or its name, or a new one. ``whole``: other places come from there as well."""

    origin_name = LineField(
        label="Comes from",
        required=False,
        max_length=200,
        help_text="Choose a known origin, or give a new one its name. Empty: not known.",
    )
    origin = forms.UUIDField(required=False, widget=forms.HiddenInput)
    origin_kind = forms.ChoiceField(
        label="Kind, if it is new", choices=OriginKind, initial=OriginKind.OTHER, required=False
    )
    whole = forms.BooleanField(required=False)

    def root(self, known: Origin | None) -> Origin | Root | None:
        """``known`` is what ``origin`` stands for."""
        given = self.cleaned_data
        return self.one_root(known) if known or given["origin_name"] else None

    def one_root(self, known: Origin | None) -> Origin | Root:
        given = self.cleaned_data
        return known or Root(name=given["origin_name"], kind=given["origin_kind"] or OriginKind.OTHER)


class TraceForm(EditForm, OriginChoice):
    """Where something comes from, as it was at ``revision``; nothing where it is not known."""

    others = 0
    """Places in the same article of which nothing is known; without such ``whole`` is not asked."""


class CopyForm(OriginChoice):
    """One origin for all places of a proposal, which ``key`` stands for."""

    key = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin_name"].required = True
        self.fields["origin_name"].error_messages["required"] = NAMED["required"]
        self.fields["origin_name"].help_text = "Choose a known origin, or give a new one its name."


class DismissForm(WriteForm):
    key = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)


class SourcingForm(WriteForm):
    """The sourcing rule of a desk."""

    origins = forms.TypedChoiceField(
        label="Independent origins that are enough",
        coerce=int,
        choices=[(0, "Not asked for"), *((number, str(number)) for number in range(1, MOST_ORIGINS + 1))],
    )
    primary = forms.BooleanField(label="One primary source is enough instead", required=False)


def origin_form(origin: Origin, data: Any = None) -> OriginForm:
    initial = {"name": origin.name, "kind": origin.kind, "note": origin.note, "revision": origin.revision}
    following = origin.comes_from.name if origin.comes_from else ""
    return OriginForm(data, initial=initial | {"comes_from": following}, auto_id="origin-%s")


def origin_add_form(data: Any = None, **initial: Any) -> OriginAddForm:
    return OriginAddForm(data, initial=initial, auto_id="origin-%s")


def trace_form(row: Source | Highlight, data: Any = None, *, others: int = 0) -> TraceForm:
    initial = {"origin_name": row.origin.name if row.origin else "", "revision": row.revision}
    form = TraceForm(data, initial=initial, auto_id=f"trace-{row.pk}-%s")
    form.others = others
    beside = "the other place" if others == 1 else f"the {others:,} other places"
    form.fields["whole"].label = f"Also {beside} of this article of which nothing is known"
    return form


def copy_form(proposal: Proposal, data: Any = None) -> CopyForm:
    # By its name alone: without scripts another name would leave an id that was filled in.
    known = proposal.origin.name if proposal.origin else ""
    return CopyForm(data, initial={"key": proposal.key, "origin_name": known}, auto_id=f"copy-{proposal.key[:12]}-%s")


def sourcing_form(desk: Desk, data: Any = None) -> SourcingForm:
    initial = {"origins": desk.origins_needed, "primary": desk.primary_is_enough}
    return SourcingForm(data, initial=initial, auto_id="sourcing-%s")

"""Of which claim another is a duplicate, as a person names it: by its address, by choosing it, or by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.forms.claims import address_in
from articles.models import Aside, Claim
from articles.queries.words import shortened
from articles.queries.workbench import suggestions

if TYPE_CHECKING:
    from uuid import UUID

    from articles.forms.batches import BatchForm
    from articles.forms.claims import SetAsideForm
    from articles.models import Membership

UNKNOWN = "There is no such claim on this desk. Type some of its words to find it."
NONE = "No claim has these words. Type fewer of them, or paste the address of its page."
SEVERAL = "Several claims have these words. Choose one of them."


def is_named(by: Membership, form: SetAsideForm | BatchForm, *, apart: UUID | None = None) -> bool:
    """Look for the claim that a valid form names, and leave it in the form; ``apart`` is what it is not.

    False where it names none, or more than one: the form says so, and has those to choose from.
    """
    if form.cleaned_data.get("aside") != Aside.DUPLICATE:
        return True
    typed, chosen = form.cleaned_data["duplicate_of"], form.cleaned_data["duplicate_id"]
    if wanted := address_in(typed):
        return _take(by, form, wanted)
    if chosen and typed in ("", _called(by, chosen)):
        return _take(by, form, chosen)
    found = suggestions(by.desk_id, None, typed, "", originals=True, apart=apart)
    same = [one for one in found if one.words.casefold() == typed.casefold()] or found
    picked = form.cleaned_data["duplicate_choice"]
    if len(same) == 1 or picked in {one.claim for one in found}:
        return _take(by, form, same[0].claim if len(same) == 1 else picked)
    form.candidates = found
    form.add_error("duplicate_of", SEVERAL if found else NONE)
    return False


def _take(by: Membership, form: SetAsideForm | BatchForm, claim: UUID) -> bool:
    form.original = Claim.objects.select_related("duplicate_of").filter(desk_id=by.desk_id, pk=claim).first()
    if form.original is None:
        form.add_error("duplicate_of", UNKNOWN)
    return form.original is not None


def _called(by: Membership, claim: UUID) -> str | None:
    """As the list of claims to choose from calls it."""
    row = Claim.objects.filter(desk_id=by.desk_id, pk=claim).first()
    return shortened(row.summary or row.text) if row else None

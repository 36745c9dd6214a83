"""The desk's rating scale: its terms, its versions, and changing it as a whole after a look at what changes by that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from articles import access, actions
from articles.errors import Refused, Superseded
from articles.forms.scales import ScaleForm, digest_of, term_set
from articles.http import conflict, invalid
from articles.models import RatingScale, Role, Status
from articles.queries import scales as queries
from articles.queries.claims import terms_of
from articles.scales import differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from articles.http import Request
    from articles.models import Membership
    from articles.scales import Difference, Term

PAGE = "scale/revise.html"


class Changed(NamedTuple):
    """A term that is to differ, and how many claims are approved, or in review, that are rated so."""

    difference: Difference
    approved: int
    in_review: int


@require_safe
def scale(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    newest = queries.newest_scale(by.desk)
    asked = request.GET.get("version", "")
    versions = queries.versions_of(newest)
    shown = next((one.scale for one in versions if str(one.scale.version) == asked), newest)
    context = {
        "scale": shown,
        "terms": terms_of(shown),
        "newest": newest,
        "versions": versions,
        "may_revise": by.may(Role.ADMINISTRATOR),
    }
    return render(request, "scale/scale.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scale_revise(request: Request, desk: str) -> HttpResponse:
    """A post shows what would change; it is stored when just that was shown and is sent as ``save``."""
    by = access.administrator(request, desk)
    newest = queries.newest_scale(by.desk)
    before = actions.scales.terms_of(newest)
    if request.method != "POST":
        form = ScaleForm(initial={"scale": newest.pk})
        return render(request, PAGE, {"form": form, "terms": term_set(before), "scale": newest})
    terms = term_set(before, request.POST)
    if not terms.is_valid():
        return invalid(request, PAGE, {"form": _form(newest, ()), "terms": terms, "scale": newest})
    after = terms.terms(queries.used_codes(newest))
    changed = _changed(newest, before, after)
    form = ScaleForm(request.POST, codes=[one.difference.code for one in changed])
    shown = {"terms": terms, "scale": newest, "changed": changed, "shown": digest_of(after)}
    if not form.is_valid() or form.cleaned_data["scale"] != newest.pk:
        return _overtaken(request, newest, shown)
    if "save" not in request.POST or form.cleaned_data["shown"] != shown["shown"]:
        return _look(request, newest, shown)
    return _store(request, by, after, form, shown)


def _store(
    request: Request, by: Membership, terms: Sequence[Term], form: ScaleForm, shown: dict[str, Any]
) -> HttpResponse:
    given = form.cleaned_data
    told = {"other_meaning": given["other_meaning"], "request_id": given["request_id"]}
    try:
        stored = actions.scales.revise(by=by, scale=shown["scale"], terms=terms, **told)
    except Superseded as superseded:
        return _overtaken(request, superseded.newest, shown)
    except Refused as refusal:
        return invalid(request, PAGE, shown | {"form": form, "refusal": refusal.sentence})
    messages.success(request, f"Version {stored.version} is stored. New verdicts use it.")
    return redirect("articles:scale", by.desk.slug)


def _changed(newest: RatingScale, before: Sequence[Term], after: Sequence[Term]) -> list[Changed]:
    told = differences(before, after)
    number = queries.settled_as(newest, [one.code for one in told])
    statuses = (Status.APPROVED, Status.IN_REVIEW)
    return [Changed(one, *(number.get((status, one.code), 0) for status in statuses)) for one in told]


def _look(request: Request, newest: RatingScale, shown: dict[str, Any]) -> HttpResponse:
    """What would change, with a tick where it is likely that a term means something else."""
    chosen = [one.difference.code for one in shown["changed"] if one.difference.of_meaning]
    return render(request, PAGE, shown | {"form": _form(newest, chosen), "chosen": chosen, "is_look": True})


def _overtaken(request: Request, newest: RatingScale, shown: dict[str, Any]) -> HttpResponse:
    """Somebody made a version meanwhile: what was typed stands beside the terms as they are now."""
    theirs = terms_of(newest)
    context = shown | {"form": _form(newest, ()), "scale": newest, "theirs": theirs, "changed": None}
    return conflict(request, PAGE, context)


def _form(newest: RatingScale, chosen: Any) -> ScaleForm:
    return ScaleForm(initial={"scale": newest.pk, "other_meaning": chosen})

"""Typed requests, and the answers that are more than a page: 409, 422 and their plain twins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from articles.models import Membership, Person


DIGITS = 18
"""Of any number that the database can hold; Python refuses to read one of thousands."""


class Request(HttpRequest):
    """A request as the views get it. Only for type hints: LoginRequiredMiddleware has let it through."""

    htmx: HtmxDetails
    user: Person
    member: Membership


def request_id(request: HttpRequest) -> UUID | None:
    """The id that the browser gave this change, or None when it sent none or no UUID."""
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return None


def number_of(text: str) -> int | None:
    """The number that stands in an address; None where it is none, or one to which nothing of ours is counted."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None


def invalid(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """422: the same form again, with what was typed and a sentence beside each field that is wrong."""
    return render(request, template, context, status=422)


def instead_of(answer: HttpResponse, target: str, swap: str = "outerHTML") -> HttpResponse:
    """Have htmx put the answer in the place of that element, whatever the page asked for; the page does not scroll."""
    answer["HX-Retarget"], answer["HX-Reswap"] = target, f"{swap} show:none"
    return answer


def nowhere(answer: HttpResponse) -> HttpResponse:
    """Have htmx swap what the answer holds for other places, and nothing else."""
    answer["HX-Reswap"] = "none"
    return answer


def conflict(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """409: someone else was faster. The template shows both texts."""
    return render(request, template, context, status=409)

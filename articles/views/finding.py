"""One search over claims, articles and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import access
from articles.queries import finding as queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.http import Request


@require_safe
def find(request: Request, desk: str) -> HttpResponse:
    by = access.member(request, desk)
    words = request.GET.get("q", "").strip()
    return render(request, "find/find.html", {"find_words": words, "found": queries.found(by.desk, words)})

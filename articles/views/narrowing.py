"""The list of an article's claims: narrowed by the address of the page, in the panel and on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from articles.forms.narrowing import narrowing_in
from articles.http import number_of
from articles.listing import write_pieces, write_rows
from articles.queries.narrowing import Choices, facts_of, names_of
from articles.queries.printed import on_paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.http import Request
    from articles.models import Membership
    from articles.queries.narrowing import Facts, Narrowing
    from articles.queries.workbench import Bench

LISTED = 60
"""Claims up to which the list comes with the page, with its filter. Of more it comes once the page is painted."""

BEGINNING = 16
"""Claims of a longer list that come with the page: more than the panel shows at once."""


def narrowing_of(request: Request) -> Narrowing:
    return narrowing_in(request.GET, str(request.member.person_id))


def narrowed(request: Request, by: Membership, shown: Bench) -> Bench:
    """The bench with the filter of the address: what fits it is listed and stepped through, the rest is faint."""
    narrowing = narrowing_of(request)
    if not narrowing:
        return shown
    facts = facts_of(shown.version, is_newest=shown.is_newest)
    statuses = _known(shown, facts)
    fitting = frozenset(claim for claim, status in statuses.items() if narrowing.fits(status, facts[claim]))
    if narrowing.leaves_words:
        fitting |= shown.asked
    marks = [mark if mark.claim in fitting else mark._replace(is_faint=True) for mark in shown.marks]
    return replace(shown, marks=marks, fitting=fitting)


def list_context(request: Request, by: Membership, shown: Bench, query: str) -> dict[str, Any]:
    """What the list shows: all that fits, or what stands in the block that starts at ``?block=``.

    With the page a long list comes as its beginning, unless all of it is asked for.
    """
    narrowing = narrowing_of(request)
    block = number_of(request.GET.get("block", ""))
    if block is not None:
        return {"rows": SafeString(write_rows(shown.rows_at(block), query)), "is_of_block": True}
    is_whole = "all" in request.GET or bool(request.htmx)
    if len(shown.order) > LISTED and not is_whole and not narrowing:
        return {"rows": SafeString(write_rows(shown.rows(BEGINNING), query)), "is_beginning": True}
    facts = facts_of(shown.version, is_newest=shown.is_newest) if shown.order else {}
    people = names_of(by, facts.values())
    rows = shown.rows(None)
    as_pieces = bool(request.htmx) and len(rows) > LISTED
    return {
        "choices": Choices(narrowing, str(by.person_id), _known(shown, facts), facts, people, len(shown.asked)),
        "rows": SafeString("" if as_pieces else write_rows(rows, query)),
        "pieces": SafeString(write_pieces(rows, query)) if as_pieces else "",
    }


def _known(shown: Bench, facts: Mapping[str, Facts]) -> dict[str, str]:
    """The statuses of the claims by id, without those that were removed since the statuses were read."""
    return {claim: status for claim, status in shown.statuses.items() if claim in facts}


def printed(shown: Bench) -> dict[str, Any]:
    """All claims of the article, whatever the filter, as they are listed after the text on paper."""
    return {"printed": on_paper(shown)}

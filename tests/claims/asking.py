"""Addresses and forms of the claim screens, as a browser has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tests.factories import fresh

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

    from articles.models import Claim, DeskRow, Evidence

HTMX = {"HX-Request": "true", "HX-Target": "claim-panel"}


def address(name: str, row: DeskRow) -> str:
    return reverse(f"articles:{name}", args=[row.desk.slug, row.pk])


def page_of(claim: Claim) -> str:
    return address("claim", claim)


def worded(claim: Claim, **typed: Any) -> dict[str, Any]:
    """The claim's form as it is stored now, with what is typed into it."""
    claim = fresh(claim)
    stored = {
        "revision": claim.revision,
        "text": claim.text,
        "summary": claim.summary,
        "claimant": str(claim.claimant or ""),
        "kind": claim.kind,
        "priority": claim.priority,
        "priority_reason": claim.priority_reason,
        "assignee": str(claim.assignee_id or ""),
        "due": str(claim.due or ""),
        "due_reason": claim.due_reason,
    }
    return stored | typed


def stated(evidence: Evidence, **typed: Any) -> dict[str, Any]:
    """The form of a piece of evidence as it is stored now, with what is typed into it."""
    names = ("revision", "stance", "quote", "locator", "kind", "note")
    return {name: getattr(evidence, name) for name in names} | typed


def is_panel(answer: Answer) -> bool:
    """Whether the answer is the panel alone, to be swapped in."""
    html = answer.text.lstrip()
    return html.startswith('<section id="claim-panel"') and "<html" not in html


def fired(answer: Answer) -> dict[str, Any]:
    """The events that the answer fires in the browser."""
    events: dict[str, Any] = json.loads(answer.headers.get("HX-Trigger", "{}"))
    return events

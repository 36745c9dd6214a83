"""What speaks for and against a claim."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.actions import sources
from articles.actions._writing import changed, locked, record, write
from articles.actions.claims import basis_changed
from articles.actions.highlights import bring_back, place, removed_passage, span
from articles.errors import Refused
from articles.models import ArticleVersion, Claim, Evidence, Highlight, Membership, Source

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a source says on a claim, and where in it.

    ``stance``, ``kind`` and ``locator_kind`` are values of Stance, EvidenceKind and LocatorKind.
    """

    stance: str
    kind: str
    quote: str = ""
    locator_kind: str = ""
    locator: str = ""
    note: str = ""


@write("evidence.added")
def add(
    *,
    by: Membership,
    claim: Claim,
    source: Source,
    statement: Statement,
    request_id: UUID | None = None,
) -> Evidence:
    claim = locked(claim)
    return _add(by=by, claim=claim, source=source, highlight=None, statement=statement, request_id=request_id)


@write("evidence.added")
def add_from_new_source(
    *,
    by: Membership,
    claim: Claim,
    work: sources.Work,
    statement: Statement,
    request_id: UUID | None = None,
) -> Evidence:
    """Cite a work that the desk does not know yet. The source and the evidence are stored together or not at all."""
    claim = locked(claim)
    source = sources.add(by=by, work=work)
    return _add(by=by, claim=claim, source=source, highlight=None, statement=statement, request_id=request_id)


@write("evidence.added")
def add_titled(
    *,
    by: Membership,
    claim: Claim,
    work: sources.Work,
    statement: Statement,
    request_id: UUID | None = None,
) -> Evidence:
    """Cite the one source of this title, or at this address, or, where the desk has none, the work as a new one.

    Which of the two is decided here and not before, so that a repeated request asks for the same as the first.
    """
    claim = locked(claim)
    source = sources.named(by=by, work=work)
    return _add(by=by, claim=claim, source=source, highlight=None, statement=statement, request_id=request_id)


@write("evidence.added")
def add_passage(
    *,
    by: Membership,
    claim: Claim,
    version: ArticleVersion,
    start: int,
    end: int,
    statement: Statement,
    request_id: UUID | None = None,
) -> Evidence:
    """Use ``[start, end)`` of a stored article as evidence; the article becomes a source on its first use.

    The quotation of ``statement`` is the passage, word for word.
    """
    claim = locked(claim)
    source = sources.for_article(by=by, article=version.article)
    highlight = place(by=by, version=version, start=start, end=end, quote=statement.quote)
    record(by, "highlight.placed", highlight, span(highlight))
    return _add(by=by, claim=claim, source=source, highlight=highlight, statement=statement, request_id=request_id)


@write("evidence.edited")
def edit(
    *,
    by: Membership,
    evidence: Evidence,
    revision: int,
    statement: Statement,
    request_id: UUID | None = None,
) -> Evidence:
    """Correct a piece of evidence. A passage of a stored article keeps its words."""
    claim = locked(evidence.claim)
    evidence = locked(evidence)
    if evidence.highlight_id and statement.quote != evidence.quote:
        raise Refused("This is a passage of a stored article; its words stay as they are there.", "quote")
    change = changed(evidence, asdict(statement), revision=revision)
    if change:
        record(by, "evidence.edited", evidence, change | {"claim": claim}, request_id=request_id)
        basis_changed(claim, by=by, reason="A piece of evidence was edited.")
    return evidence


@write("evidence.withdrawn")
def withdraw(*, by: Membership, evidence: Evidence, request_id: UUID | None = None) -> Evidence:
    """Take a piece of evidence out of force. Nothing is deleted: ``restore`` brings it back."""
    claim = locked(evidence.claim)
    evidence = locked(evidence)
    if evidence.withdrawn_at:
        raise Refused("This evidence is already withdrawn.")
    change = changed(evidence, {"withdrawn_at": timezone.now(), "withdrawn_by": by.person})
    record(by, "evidence.withdrawn", evidence, change | {"claim": claim}, request_id=request_id)
    basis_changed(claim, by=by, reason="A piece of evidence was withdrawn.")
    return evidence


@write("evidence.restored")
def restore(*, by: Membership, evidence: Evidence, request_id: UUID | None = None) -> Evidence:
    claim = locked(evidence.claim)
    evidence = locked(evidence)
    if not evidence.withdrawn_at:
        raise Refused("This evidence is in force.")
    passage = removed_passage(evidence)
    change = changed(evidence, {"withdrawn_at": None, "withdrawn_by": None})
    record(by, "evidence.restored", evidence, change | {"claim": claim}, request_id=request_id)
    if passage:
        bring_back(passage, claim, by=by, automatic=True)
    basis_changed(claim, by=by, reason="A piece of evidence was restored.")
    return evidence


def _add(
    *,
    by: Membership,
    claim: Claim,
    source: Source,
    highlight: Highlight | None,
    statement: Statement,
    request_id: UUID | None,
) -> Evidence:
    sources.require_usable(source)
    evidence = Evidence.objects.create(
        desk_id=by.desk_id, claim=claim, source=source, highlight=highlight, made_by=by.person, **asdict(statement)
    )
    told = asdict(statement) | {"claim": claim, "source": source}
    if highlight:
        told["highlight"] = str(highlight.pk)
    record(by, "evidence.added", evidence, told, request_id=request_id)
    basis_changed(claim, by=by, reason="Evidence was added.")
    return evidence

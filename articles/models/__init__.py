from articles.models.arrival import Arrival, ArrivalState
from articles.models.article import Article, ArticleVersion, Method, Original, Outlet, Story
from articles.models.base import DeskRow, EditableRow
from articles.models.carry import Carry
from articles.models.carry import Decision as CarryDecision
from articles.models.claim import (
    IN_WORK,
    MOVES,
    MOVES_BACK,
    SUMMARY_LIMIT,
    Claim,
    Claimant,
    ClaimKind,
    Highlight,
    Priority,
    Status,
)
from articles.models.desk import Desk, Membership, Role
from articles.models.event import AuditEvent, ChainHead
from articles.models.evidence import Evidence, EvidenceKind, LocatorKind, Stance
from articles.models.person import Person
from articles.models.presence import Presence
from articles.models.sheet import ClaimSheet, SheetEdition, SheetFile
from articles.models.snapshot import Means, Snapshot
from articles.models.snapshot import Outcome as SnapshotOutcome
from articles.models.source import Reached, Source, SourceKind, Terms
from articles.models.verdict import Decision, Needs, Rating, RatingScale, Review, Verdict

__all__ = [
    "IN_WORK",
    "MOVES",
    "MOVES_BACK",
    "SUMMARY_LIMIT",
    "Arrival",
    "ArrivalState",
    "Article",
    "ArticleVersion",
    "AuditEvent",
    "Carry",
    "CarryDecision",
    "ChainHead",
    "Claim",
    "ClaimKind",
    "ClaimSheet",
    "Claimant",
    "Decision",
    "Desk",
    "DeskRow",
    "EditableRow",
    "Evidence",
    "EvidenceKind",
    "Highlight",
    "LocatorKind",
    "Means",
    "Membership",
    "Method",
    "Needs",
    "Original",
    "Outlet",
    "Person",
    "Presence",
    "Priority",
    "Rating",
    "RatingScale",
    "Reached",
    "Review",
    "Role",
    "SheetEdition",
    "SheetFile",
    "Snapshot",
    "SnapshotOutcome",
    "Source",
    "SourceKind",
    "Stance",
    "Status",
    "Story",
    "Terms",
    "Verdict",
]

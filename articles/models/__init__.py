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
from articles.models.evidence import Evidence, EvidenceKind, Source, SourceKind, Stance
from articles.models.invitation import Invitation
from articles.models.person import Person
from articles.models.presence import Presence
from articles.models.sheet import ClaimSheet, SheetEdition, SheetFile
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
    "Invitation",
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
    "Review",
    "Role",
    "SheetEdition",
    "SheetFile",
    "Source",
    "SourceKind",
    "Stance",
    "Status",
    "Story",
    "Verdict",
]

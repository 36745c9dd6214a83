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
    Aside,
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
from articles.models.person import Person
from articles.models.presence import Presence
from articles.models.sheet import ClaimSheet, SheetEdition, SheetFile
from articles.models.verdict import (
    Answer,
    Decision,
    Needs,
    Part,
    Rating,
    RatingScale,
    Resolution,
    Review,
    Standing,
    Suggestion,
    Verdict,
)

__all__ = [
    "IN_WORK",
    "MOVES",
    "MOVES_BACK",
    "SUMMARY_LIMIT",
    "Answer",
    "Arrival",
    "ArrivalState",
    "Article",
    "ArticleVersion",
    "Aside",
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
    "Membership",
    "Method",
    "Needs",
    "Original",
    "Outlet",
    "Part",
    "Person",
    "Presence",
    "Priority",
    "Rating",
    "RatingScale",
    "Resolution",
    "Review",
    "Role",
    "SheetEdition",
    "SheetFile",
    "Source",
    "SourceKind",
    "Stance",
    "Standing",
    "Status",
    "Story",
    "Suggestion",
    "Verdict",
]

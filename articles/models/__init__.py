from articles.models.arrival import Arrival, ArrivalState
from articles.models.article import Article, ArticleVersion, Method, Original, Outlet, Story
from articles.models.base import DeskRow, EditableRow
from articles.models.batch import Batch, BatchKind
from articles.models.carry import Carry
from articles.models.carry import Decision as CarryDecision
from articles.models.claim import (
    DUE_OR_NEVER,
    DUE_SOON,
    IN_WORK,
    MOVES,
    MOVES_BACK,
    SENT_BACK,
    SUMMARY_LIMIT,
    TO_CHECK,
    UNSETTLED,
    Aside,
    Claim,
    Claimant,
    ClaimKind,
    Highlight,
    Priority,
    Status,
)
from articles.models.desk import MOST_ORIGINS, Desk, Membership, Role
from articles.models.event import AuditEvent, ChainHead
from articles.models.evidence import Evidence, EvidenceKind, LocatorKind, Stance
from articles.models.invitation import Invitation
from articles.models.look import LastLook
from articles.models.notice import Notice, NoticeKind
from articles.models.origin import Dismissal, Origin, OriginKind
from articles.models.person import Person
from articles.models.presence import Presence
from articles.models.query import UNCLOSED, Addressee, AnswerMeans, Query, QueryAnswer, QueryStatus
from articles.models.sheet import ClaimSheet, SheetEdition, SheetFile
from articles.models.snapshot import Means, Snapshot
from articles.models.snapshot import Outcome as SnapshotOutcome
from articles.models.source import NOT_NAMED, Reached, Source, SourceKind, Terms
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
    "DUE_OR_NEVER",
    "DUE_SOON",
    "IN_WORK",
    "MOST_ORIGINS",
    "MOVES",
    "MOVES_BACK",
    "NOT_NAMED",
    "SENT_BACK",
    "SUMMARY_LIMIT",
    "TO_CHECK",
    "UNCLOSED",
    "UNSETTLED",
    "Addressee",
    "Answer",
    "AnswerMeans",
    "Arrival",
    "ArrivalState",
    "Article",
    "ArticleVersion",
    "Aside",
    "AuditEvent",
    "Batch",
    "BatchKind",
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
    "Dismissal",
    "EditableRow",
    "Evidence",
    "EvidenceKind",
    "Highlight",
    "Invitation",
    "LastLook",
    "LocatorKind",
    "Means",
    "Membership",
    "Method",
    "Needs",
    "Notice",
    "NoticeKind",
    "Origin",
    "OriginKind",
    "Original",
    "Outlet",
    "Part",
    "Person",
    "Presence",
    "Priority",
    "Query",
    "QueryAnswer",
    "QueryStatus",
    "Rating",
    "RatingScale",
    "Reached",
    "Resolution",
    "Review",
    "Role",
    "SheetEdition",
    "SheetFile",
    "Snapshot",
    "SnapshotOutcome",
    "Source",
    "SourceKind",
    "Stance",
    "Standing",
    "Status",
    "Story",
    "Suggestion",
    "Terms",
    "Verdict",
]

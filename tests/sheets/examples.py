"""An edition of fixed values, the same in every run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from articles.sheets import content

ARTICLE = content.Article(
    id="019c0000-0000-7000-8000-000000000001",
    outlet="Orm Valley Courier",
    headline="Bridge over the Orm closed",
    byline="Ida Falk",
    published="2024-03",
    language="en",
    url="https://courier.example/bridge",
    version=2,
    text_sha256="a" * 64,
)
PLACE = content.Occurrence(
    article=ARTICLE.id,
    outlet=ARTICLE.outlet,
    headline=ARTICLE.headline,
    version=2,
    text_sha256="a" * 64,
    start=61,
    end=83,
    quote="three people “were” hurt 🌉",
    block="paragraph",
    paragraph=1,
)
SOURCE = content.Source(
    id="019c0000-0000-7000-8000-000000000002",
    title="Accident log, “A–K”",
    author="The county",
    kind="document",
    url="",
    published="2024",
    accessed_on="2024-03-05",
)
EVIDENCE = content.Evidence(
    id="019c0000-0000-7000-8000-000000000003",
    stance="supports",
    kind="primary",
    source=SOURCE,
    quote="Three injured.\nSee line 7.",
    locator="line 7",
    note="",
    passage=None,
)
PASSAGE = replace(
    EVIDENCE,
    stance="refutes",
    passage=content.Passage(article=ARTICLE.id, version=2, text_sha256="a" * 64, start=0, end=6),
)
RATING = content.Rating(
    scale="evidence",
    scale_name="Evidence",
    scale_version=1,
    code="supported",
    name="Supported",
    definition="The evidence found supports the claim.",
    number=None,
    colour="green",
    sign="check",
)
ALICE = content.Name(id="019c0000-0000-7000-8000-00000000000a", name="Alice")
BOB = content.Name(id="019c0000-0000-7000-8000-00000000000b", name="Bob")
ERIN = content.Name(id="019c0000-0000-7000-8000-00000000000e", name="Erin Ó Súilleabháin")
CLAIM = content.Claim(
    number=1,
    id="019c0000-0000-7000-8000-000000000004",
    text="Three people were hurt on the bridge.",
    summary="",
    kind="figure",
    claimant="The mayor",
    occurrences=(
        PLACE,
        replace(PLACE, outlet="Night Post", start=5, end=9, quote="3 hurt", paragraph=None, block="headline"),
    ),
    evidence=(EVIDENCE, PASSAGE),
    verdict=content.Verdict(
        rating=RATING,
        rationale="The log says so.",
        searched="",
        missing="",
        by=ALICE,
        at=datetime(2024, 3, 5, 14, 12, 0, 5, tzinfo=UTC),
    ),
    approval=content.Approval(by=BOB, at=datetime(2024, 3, 5, 15, 3, tzinfo=UTC), digest="d" * 64),
)
LEFT_OUT = content.LeftOut(
    number=2,
    id="019c0000-0000-7000-8000-000000000005",
    text="The bridge will open in May.",
    summary="",
    kind="event",
    claimant="",
    status="set_aside",
    reason="A prediction.",
    occurrences=(replace(PLACE, start=90, end=100, quote="in May"),),
)
CONTENTS = content.Contents(
    sheet="019c0000-0000-7000-8000-000000000006",
    desk=content.Name(id="019c0000-0000-7000-8000-000000000007", name="Night desk"),
    of="article",
    title=ARTICLE.headline,
    articles=(ARTICLE,),
    claims=(CLAIM,),
    left_out=(LEFT_OUT,),
)
EDITION = content.Edition(
    format=1,
    number=2,
    supersedes=1,
    reason="The verdict changed.",
    signed_by=ERIN,
    signed_at=datetime(2024, 3, 6, 15, 30, 1, 123456, tzinfo=UTC),
    history=content.Link(number=40, hash="e" * 64),
    contents=CONTENTS,
)

DATED = replace(CLAIM.verdict, as_of="2024-03", recheck_on="2025-03-05", wording="Three people were slightly hurt.")
EDITION_2 = replace(EDITION, format=2, contents=replace(CONTENTS, claims=(replace(CLAIM, verdict=DATED),)))
"""The same in the format in which a verdict says until when it holds and how the article should read."""

COPIED = replace(
    SOURCE,
    written_by="Clerk, Ada",
    publisher="The county",
    document_number="10.1000/log-7",
    archive="Record office, box 12",
    medium="ledger",
    copies=(
        content.Copy(
            sha256="b" * 64,
            size=2048,
            means="fetch",
            kept_at=datetime(2024, 3, 5, 14, 0, tzinfo=UTC),
            kept_by=ALICE,
            address="https://county.example/log",
        ),
        content.Copy(
            sha256="c" * 64,
            size=512,
            means="upload",
            kept_at=datetime(2024, 3, 4, 9, 30, tzinfo=UTC),
            kept_by=BOB,
            address="",
        ),
    ),
)
NOT_NAMED = replace(
    SOURCE,
    title="A source on background",
    author="",
    kind="interview",
    published="",
    accessed_on="",
    terms="background",
)
LOCATED = replace(EVIDENCE, source=COPIED, locator="p. 7", locator_kind="page", locator_value="7")
EDITION_3 = replace(
    EDITION,
    format=3,
    contents=replace(
        CONTENTS,
        claims=(
            replace(
                CLAIM,
                verdict=DATED,
                evidence=(LOCATED, replace(EVIDENCE, source=NOT_NAMED)),
                origins="1 outlet, 1 independent origin, 1 unknown",
            ),
        ),
    ),
)
"""The same in the format that has the copies of sources, and cites them in full, and counts origins."""

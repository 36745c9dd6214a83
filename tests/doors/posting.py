"""How each form of the app is filled in: who sends it, where to, and all that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from articles import actions
from articles.actions import preferences
from articles.forms import (
    adding,
    arrivals,
    articles,
    asking,
    batches,
    borders,
    claims,
    evidence,
    highlights,
    notices,
    origins,
    people,
    sheets,
    snapshots,
    sources,
    stories,
    undoing,
    verdicts,
    versions,
)
from articles.forms.base import EditForm, ReasonForm
from articles.models import Notice, Status
from articles.queries.history import last_number
from articles.queries.leaving import open_number
from articles.queries.scales import newest_scale
from articles.sheets import json
from articles.sheets.edition import contents_of
from tests.desk.test_scale_revise import saved
from tests.doors.filling import by_hand, for_action
from tests.doors.keys import give_app
from tests.factories import (
    make_arrival,
    make_article,
    make_claim,
    make_evidence,
    make_person,
    make_query,
    make_source,
    make_story,
)

if TYPE_CHECKING:
    from tests.doors.filling import Made, Prepared, Way
    from tests.factories import Cast

PAGE = "https://police.example/log"


# What the forms call otherwise


def asked(told: Prepared) -> dict[str, Any]:
    return {"to": told["asked"].colleague or told["asked"].addressee}


def work(told: Prepared) -> dict[str, Any]:
    return {"source_kind": told["work"].kind, "source_note": told["work"].note}


def traced(told: Prepared) -> dict[str, Any]:
    row = told.get("highlight") or told.get("source")
    return {"origin_name": "Dispatch 41", "origin": ""} | ({"revision": row.revision} if row else {})


def rated(told: Prepared) -> dict[str, Any]:
    return {"rating": told["finding"].rating if "finding" in told else told["rating"]}


def batched(told: Prepared) -> dict[str, Any]:
    change = told["change"]
    return {"claim": told["claims"], "what": change.what.value, "people": [person.pk for person in change.people]}


def place(told: Prepared) -> str:
    return f"{told['start']}-{told['end']}"


def sentence(told: Prepared) -> dict[str, Any]:
    return {"sentence": place(told), "version": told["version"] if "version" in told else told["carry"].version}


def come_from(told: Prepared) -> dict[str, Any]:
    return {"comes_from": "", "comes_from_id": told["root"].comes_from}


# What no action is prepared for


def log() -> SimpleUploadedFile:
    return SimpleUploadedFile("log.txt", b"The log\n\nThree were hurt.", "text/plain")


def leaving(cast: Cast) -> Made:
    return cast.erin, cast.bob, {"seen": open_number(cast.bob).number}


def waiving(cast: Cast) -> Made:
    give_app(cast.erin.person)
    return actions.desks.require_second_factor(by=cast.erin), None, {}


def joining(cast: Cast) -> Made:
    return cast.erin, None, {"person": make_person("olga").username, "role": "reader"}


def adding_an_arrival(cast: Cast) -> Made:
    arrival = make_arrival(by=cast.alice, text="Note on the flood\n\nIt went.")
    return cast.bob, arrival, {"headline": "Note on the flood", "outlet": "River Post", "revision": 2}


def adding_a_version(cast: Cast) -> Made:
    arrival = make_arrival(by=cast.alice)
    return cast.bob, arrival, {"article": make_article(by=cast.alice), "revision": 2}


def reading_an_arrival(cast: Cast) -> Made:
    return cast.bob, make_arrival(by=cast.alice, is_read=False), {}


def looking_for_a_version(cast: Cast) -> Made:
    return cast.bob, make_article(by=cast.alice, url=PAGE), {}


def copying_evidence(cast: Cast) -> Made:
    source = make_source(by=cast.alice, url=PAGE)
    return cast.bob, make_evidence(by=cast.alice, claim=make_claim(by=cast.alice), source=source), {}


def signing(cast: Cast) -> Made:
    version = make_claim(by=cast.alice, status=Status.APPROVED).highlights.get().version
    sheet = actions.sheets.open_sheet(by=cast.alice, article=version.article)
    told = {"expected": json.digest_of(contents_of(sheet)), "seen": last_number(cast.desk)}
    return cast.erin, sheet, told


def revising(cast: Cast) -> Made:
    terms = actions.scales.terms_of(newest_scale(cast.desk))
    told = saved(cast.desk, [*reversed(terms)])
    del told["request_id"]
    return cast.erin, None, told


def reading_a_notice(cast: Cast) -> Made:
    make_query(by=cast.bob, of=cast.alice)
    return cast.alice, None, {"notice": Notice.objects.filter(person=cast.alice.person).latest("pk")}


def forgetting_keys(cast: Cast) -> Made:
    preferences.change_key(by=cast.alice.person, name="j", key="!")
    return cast.alice, None, {}


WAYS: dict[str, Way] = {
    # desk, people
    "scale-revise": by_hand(revising),
    "desk-blind": for_action(actions.blindness.blind_desk),
    "desk-unblind": for_action(actions.blindness.unblind_desk),
    "desk-sourcing": for_action(actions.origins.set_sourcing, "", origins.SourcingForm),
    "desk-seen": by_hand(lambda cast: (cast.bob, None, {"number": 1})),
    "desk-second-factor": by_hand(waiving, people.SecondFactorForm),
    "notice-read": by_hand(reading_a_notice, notices.ReadForm),
    "member-list": by_hand(joining),
    "member-role": for_action(actions.desks.change_role, "membership", people.MemberRoleForm),
    "member-remove": by_hand(leaving),
    "invitation-make": for_action(actions.invitations.invite, "", people.InvitationForm),
    "invitation-revoke": for_action(actions.invitations.revoke, "invitation"),
    "preference-close": by_hand(lambda cast: (cast.alice, None, {"name": "checklist"})),
    "preference-key": by_hand(lambda cast: (cast.alice, None, {"name": "j", "key": "!"})),
    "preference-keys-reset": by_hand(forgetting_keys),
    "preference-switch": by_hand(lambda cast: (cast.alice, None, {"name": "whole_words", "on": ""})),
    # articles, stories
    "article-add": by_hand(lambda cast: (cast.bob, None, {"text": "The flood\n\nIt fell."}), adding.AddForm),
    "article-add, a file": by_hand(lambda cast: (cast.bob, None, {"uploads": log()}), adding.AddForm),
    "article-add, an address": by_hand(lambda cast: (cast.bob, None, {"address": PAGE}), adding.AddForm),
    "article-edit": for_action(actions.articles.edit, "article", articles.ArticleEditForm),
    "block-retype": for_action(actions.articles.retype_block, "version.article", articles.BlockKindForm),
    "version-check": by_hand(looking_for_a_version),
    "carry-accept": for_action(actions.carrying.accept, "carry", EditForm, lambda told: {"place": place(told)}),
    "carry-remark": for_action(
        actions.carrying.remark, "carry", versions.RemarkForm, lambda told: {"version": told["carry"].version}
    ),
    "carry-remark, a sentence": for_action(actions.carrying.remark, "carry", versions.RemarkSentenceForm, sentence),
    "carry-orphan": for_action(actions.carrying.orphan, "carry", EditForm),
    "carry-reconsider": for_action(actions.carrying.reconsider, "carry", EditForm),
    "story-list": for_action(actions.stories.open_story, "", stories.StoryForm),
    "story": for_action(actions.stories.rename, "story", stories.StoryTitleForm),
    # arrivals
    "arrival-read": by_hand(reading_an_arrival),
    "arrival-describe": for_action(actions.arrivals.describe, "arrival", arrivals.ArrivalForm),
    "arrival-add": by_hand(adding_an_arrival, arrivals.ArrivalForm),
    "arrival-version": by_hand(adding_a_version, arrivals.ArrivalVersionForm),
    "arrival-discard": for_action(actions.arrivals.discard, "arrival"),
    "arrival-restore": for_action(actions.arrivals.restore, "arrival"),
    "arrival-retype": for_action(actions.arrivals.retype, "arrival", arrivals.BlockRetypeForm),
    "arrival-split": for_action(actions.arrivals.split, "arrival", arrivals.BlockSplitForm),
    "arrival-merge": for_action(actions.arrivals.merge, "arrival", arrivals.BlockMergeForm),
    "arrival-take-back": for_action(actions.arrivals.take_back, "arrival", arrivals.CorrectionUndoForm),
    # workbench
    "article-undo": for_action(actions.undoing.undo, "article", undoing.StepForm),
    "article-redo": for_action(actions.undoing.redo, "article", undoing.StepForm),
    "highlight-mark": for_action(actions.highlights.mark, "version.article", highlights.SelectionForm),
    "highlight-mark, a sentence": for_action(
        actions.highlights.mark, "version.article", highlights.SentenceForm, sentence
    ),
    "highlight-add": for_action(actions.highlights.add_to_claim, "version.article", highlights.AddForm),
    "highlight-evidence": for_action(actions.evidence.add_passage, "version.article", highlights.PassageForm),
    "highlight-ask": for_action(actions.asking.ask_about, "version.article", asking.PassageQueryForm, asked),
    "live-beat": by_hand(
        lambda cast: (cast.bob, make_article(by=cast.alice), {"page": "0" * 12, "block": 4, "claim": ""})
    ),
    "highlight-adjust": for_action(actions.highlights.adjust, "highlight", borders.BordersForm),
    "highlight-adjust, a step": for_action(
        actions.highlights.adjust, "highlight", borders.StepForm, lambda told: {"to": place(told)}
    ),
    "highlight-split": for_action(actions.parting.split, "highlight", borders.SplitForm),
    "highlight-merge": for_action(actions.parting.merge, "highlight", borders.MergeForm),
    "highlight-remove": for_action(actions.highlights.remove, "highlight"),
    "highlight-trace": for_action(actions.tracing.trace, "highlight", origins.TraceForm, traced),
    # claims, evidence
    "batch-make": for_action(actions.batches.make, "", batches.BatchForm, batched),
    "batch-undo": for_action(actions.batches.undo, "batch"),
    "claim-edit": for_action(
        actions.claims.edit, "claim", claims.ClaimForm, lambda told: {"assignee": told["assignee"]}
    ),
    "claim-start": for_action(actions.claims.start, "claim"),
    "claim-set-aside": for_action(
        actions.claims.set_aside, "claim", claims.SetAsideForm, lambda told: {"aside": "opinion"}
    ),
    "claim-reopen": for_action(actions.claims.reopen, "claim", ReasonForm),
    "claim-recheck": for_action(actions.claims.recheck, "claim"),
    "claim-blind": for_action(actions.blindness.blind_claim, "claim"),
    "claim-unblind": for_action(actions.blindness.unblind_claim, "claim"),
    "claim-resume": for_action(actions.claims.resume, "claim"),
    "evidence-add": for_action(actions.evidence.add_from_new_source, "claim", evidence.EvidenceForm, work),
    "evidence-edit": for_action(actions.evidence.edit, "evidence", evidence.EvidenceEditForm),
    "evidence-withdraw": for_action(actions.evidence.withdraw, "evidence"),
    "evidence-restore": for_action(actions.evidence.restore, "evidence"),
    "evidence-copy": by_hand(copying_evidence),
    "copy-accept": for_action(actions.tracing.accept_copy, "claim", origins.CopyForm, traced),
    "copy-dismiss": for_action(actions.tracing.dismiss_copy, "claim", origins.DismissForm),
    "copy-reconsider": for_action(actions.tracing.reconsider_copy, "dismissal"),
    "verdict-give": for_action(actions.verdicts.give, "claim", verdicts.VerdictForm, rated),
    "verdict-withdraw": for_action(actions.verdicts.withdraw, "claim"),
    # queries
    "query-ask": for_action(actions.asking.ask, "claim", asking.QueryForm, asked),
    "query-edit": for_action(actions.asking.edit, "query", asking.QueryEditForm, asked),
    "query-answer": for_action(actions.asking.answer, "query", asking.AnswerForm),
    "query-close": for_action(actions.asking.close, "query", asking.CloseForm),
    "query-reopen": for_action(actions.asking.reopen, "query", ReasonForm),
    # review
    "review-approve": for_action(actions.verdicts.approve, "claim", verdicts.ApprovalForm),
    "review-return": for_action(actions.verdicts.send_back, "claim", verdicts.ReturnForm),
    "review-second": for_action(actions.findings.second, "claim", verdicts.VerdictForm, rated),
    "review-resolve": for_action(actions.findings.resolve, "claim", verdicts.ResolutionForm),
    "review-resolve, neither": for_action(
        actions.findings.resolve,
        "claim",
        verdicts.ResolutionForm,
        lambda told: {"stands": "third", "rating": told["claim"].verdict.rating, "rationale": "So I find."},
    ),
    "review-suggest": for_action(actions.suggestions.suggest, "claim", verdicts.SuggestionForm),
    "suggestion-accept": for_action(actions.suggestions.accept, "suggestion"),
    "suggestion-decline": for_action(actions.suggestions.decline, "suggestion", ReasonForm),
    # sources, their copies, origins
    "source-add": for_action(actions.sources.add, "", sources.SourceAddForm, work),
    "source": for_action(actions.sources.edit, "source", sources.SourceForm, work),
    "source-withdraw": for_action(actions.sources.withdraw, "source", ReasonForm),
    "source-restore": for_action(actions.sources.restore, "source"),
    "source-merge": for_action(actions.doubles.merge, "source", sources.MergeForm),
    "source-part": for_action(actions.doubles.part, "source"),
    "snapshot-fetch": by_hand(lambda cast: (cast.bob, make_source(by=cast.alice, url=PAGE), {})),
    "snapshot-check": for_action(actions.snapshots.check, "source"),
    "snapshot-bring": for_action(
        actions.snapshots.keep, "source", snapshots.BringForm, lambda told: {"text": "What the log says."}
    ),
    "snapshot-bring, a file": for_action(
        actions.snapshots.keep, "source", snapshots.BringForm, lambda told: {"upload": log(), "text": ""}
    ),
    "source-trace": for_action(actions.tracing.trace_source, "source", origins.TraceForm, traced),
    "origin-list": for_action(actions.origins.add, "", origins.OriginAddForm),
    "origin": for_action(actions.origins.edit, "origin", origins.OriginForm, come_from),
    "origin-merge": for_action(actions.origins.merge, "origin", origins.OriginMergeForm),
    "origin-part": for_action(actions.origins.part, "origin"),
    # sheets
    "article-sheet": by_hand(lambda cast: (cast.bob, make_article(by=cast.alice), {})),
    "story-sheet": by_hand(lambda cast: (cast.bob, make_story(by=cast.alice), {})),
    "sheet-sign-off": by_hand(signing, sheets.SignOffForm),
}
"""By the name of the address, and where it takes several forms by which of them."""

from __future__ import annotations

from typing import Any

from django.urls import include, path

from articles.views import (
    adding,
    agreement,
    arrivals,
    articles,
    batches,
    borders,
    claims,
    corrections,
    desks,
    doubles,
    evidence,
    finding,
    highlights,
    invitations,
    leaving,
    live,
    notices,
    people,
    preferences,
    record,
    reviews,
    scales,
    sheets,
    snapshots,
    sources,
    stories,
    suggestions,
    taking,
    undoing,
    verdicts,
    versions,
    workbench,
)

app_name = "articles"

# desk, people
people_urls = [
    path("", desks.desk, name="desk"),
    path("scale/", scales.scale, name="scale"),
    path("scale/revise/", scales.scale_revise, name="scale-revise"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("agreement/blind/", agreement.desk_blind, name="desk-blind"),
    path("agreement/unblind/", agreement.desk_unblind, name="desk-unblind"),
    path("seen/", desks.desk_seen, name="desk-seen"),
    path("news/", desks.desk_news, name="desk-news"),
    path("day/", record.desk_day, name="desk-day"),
    path("work/<slug:part>/", desks.work_list, name="work-list"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notice_read, name="notice-read"),
    path("people/", people.member_list, name="member-list"),
    path("people/invite/", people.invitation_make, name="invitation-make"),
    path("people/invitations/<uuid:invitation>/revoke/", people.invitation_revoke, name="invitation-revoke"),
    path("people/second-factor/", people.desk_second_factor, name="desk-second-factor"),
    path("people/<uuid:member>/role/", people.member_role, name="member-role"),
    path("people/<uuid:member>/remove/", people.member_remove, name="member-remove"),
    path("people/<uuid:member>/work/", leaving.member_work, name="member-work"),
    path("people/<uuid:member>/history/", record.member_history, name="member-history"),
]

# articles, stories
article_urls = [
    path("find/", finding.find, name="find"),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/add/", adding.article_add, name="article-add"),
    path("articles/<uuid:article>/edit/", articles.article_edit, name="article-edit"),
    path("articles/<uuid:article>/original/", articles.article_original, name="article-original"),
    path("articles/<uuid:article>/retype/", articles.block_retype, name="block-retype"),
    path("articles/<uuid:article>/versions/", versions.version_list, name="version-list"),
    path("articles/<uuid:article>/check/", taking.version_check, name="version-check"),
    path("articles/<uuid:article>/compare/", versions.version_compare, name="version-compare"),
    path("articles/<uuid:article>/versions/<int:version>/changes/", versions.version_changes, name="version-changes"),
    path("articles/<uuid:article>/versions/<int:version>/text/", taking.version_text, name="version-text"),
    path("carries/<uuid:carry>/accept/", versions.carry_accept, name="carry-accept"),
    path("carries/<uuid:carry>/remark/", versions.carry_remark, name="carry-remark"),
    path("carries/<uuid:carry>/orphan/", versions.carry_orphan, name="carry-orphan"),
    path("carries/<uuid:carry>/reconsider/", versions.carry_reconsider, name="carry-reconsider"),
    path("articles/<uuid:article>/history/", articles.article_history, name="article-history"),
    path("stories/", stories.story_list, name="story-list"),
    path("stories/<uuid:story>/", stories.story, name="story"),
]

# arrivals
arrival_urls = [
    path("articles/arrivals/", arrivals.arrival_list, name="arrival-list"),
    path("articles/arrivals/<uuid:arrival>/", arrivals.arrival, name="arrival"),
    path("articles/arrivals/<uuid:arrival>/read/", arrivals.arrival_read, name="arrival-read"),
    path("articles/arrivals/<uuid:arrival>/describe/", arrivals.arrival_describe, name="arrival-describe"),
    path("articles/arrivals/<uuid:arrival>/add/", arrivals.arrival_add, name="arrival-add"),
    path("articles/arrivals/<uuid:arrival>/version/", arrivals.arrival_version, name="arrival-version"),
    path("articles/arrivals/<uuid:arrival>/discard/", arrivals.arrival_discard, name="arrival-discard"),
    path("articles/arrivals/<uuid:arrival>/restore/", arrivals.arrival_restore, name="arrival-restore"),
    path("articles/arrivals/<uuid:arrival>/original/", arrivals.arrival_original, name="arrival-original"),
    path("articles/arrivals/<uuid:arrival>/retype/", corrections.arrival_retype, name="arrival-retype"),
    path("articles/arrivals/<uuid:arrival>/split/", corrections.arrival_split, name="arrival-split"),
    path("articles/arrivals/<uuid:arrival>/merge/", corrections.arrival_merge, name="arrival-merge"),
    path("articles/arrivals/<uuid:arrival>/take-back/", corrections.arrival_take_back, name="arrival-take-back"),
]

# workbench
workbench_urls = [
    path("articles/<uuid:article>/", workbench.workbench, name="workbench"),
    path("articles/<uuid:article>/blocks/", workbench.workbench_blocks, name="workbench-blocks"),
    path("articles/<uuid:article>/claims/", workbench.workbench_claims, name="workbench-claims"),
    path("articles/<uuid:article>/undo/", undoing.article_undo, name="article-undo"),
    path("articles/<uuid:article>/redo/", undoing.article_redo, name="article-redo"),
    path("articles/<uuid:article>/mark/", highlights.highlight_mark, name="highlight-mark"),
    path("articles/<uuid:article>/add-to-claim/", highlights.highlight_add, name="highlight-add"),
    path("articles/<uuid:article>/evidence/", highlights.highlight_evidence, name="highlight-evidence"),
    path("articles/<uuid:article>/live/", live.live_beat, name="live-beat"),
    path("articles/<uuid:article>/live/show/", live.live_show, name="live-show"),
    path("highlights/<uuid:highlight>/adjust/", borders.highlight_adjust, name="highlight-adjust"),
    path("highlights/<uuid:highlight>/split/", borders.highlight_split, name="highlight-split"),
    path("highlights/<uuid:highlight>/merge/", borders.highlight_merge, name="highlight-merge"),
    path("highlights/<uuid:highlight>/remove/", highlights.highlight_remove, name="highlight-remove"),
    path("claims/suggest/", highlights.claim_suggest, name="claim-suggest"),
]

# claims, evidence, review
claim_urls = [
    path("claims/", claims.claim_list, name="claim-list"),
    path("claims/many/", batches.batch_plan, name="batch-plan"),
    path("claims/many/change/", batches.batch_make, name="batch-make"),
    path("claims/many/<uuid:batch>/", batches.batch, name="batch"),
    path("claims/many/<uuid:batch>/undo/", batches.batch_undo, name="batch-undo"),
    path("claims/<uuid:claim>/", claims.claim, name="claim"),
    path("claims/<uuid:claim>/panel/", claims.claim_panel, name="claim-panel"),
    path("claims/<uuid:claim>/history/", claims.claim_history, name="claim-history"),
    path("claims/<uuid:claim>/precedents/", claims.claim_precedents, name="claim-precedents"),
    path("claims/<uuid:claim>/edit/", claims.claim_edit, name="claim-edit"),
    path("claims/<uuid:claim>/start/", claims.claim_start, name="claim-start"),
    path("claims/<uuid:claim>/set-aside/", claims.claim_set_aside, name="claim-set-aside"),
    path("claims/<uuid:claim>/reopen/", claims.claim_reopen, name="claim-reopen"),
    path("claims/<uuid:claim>/recheck/", claims.claim_recheck, name="claim-recheck"),
    path("claims/<uuid:claim>/blind/", claims.claim_blind, name="claim-blind"),
    path("claims/<uuid:claim>/unblind/", claims.claim_unblind, name="claim-unblind"),
    path("claims/<uuid:claim>/resume/", claims.claim_resume, name="claim-resume"),
    path("claims/<uuid:claim>/evidence/", evidence.evidence_add, name="evidence-add"),
    path("claims/<uuid:claim>/verdict/", verdicts.verdict_give, name="verdict-give"),
    path("claims/<uuid:claim>/verdict/withdraw/", verdicts.verdict_withdraw, name="verdict-withdraw"),
    path("evidence/<uuid:evidence>/edit/", evidence.evidence_edit, name="evidence-edit"),
    path("evidence/<uuid:evidence>/withdraw/", evidence.evidence_withdraw, name="evidence-withdraw"),
    path("evidence/<uuid:evidence>/restore/", evidence.evidence_restore, name="evidence-restore"),
    path("evidence/<uuid:evidence>/copy/", snapshots.evidence_copy, name="evidence-copy"),
    path("review/", reviews.review_queue, name="review-queue"),
    path("review/<uuid:claim>/", reviews.review, name="review"),
    path("review/<uuid:claim>/approve/", reviews.review_approve, name="review-approve"),
    path("review/<uuid:claim>/return/", reviews.review_return, name="review-return"),
    path("review/<uuid:claim>/second/", reviews.review_second, name="review-second"),
    path("review/<uuid:claim>/resolve/", reviews.review_resolve, name="review-resolve"),
    path("review/<uuid:claim>/suggest/", reviews.review_suggest, name="review-suggest"),
    path("suggestions/<uuid:suggestion>/accept/", suggestions.suggestion_accept, name="suggestion-accept"),
    path("suggestions/<uuid:suggestion>/decline/", suggestions.suggestion_decline, name="suggestion-decline"),
]

# sources and their copies
source_urls = [
    path("sources/", sources.source_list, name="source-list"),
    path("sources/add/", sources.source_add, name="source-add"),
    path("sources/suggest/", sources.source_suggest, name="source-suggest"),
    path("sources/<uuid:source>/", sources.source, name="source"),
    path("sources/<uuid:source>/citation/", sources.source_citation, name="source-citation"),
    path("sources/<uuid:source>/history/", sources.source_history, name="source-history"),
    path("sources/<uuid:source>/withdraw/", sources.source_withdraw, name="source-withdraw"),
    path("sources/<uuid:source>/restore/", sources.source_restore, name="source-restore"),
    path("sources/<uuid:source>/merge/", doubles.source_merge, name="source-merge"),
    path("sources/<uuid:source>/part/", doubles.source_part, name="source-part"),
    path("sources/<uuid:source>/copies/fetch/", snapshots.snapshot_fetch, name="snapshot-fetch"),
    path("sources/<uuid:source>/copies/check/", snapshots.snapshot_check, name="snapshot-check"),
    path("sources/<uuid:source>/copies/bring/", snapshots.snapshot_bring, name="snapshot-bring"),
    path("copies/<uuid:snapshot>/", snapshots.snapshot, name="snapshot"),
    path("copies/<uuid:snapshot>/file/", snapshots.snapshot_file, name="snapshot-file"),
]

# sheets
sheet_urls = [
    path("articles/<uuid:article>/sheet/", sheets.article_sheet, name="article-sheet"),
    path("stories/<uuid:story>/sheet/", sheets.story_sheet, name="story-sheet"),
    path("sheets/", sheets.sheet_list, name="sheet-list"),
    path("sheets/<uuid:sheet>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:sheet>/sign-off/", sheets.sheet_sign_off, name="sheet-sign-off"),
    path("sheets/<uuid:sheet>/editions/<int:edition>/", sheets.edition, name="edition"),
    path(
        "sheets/<uuid:sheet>/editions/<int:edition>/download/<slug:format>/",
        sheets.edition_download,
        name="edition-download",
    ),
]

desk_urls: list[Any] = [
    *people_urls,
    *article_urls,
    *arrival_urls,
    *workbench_urls,
    *claim_urls,
    *source_urls,
    *sheet_urls,
]

urlpatterns: list[Any] = [
    path("", desks.home, name="home"),
    path("preferences/close/", preferences.preference_close, name="preference-close"),
    path("preferences/key/", preferences.preference_key, name="preference-key"),
    path("preferences/keys/reset/", preferences.preference_keys_reset, name="preference-keys-reset"),
    path("preferences/switch/", preferences.preference_switch, name="preference-switch"),
    path("join/<slug:desk>/<str:token>/", invitations.invitation, name="invitation"),
    path("join/<slug:desk>/<str:token>/accept/", invitations.invitation_accept, name="invitation-accept"),
    path("join/<slug:desk>/<str:token>/enrol/", invitations.invitation_enrol, name="invitation-enrol"),
    path("d/<slug:desk>/", include(desk_urls)),
]

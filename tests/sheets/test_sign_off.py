import hashlib
from uuid import uuid4

import pytest

from articles import actions
from articles.actions.sheets import OutOfDate
from articles.errors import Refused
from articles.history import problems_of
from articles.models import AuditEvent, SheetEdition, Status
from articles.sheets import json
from articles.sheets.edition import contents_of
from articles.sheets.formats import FORMATS
from tests.factories import (
    fresh,
    make_article,
    make_claim,
    make_evidence,
    make_highlight,
    make_passage,
    make_story,
    make_verdict,
)
from tests.sheets.conftest import sign_off

pytestmark = pytest.mark.django_db


def test_an_edition_says_what_was_approved_and_what_was_left_out(edition, approved, version):
    found = json.read(edition.content)

    (claim,) = found.contents.claims
    assert (claim.id, claim.text, claim.number) == (str(approved.pk), approved.text, 1)
    assert claim.verdict.rating.code == "supported"
    assert (claim.verdict.by.name, claim.approval.by.name) == ("Alice", "Bob")
    assert claim.approval.digest == fresh(approved).approved_digest
    (place,) = claim.occurrences
    assert place.text_sha256 == version.text_sha256
    assert version.text[place.start : place.end] == place.quote
    assert place.paragraph == 1
    assert [(left.number, left.status, left.reason) for left in found.contents.left_out] == [
        (2, "open", ""),
        (3, "set_aside", "It is an opinion."),
    ]


def test_it_names_the_event_with_which_it_was_signed_off(edition, erin):
    event = AuditEvent.objects.get(subject_id=edition.pk, action="sheet.signed_off")

    assert (edition.chain_number, edition.chain_hash) == (event.number, bytes(event.hash).hex())
    assert (edition.signed_by, edition.signed_at) == (erin.person, event.at)
    assert event.data["contents"] == json.digest_of(json.read(edition.content).contents)


def test_its_files_are_kept_and_rendering_again_gives_the_same_bytes(edition):
    found = json.read(edition.content)
    files = {file.format: file for file in edition.files.all()}

    assert set(files) == set(FORMATS)
    for name, form in FORMATS.items():
        assert bytes(files[name].content) == form.render(found, edition.digest)
        assert files[name].sha256 == hashlib.sha256(bytes(files[name].content)).hexdigest()
    assert files["json"].sha256 == edition.digest
    assert problems_of(edition) == []


def test_evidence_from_a_withdrawn_source_is_in_no_edition(alice, bob, version):
    claim = make_claim(by=alice, version=version, quote="three people")
    sound, forged = make_evidence(by=alice, claim=claim), make_evidence(by=alice, claim=claim, quote="Forty.")
    actions.sources.withdraw(by=bob, source=forged.source, reason="It is forged.")
    make_verdict(by=alice, claim=claim)
    actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))

    contents = contents_of(actions.sheets.open_sheet(by=alice, article=version.article))

    (released,) = [row for row in contents.claims if row.id == str(claim.pk)]
    assert [piece.id for piece in released.evidence] == [str(sound.pk)]


def test_a_claim_that_stands_in_three_articles_brings_all_its_places(alice, erin, sheet, approved):
    for outlet in ("Night Post", "Harbour News"):
        other = make_article(by=alice, outlet=outlet).versions.get()
        make_highlight(by=alice, version=other, claim=fresh(approved))
    claim = contents_of(sheet).left_out[0]  # a new place reopened it

    assert [place.outlet for place in claim.occurrences] == ["Orm Valley Courier", "Harbour News", "Night Post"]


def test_evidence_from_a_stored_article_says_where_it_stands(alice, sheet, approved, bob):
    make_passage(by=alice, claim=fresh(approved), quote="1,200 cars")
    actions.verdicts.give(
        by=alice,
        claim=fresh(approved),
        revision=fresh(approved).revision,
        rating=approved.verdict.rating,
        rationale="Both say so.",
    )
    actions.verdicts.approve(by=bob, claim=fresh(approved), digest=actions.verdicts.digest_of(approved))

    passage = contents_of(sheet).claims[0].evidence[1].passage

    assert passage is not None
    assert passage.end - passage.start == len("1,200 cars")


def test_the_sheet_of_a_story_has_the_claims_of_its_articles_each_once(alice, erin):
    story = make_story(by=alice)
    first = make_article(by=alice, story=story, published="2024-03-01").versions.get()
    second = make_article(by=alice, story=story, published="2024-03-02", outlet="Night Post").versions.get()
    claim = make_claim(by=alice, version=second)
    make_highlight(by=alice, version=first, claim=claim)
    make_claim(by=alice, version=second, quote="1,200 cars")

    found = contents_of(actions.sheets.open_sheet(by=alice, story=story))

    assert [article.outlet for article in found.articles] == ["Orm Valley Courier", "Night Post"]
    assert [(left.number, left.id == str(claim.pk)) for left in found.left_out] == [(1, True), (2, False)]


def test_a_later_edition_says_what_it_supersedes_and_why(erin, bob, sheet, edition, approved):
    make_claim(by=bob, status=Status.APPROVED, version=sheet.article.versions.get(), quote="the mayor")

    second = sign_off(erin, sheet, reason="One more claim is checked.")

    found = json.read(second.content)
    assert (found.number, found.supersedes, found.reason) == (2, 1, "One more claim is checked.")
    assert SheetEdition.objects.get(number=1).content == edition.content


def test_nothing_approved_is_nothing_to_sign(erin, alice, version):
    make_claim(by=alice, version=version)

    with pytest.raises(Refused, match="No claim of this sheet is approved"):
        sign_off(erin, actions.sheets.open_sheet(by=alice, article=version.article))


def test_claims_in_work_are_left_out_only_when_confirmed(erin, sheet):
    with pytest.raises(Refused) as refusal:
        sign_off(erin, sheet, leave_out=False)

    assert refusal.value.field == "leave_out"
    assert not SheetEdition.objects.exists()


def test_a_claim_set_aside_needs_no_further_word(erin, alice, bob, version):
    make_claim(by=alice, status=Status.APPROVED, version=version, reviewer=bob)
    make_claim(by=alice, status=Status.SET_ASIDE, version=version, quote="every day")

    edition = sign_off(erin, actions.sheets.open_sheet(by=alice, article=version.article), leave_out=False)

    assert edition.number == 1


def test_a_later_edition_without_a_reason_is_refused(erin, bob, sheet, edition):
    make_claim(by=bob, status=Status.APPROVED, version=sheet.article.versions.get(), quote="the mayor")

    with pytest.raises(Refused) as refusal:
        sign_off(erin, sheet)

    assert refusal.value.field == "reason"


def test_the_same_again_is_refused(erin, sheet, edition):
    with pytest.raises(Refused, match="Edition 1 says exactly this already"):
        sign_off(erin, sheet, reason="Once more.")


def test_what_changed_after_it_was_read_is_not_signed(erin, alice, sheet, approved):
    read = json.digest_of(contents_of(sheet))
    actions.claims.reopen(by=alice, claim=fresh(approved), reason="New figures.")

    with pytest.raises(OutOfDate) as refusal:
        sign_off(erin, sheet, expected=read)

    assert refusal.value.contents.claims == ()
    assert not SheetEdition.objects.exists()


def test_a_repeated_request_signs_once(erin, sheet):
    request = uuid4()

    first = sign_off(erin, sheet, request_id=request)
    again = sign_off(erin, sheet, request_id=request)

    assert first == again
    assert SheetEdition.objects.count() == 1


def test_a_reviewer_signs_nothing(alice, sheet):
    with pytest.raises(Exception, match=r"Only an editor of the desk signs off"):
        sign_off(alice, sheet)


def test_a_sheet_is_opened_once(alice, bob, article):
    first = actions.sheets.open_sheet(by=alice, article=article)
    again = actions.sheets.open_sheet(by=bob, article=article)

    assert first == again
    assert AuditEvent.objects.filter(action="sheet.opened").count() == 1

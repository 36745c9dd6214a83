import pytest
from django.urls import reverse

from articles import actions
from tests.factories import fresh
from tests.sheets.conftest import sign_off

pytestmark = pytest.mark.django_db


def address(sheet, name="sheet", *more):
    return reverse(f"articles:{name}", args=[sheet.desk.slug, sheet.pk, *more])


def test_the_sheet_reads_as_it_will_on_paper(client, rita, sheet, approved):
    client.force_login(rita.person)
    page = client.get(address(sheet)).content.decode()

    assert approved.text in page
    assert "The log says so." in page
    assert "Alice, " in page
    assert "agreed by Bob" in page
    assert "An editor signs off." in page
    assert "Sign off edition" not in page


def test_what_is_missing_leads_to_where_it_is_mended(client, erin, sheet, version):
    client.force_login(erin.person)
    page = client.get(address(sheet)).content.decode()

    left = sheet.article.versions.get().highlights.get(quote="1,200 cars").claim_id
    workbench = reverse("articles:workbench", args=[sheet.desk.slug, sheet.article_id])
    assert f'<a href="{workbench}?claim={left}">Claim 2 is open</a>' in page
    assert "Sign off edition 1" in page


def test_what_is_left_out_says_why(client, erin, sheet):
    client.force_login(erin.person)

    page = client.get(address(sheet)).content.decode()

    assert "Nobody has checked it yet" in page


def test_a_claim_in_review_leads_to_its_review(client, erin, sheet, alice, approved):
    actions.claims.reopen(by=alice, claim=fresh(approved), reason="New figures.")
    claim = fresh(approved)
    actions.verdicts.give(
        by=alice, claim=claim, revision=claim.revision, rating=approved.verdict.rating, rationale="Still so."
    )
    client.force_login(erin.person)

    page = client.get(address(sheet)).content.decode()

    review = reverse("articles:review", args=[sheet.desk.slug, approved.pk])
    assert f'<a href="{review}">Claim 1 waits for a second person</a>' in page
    assert "Nothing is approved yet" in page
    assert "Sign off edition" not in page


def test_after_an_edition_it_says_what_changed_since(client, cast, edition, approved):
    sheet = edition.sheet
    client.force_login(cast.erin.person)
    unchanged = client.get(address(sheet)).content.decode()
    actions.claims.reopen(by=cast.alice, claim=fresh(approved), reason="New figures.")
    changed = client.get(address(sheet)).content.decode()

    assert "Nothing changed since edition 1" in unchanged
    assert "Sign off edition" not in unchanged
    assert "was approved and is reopened." in changed


def test_an_edition_shows_that_it_holds(client, rita, sheet, edition):
    client.force_login(rita.person)
    page = client.get(address(sheet, "edition", 1)).content.decode()

    assert edition.digest in page
    assert f'The JSON file’s bytes hash to <code title="{edition.digest}">' in page
    assert f"Signed off with event {edition.chain_number}" in page
    assert "does not hold" not in page


def test_an_edition_stays_while_the_desk_moves_on(client, cast, edition, approved):
    sheet = edition.sheet
    actions.claims.reopen(by=cast.alice, claim=fresh(approved), reason="New figures.")
    claim = fresh(approved)
    actions.verdicts.give(
        by=cast.bob, claim=claim, revision=claim.revision, rating=approved.verdict.rating, rationale="Other words."
    )
    actions.verdicts.approve(by=cast.alice, claim=fresh(approved), digest=actions.verdicts.digest_of(approved))
    sign_off(cast.erin, sheet, reason="New figures.")
    client.force_login(cast.rita.person)

    first = client.get(address(sheet, "edition", 1)).content.decode()
    second = client.get(address(sheet, "edition", 2)).content.decode()

    assert "The log says so." in first
    assert "Other words." not in first
    assert "Superseded" in first
    assert "supersedes edition 1" in second
    assert "has another rationale and a new approval." in second


def test_an_edition_that_was_never_signed_is_not_found(client, rita, sheet):
    client.force_login(rita.person)

    assert client.get(address(sheet, "edition", 1)).status_code == 404

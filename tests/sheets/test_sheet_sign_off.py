from uuid import uuid4

import pytest
from django.urls import reverse

from articles import actions
from articles.models import SheetEdition
from articles.sheets.edition import contents_of
from articles.sheets.json import digest_of
from tests.factories import edit_claim

pytestmark = pytest.mark.django_db


def address(sheet):
    return reverse("articles:sheet-sign-off", args=[sheet.desk.slug, sheet.pk])


def shown(sheet, **told):
    """What the form of the page holds."""
    seen = sheet.desk.chain_head.number
    return {"expected": digest_of(contents_of(sheet)), "seen": seen, "leave_out": "on", "request_id": uuid4()} | told


def test_it_makes_an_edition_and_shows_it(client, erin, sheet):
    client.force_login(erin.person)
    response = client.post(address(sheet), shown(sheet))

    edition = SheetEdition.objects.get()
    assert response["Location"] == reverse("articles:edition", args=[sheet.desk.slug, sheet.pk, 1])
    assert edition.signed_by == erin.person


def test_with_htmx_it_leads_there_too(client, erin, sheet):
    client.force_login(erin.person)
    response = client.post(address(sheet), shown(sheet), headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == reverse("articles:edition", args=[sheet.desk.slug, sheet.pk, 1])


def test_what_the_page_holds_is_what_is_posted(client, erin, sheet):
    client.force_login(erin.person)
    form = client.get(reverse("articles:sheet", args=[sheet.desk.slug, sheet.pk])).context["form"]
    posted = {name: form[name].value() for name in ("expected", "seen")}

    assert client.post(address(sheet), posted | {"leave_out": "on"}).status_code == 302


def test_a_missing_confirmation_is_said_beside_its_box(client, erin, sheet):
    client.force_login(erin.person)
    told = shown(sheet)
    del told["leave_out"]

    response = client.post(address(sheet), told)

    assert response.status_code == 422
    assert response.context["form"].errors["leave_out"] == [
        "Confirm that the claims on which work is not done are left out."
    ]


def test_a_later_edition_needs_its_reason(client, cast, edition, approved):
    sheet = edition.sheet
    edit_claim(approved, by=cast.alice, summary="Three people hurt")
    client.force_login(cast.erin.person)

    refused = client.post(address(sheet), shown(sheet, reason=" "))
    signed = client.post(address(sheet), shown(sheet, reason="It has a summary now."))

    assert refused.status_code == 422
    assert "reason" in refused.context["form"].errors
    assert signed.status_code == 302
    assert SheetEdition.objects.get(number=2).reason == "It has a summary now."


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_sheet_that_changed_meanwhile_is_shown_again(client, cast, sheet, approved, headers):
    told = shown(sheet, reason="My careful words.")
    actions.evidence.withdraw(by=cast.alice, evidence=approved.evidence.get())
    client.force_login(cast.erin.person)

    response = client.post(address(sheet), told, headers=headers)
    page = response.content.decode()

    assert response.status_code == 409
    assert "The sheet changed while you were reading it." in page
    assert "Alice withdrew the evidence from Accident log of the county." in page
    assert response.context["form"].initial["reason"] == "My careful words."
    assert not SheetEdition.objects.exists()
    assert response.headers.get("HX-Retarget") == ("#main" if headers else None)


def test_after_the_conflict_the_new_state_can_be_signed(client, erin, alice, sheet):
    told = shown(sheet)
    claim = sheet.article.versions.get().highlights.get(quote="1,200 cars").claim
    actions.claims.start(by=alice, claim=claim)
    client.force_login(erin.person)
    form = client.post(address(sheet), told).context["form"]

    response = client.post(address(sheet), told | {"expected": form.initial["expected"], "request_id": uuid4()})

    assert response.status_code == 302


def test_a_repeated_request_signs_once(client, erin, sheet):
    client.force_login(erin.person)
    told = shown(sheet)

    first, again = client.post(address(sheet), told), client.post(address(sheet), told)

    assert first["Location"] == again["Location"]
    assert SheetEdition.objects.count() == 1


def test_an_answer_without_a_digest_is_refused(client, erin, sheet):
    client.force_login(erin.person)

    assert client.post(address(sheet), {"leave_out": "on"}).status_code == 422


def test_it_is_only_posted(client, erin, sheet):
    client.force_login(erin.person)

    assert client.get(address(sheet)).status_code == 405

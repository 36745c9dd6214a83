"""Editions of every format there was are read, shown, compared and verified for ever."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions, history
from articles.models import ArticleVersion, Claim, ClaimSheet, Evidence, Means, Membership, SheetEdition, Source, Status
from articles.sheets import content, json
from articles.sheets.content import FORMAT, known_to
from articles.sheets.differences import SAYS_MORE, differences
from articles.sheets.edition import contents_of
from tests.factories import edit_claim, fresh, make_claim, make_origin, make_snapshot, make_verdict
from tests.sheets.conftest import sign_off
from tests.sheets.examples import CLAIM, CONTENTS, COPIED, EDITION, EDITION_2, EDITION_3, EVIDENCE

KEPT = Path(__file__).parent / "editions"
FORMATS = range(1, FORMAT + 1)
SECRETS = ("Accident log of the county", "Ida Falk", "The county", "https://county.example", "Page 7", "Room 3")


def signed_as(number: int, *, by: Membership, sheet: ClaimSheet, monkeypatch: pytest.MonkeyPatch) -> SheetEdition:
    """Sign off as it was done when editions had that format."""
    contents = known_to(contents_of(sheet), number)
    with monkeypatch.context() as then:
        then.setattr("articles.actions.sheets.contents_of", lambda sheet: known_to(contents_of(sheet), number))
        then.setattr("articles.actions.sheets.content.Edition", partial(content.Edition, format=number))
        return sign_off(by, sheet, expected=json.digest_of(contents))


def source_of(claim: Claim) -> Source:
    return Evidence.objects.get(claim=claim).source


@pytest.mark.parametrize("number", FORMATS)
def test_the_file_of_each_format_gives_its_bytes_again(number: int) -> None:
    text = (KEPT / f"format-{number}.json").read_text(encoding="utf-8")

    edition = json.read(text)

    assert edition == {1: EDITION, 2: EDITION_2, 3: EDITION_3}[number]
    assert edition.format == number
    assert json.text_of(edition) == text


@pytest.mark.parametrize("number", FORMATS)
def test_what_an_earlier_format_could_say_is_what_it_says(number: int) -> None:
    assert known_to(EDITION_3.contents, number) == known_to(known_to(EDITION_3.contents, FORMAT), number)
    assert known_to(EDITION_3.contents, FORMAT) == EDITION_3.contents
    assert known_to(EDITION_2.contents, 1) == CONTENTS


@pytest.mark.django_db
@pytest.mark.parametrize("number", FORMATS)
def test_an_edition_of_each_format_is_shown_and_verified(
    number: int, client: Client, erin: Membership, sheet: ClaimSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_snapshot(by=erin, source=source_of(Claim.objects.get(status="approved")), means=Means.FETCH)
    edition = signed_as(number, by=erin, sheet=sheet, monkeypatch=monkeypatch)
    client.force_login(erin.person)

    page = client.get(reverse("articles:edition", args=[sheet.desk.slug, sheet.pk, 1])).text
    file = client.get(reverse("articles:edition-download", args=[sheet.desk.slug, sheet.pk, 1, "json"]))

    assert "does not hold" not in page
    assert "Accident log of the county" in page
    assert file.text == edition.content
    assert f'"format": {number},' in file.text
    assert history.verify_against(file.text) == edition
    assert history.problems_of(edition) == []


@pytest.mark.django_db
def test_an_edition_names_the_copies_that_stood_behind_it(
    client: Client, alice: Membership, erin: Membership, sheet: ClaimSheet, approved: Claim
) -> None:
    source = source_of(approved)
    kept = [make_snapshot(by=alice, source=source, means=means) for means in (Means.UPLOAD, Means.FETCH)]
    edition = sign_off(erin, sheet)

    (piece,) = json.read(edition.content).contents.claims[0].evidence
    page = client_of(client, erin, sheet)

    assert [(copy.sha256, copy.size, copy.means, copy.kept_by.name) for copy in piece.source.copies] == [
        (row.original.sha256, row.original.size, row.means, "Alice") for row in reversed(kept) if row.original
    ]
    assert [copy.kept_at for copy in piece.source.copies] == [row.kept_at for row in reversed(kept)]
    for row in kept:
        assert row.original
        assert row.original.sha256 in bytes(edition.files.get(format="csv").content).decode()
    assert f"<code>{kept[1].original.sha256 if kept[1].original else None}</code>" in page
    assert "1 earlier copy in the JSON file" in page


@pytest.mark.django_db
@pytest.mark.parametrize("terms", ["background", "off_record"])
def test_who_is_not_to_be_named_is_in_no_file(
    *,
    terms: str,
    client: Client,
    alice: Membership,
    bob: Membership,
    erin: Membership,
    sheet: ClaimSheet,
    approved: Claim,
) -> None:
    source = source_of(approved)
    make_snapshot(by=alice, source=source, means=Means.FETCH)
    work = actions.sources.Work(
        title=source.title,
        kind="interview",
        author="Ida Falk",
        publisher="The county",
        url="https://county.example/log",
        note="Room 3",
        reached="phone",
        terms=terms,
    )
    actions.sources.edit(by=alice, source=source, revision=source.revision, work=work)
    reviewed(approved, alice, bob)
    edition = sign_off(erin, sheet)

    (piece,) = json.read(edition.content).contents.claims[0].evidence
    files = [bytes(file.content).decode() for file in edition.files.all()]
    page = client_of(client, erin, sheet)

    assert (
        piece.source.title == {"background": "A source on background", "off_record": "A source off the record"}[terms]
    )
    assert len(piece.source.copies) == 1
    for told in (*files, page.split("</article>")[0]):
        assert [secret for secret in SECRETS if secret in told] == []
    assert bool(piece.quote) == (terms == "background")
    now = client.get(reverse("articles:sheet", args=[sheet.desk.slug, sheet.pk])).text
    assert "Claim 1 rests on somebody who is not to be named" in now


@pytest.mark.django_db
def test_a_claim_that_is_left_out_may_name_them_too(
    client: Client, alice: Membership, erin: Membership, sheet: ClaimSheet, version: ArticleVersion
) -> None:
    claim = make_claim(by=alice, status=Status.APPROVED, version=version, quote="every day")
    source = source_of(claim)
    work = actions.sources.Work(title="Ida Falk", kind="interview", reached="phone", terms="background")
    actions.sources.edit(by=alice, source=source, revision=source.revision, work=work)
    edit_claim(claim, by=alice, claimant="Ida Falk")

    (left,) = [row for row in contents_of(sheet).left_out if row.id == str(claim.pk)]
    client.force_login(erin.person)
    now = client.get(reverse("articles:sheet", args=[sheet.desk.slug, sheet.pk])).text

    assert left.claimant == "Ida Falk"
    assert f'<a href="#claim-{left.number}">Claim {left.number} rests on somebody who is not to be named</a>' in now
    assert now.count("is not to be named") == 1
    assert f'<tr id="claim-{left.number}">' in now


def test_a_format_is_no_difference_of_a_claim() -> None:
    assert differences(EDITION_2.contents, EDITION_3.contents, format=3) != []
    later = replace(EVIDENCE, source=COPIED)
    after = replace(CONTENTS, claims=(replace(CLAIM, evidence=(later, CLAIM.evidence[1])),))

    assert differences(CONTENTS, after, format=2) == [SAYS_MORE[3]]
    assert differences(CONTENTS, EDITION_2.contents, format=1) == [SAYS_MORE[2]]
    assert differences(CONTENTS, CONTENTS, format=1) == []


def test_a_new_copy_is_told_apart_from_other_evidence() -> None:
    def with_copies(number: int) -> content.Contents:
        source = replace(COPIED, copies=COPIED.copies[:number])
        return replace(CONTENTS, claims=(replace(CLAIM, evidence=(replace(EVIDENCE, source=source),)),))

    assert differences(with_copies(1), with_copies(2)) == [f"Claim 1, “{CLAIM.text}”, has other copies of its sources."]


@pytest.mark.django_db
def test_a_sheet_of_an_earlier_format_is_compared_with_what_it_could_say(
    erin: Membership, sheet: ClaimSheet, approved: Claim, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_snapshot(by=erin, source=source_of(approved), means=Means.FETCH)
    signed_as(2, by=erin, sheet=sheet, monkeypatch=monkeypatch)
    client.force_login(erin.person)

    changes = client.get(reverse("articles:sheet", args=[sheet.desk.slug, sheet.pk])).context["changes"]

    assert changes == [SAYS_MORE[3]]
    assert sign_off(erin, sheet, reason="With the copies.").number == 2


@pytest.mark.django_db
def test_an_edition_counts_the_origins_and_names_none(erin: Membership, sheet: ClaimSheet, approved: Claim) -> None:
    place = approved.highlights.live().get()
    origin = make_origin(by=erin, name="A call to the desk")
    actions.tracing.trace(by=erin, highlight=place, origin=origin, revision=place.revision)

    edition = sign_off(erin, sheet)

    (claim,) = json.read(edition.content).contents.claims
    assert claim.origins == "1 outlet, 1 independent origin, 1 unknown"
    assert "A call to the desk" not in edition.content
    actions.tracing.trace(by=erin, highlight=fresh(place), origin=None, revision=fresh(place).revision)
    changes = differences(json.read(edition.content).contents, contents_of(sheet))
    assert changes == [f"Claim 1, “{approved.text}”, has other origins."]


def client_of(client: Client, erin: Membership, sheet: ClaimSheet) -> str:
    client.force_login(erin.person)
    return client.get(reverse("articles:edition", args=[sheet.desk.slug, sheet.pk, 1])).text


def reviewed(claim: Claim, alice: Membership, bob: Membership) -> None:
    """A source that was edited reopens what rests on it: found and approved once more."""
    claim = fresh(claim)
    make_verdict(by=alice, claim=claim)
    claim = fresh(claim)
    actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))

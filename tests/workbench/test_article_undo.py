import json
import re
import uuid

import pytest

from articles import actions
from articles.models import AuditEvent, Claim, Highlight, Status
from tests.factories import (
    edit_claim,
    fresh,
    make_claim,
    make_evidence,
    make_highlight,
    make_passage,
    make_source,
    make_verdict,
    take_version,
)
from tests.workbench.conftest import BOATS, HTMX, TEXT

AFTER = "HX-Trigger-After-Settle"
HURT = "Three people were hurt"


@pytest.fixture
def highlight(alice, version):
    return make_highlight(by=alice, version=version, quote=BOATS)


def wanted(answer):
    return json.loads(answer.headers[AFTER])["claim:wanted"]


def blocks(answer):
    return re.findall(r'<\w+ id="(b\d+)" data-o', answer.content.decode())


def button(page, name):
    (found,) = re.findall(f'<button id="{name}-button"[^>]*>', page.content.decode())
    return found


def test_a_mark_goes_and_comes_again(send, highlight):
    answer = send("undo/", {})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert (blocks(answer), "<mark" in html) == (["b27"], False)
    assert "Undone: marked “At least 40 boats sank” as a claim." in html
    assert 'action="/d/night-desk/articles/' in html
    assert Highlight.objects.live().count() == 0

    answer = send("redo/", {})

    assert (blocks(answer), "<mark" in answer.content.decode()) == (["b27"], True)
    assert "Done again: marked “At least 40 boats sank” as a claim." in answer.content.decode()
    assert Highlight.objects.live().get() == highlight


def test_only_what_it_touches_is_swapped(send, alice, version, highlight):
    make_highlight(by=alice, version=version, quote=HURT)

    assert blocks(send("undo/", {})) == [f"b{TEXT.index('“We saw')}"]


def test_every_place_of_a_claim_whose_status_changed_is_swapped(send, alice, bob, version):
    claim = make_claim(by=bob, version=version, quote=BOATS)
    make_highlight(by=bob, version=version, quote=HURT, claim=claim)
    actions.claims.start(by=alice, claim=claim)

    answer = send("undo/", {})

    assert len(blocks(answer)) == 2
    assert answer.content.decode().count('data-status="open"') >= 2


def test_where_a_border_stood_is_swapped_too(send, alice, bob, version):
    highlight = make_highlight(by=bob, version=version, quote=BOATS)
    start, end = highlight.start, version.text.index(HURT) + len(HURT)
    told = {"start": start, "end": end, "quote": version.text[start:end]}
    actions.highlights.adjust(by=alice, highlight=highlight, revision=1, **told)

    assert len(blocks(send("undo/", {}))) == 2


def test_a_passage_is_swapped_with_its_evidence(send, alice, bob, version):
    claim = make_claim(by=bob)
    make_passage(by=alice, claim=claim, version=version, quote=HURT)

    answer = send("undo/", {})

    assert "<mark" not in answer.content.decode()
    assert blocks(answer) == [f"b{TEXT.index('“We saw')}"]


def test_the_panel_keeps_the_claim_in_hand(send, alice, version, highlight):
    other = make_claim(by=alice, version=version, quote=HURT)

    assert wanted(send("undo/", {"claim": highlight.claim_id}))["claim"] == str(highlight.claim_id)
    assert wanted(send("redo/", {"claim": other.pk}))["claim"] == str(other.pk)


def test_the_panel_goes_back_to_the_list_with_the_last_place(send, highlight):
    assert wanted(send("undo/", {"claim": highlight.claim_id}))["claim"] == ""


def test_the_buttons_say_what_comes_next(send, signed_in, url, highlight):
    page = signed_in.get(url)
    assert 'title="Undo: marked “At least 40 boats sank” as a claim"' in button(page, "undo")
    assert "disabled" in button(page, "redo")

    answer = send("undo/", {})

    assert "disabled" in button(answer, "undo")
    assert 'title="Redo: marked “At least 40 boats sank” as a claim"' in button(answer, "redo")
    assert answer.content.decode().count('<span id="turns" hx-swap-oob="true">') == 1


@pytest.mark.parametrize("target", ["panel", ""])
def test_what_the_page_asks_for_after_a_change_brings_the_buttons(target, signed_in, url, highlight):
    address = url if target else f"{url}blocks/"

    answer = signed_in.get(address, {"claim": highlight.claim_id}, headers=HTMX | {"HX-Target": target})

    assert "Undo: marked" in button(answer, "undo")


def test_an_older_version_has_no_buttons(signed_in, url, alice, version, highlight):
    take_version(version.article, TEXT.replace("40 boats", "44 boats"), by=alice)

    assert "undo-button" not in signed_in.get(f"{url}?version=1").content.decode()
    assert "undo-button" in signed_in.get(url).content.decode()


def test_a_reader_has_no_buttons(client, cast, url, highlight):
    client.force_login(cast.rita.person)

    assert "undo-button" not in client.get(url).content.decode()


def test_without_scripts_it_leads_back_to_the_text(send, signed_in, url, highlight):
    answer = send("undo/", {"claim": highlight.claim_id}, plain=True)
    assert answer.url == f"{url}#b27"
    assert "Undone: marked" in signed_in.get(answer.url).content.decode()

    assert send("redo/", {}, plain=True).url == f"{url}#b27"


def test_the_kind_of_a_block_changes_the_page(send, alice, version):
    actions.articles.retype_block(by=alice, version=version, number=1, kind="quotation")

    answer = send("undo/", {"mode": "blocks"})

    assert answer.headers["HX-Refresh"] == "true"
    assert fresh(version).kinds[1] == "paragraph"


def test_nothing_to_undo(send, version):
    for turn in ("undo", "redo"):
        answer = send(f"{turn}/", {})

        assert answer.status_code == 422
        assert answer.headers["HX-Reswap"] == "none"
        assert f"There is nothing of yours to {turn} in this article." in answer.content.decode()


def test_a_refusal_names_who_and_what_and_offers_the_one_before(send, alice, bob, version):
    make_highlight(by=alice, version=version, quote=HURT)
    claim = make_claim(by=alice, version=version, quote=BOATS)
    edit_claim(claim, by=bob, text="Forty boats sank.")

    answer = send("undo/", {})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Since then: Bob edited the claim (text)." in html
    assert "The one before: marked “Three people were hurt” as a claim." in html
    assert "Undo the one before <kbd>" in html
    (step,) = re.findall(r'name="step" value="(\d+)"', html)
    assert send("undo/", {"step": step}).status_code == 200
    assert [str(place) for place in Highlight.objects.live()] == [BOATS]


def test_a_refusal_without_scripts_is_the_page(send, version):
    answer = send("undo/", {}, plain=True)

    assert answer.status_code == 422
    assert 'class="reading"' in answer.content.decode()


def test_an_approval_does_not_come_back_and_that_is_said(send, alice, bob, cast, version):
    claim = make_claim(by=bob, status=Status.APPROVED, version=version, quote=BOATS, reviewer=cast.erin)
    edit_claim(claim, by=alice, text="Forty boats sank.")

    answer = send("undo/", {})

    assert "The approval does not come back with it" in answer.content.decode()
    assert fresh(claim).status == Status.REOPENED


@pytest.mark.parametrize("step", ["0", "x", "99999999999999999999", "7"])
def test_a_step_that_is_none(step, send, highlight):
    answer = send("undo/", {"step": step})

    assert answer.status_code == 422
    assert "no such step" in answer.content.decode()
    assert Highlight.objects.live().count() == 1


def test_a_repeated_request_is_done_once(send, alice, version, highlight):
    make_highlight(by=alice, version=version, quote=HURT)
    request_id = uuid.uuid4()

    answers = [send("undo/", {"request_id": request_id}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Highlight.objects.live().get() == highlight


@pytest.mark.parametrize("turn", ["undo", "redo"])
def test_get_is_the_wrong_method(turn, signed_in, url):
    assert signed_in.get(f"{url}{turn}/").status_code == 405


def test_evidence_withdrawn_beside_the_article_is_undone_as_a_step(signed_in, alice, bob, version, url):
    claim = make_claim(by=bob, version=version, quote=BOATS)
    evidence = make_evidence(by=bob, claim=claim)
    address = f"/d/night-desk/evidence/{evidence.pk}/withdraw/"

    html = signed_in.post(address, {"next": f"{url}?claim={claim.pk}"}, headers=HTMX).content.decode()

    ((address, step),) = re.findall(r'action="([^"]+/undo/)".*?name="step" value="(\d+)"', html, re.DOTALL)
    assert int(step) == AuditEvent.objects.get(action="evidence.withdrawn").number
    answer = signed_in.post(address, {"step": step}, headers=HTMX)
    assert answer.headers["HX-Reswap"] == "none"
    assert fresh(evidence).withdrawn_at is None


def test_a_verdict_is_taken_back_and_given_again(send, alice, bob, version):
    claim = make_claim(by=bob, version=version, quote=BOATS)
    make_evidence(by=bob, claim=claim, source=make_source(by=bob))
    make_verdict(by=alice, claim=claim)

    send("undo/", {})
    assert fresh(claim).status == Status.CHECKING
    send("redo/", {})

    assert Claim.objects.get().status == Status.IN_REVIEW
    assert fresh(claim).verdict_id == claim.verdicts.latest("id").pk

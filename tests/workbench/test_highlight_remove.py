import json
import re
import uuid

import pytest

from articles.models import Highlight, Status
from tests.factories import fresh, make_claim, make_highlight, make_passage
from tests.workbench.conftest import BOATS, HTMX

PANEL = "HX-Trigger-After-Settle"


@pytest.fixture
def highlight(alice, version):
    return make_highlight(by=alice, version=version, quote=BOATS)


@pytest.fixture
def post(signed_in):
    def send(highlight, *, plain=False, **data):
        data = {"request_id": uuid.uuid4()} | data
        return signed_in.post(f"/d/night-desk/highlights/{highlight.pk}/remove/", data, headers={} if plain else HTMX)

    return send


def test_it_goes_and_can_be_taken_back(post, signed_in, highlight):
    answer = post(highlight)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<mark" not in html
    assert Highlight.objects.live().count() == 0

    ((address, step),) = re.findall(r'action="([^"]+/undo/)".*?name="step" value="(\d+)"', html, re.DOTALL)
    html = signed_in.post(address, {"request_id": uuid.uuid4(), "step": step}, headers=HTMX).content.decode()
    assert "<mark" in html
    assert Highlight.objects.live().count() == 1


def test_the_panel_goes_back_to_the_list_with_the_last_place(post, highlight):
    assert json.loads(post(highlight).headers[PANEL])["claim:wanted"]["claim"] == ""


def test_the_claim_stays_in_hand_while_it_stands_elsewhere(post, highlight, alice, version):
    make_highlight(by=alice, version=version, quote="Three people", claim=highlight.claim)

    assert json.loads(post(highlight).headers[PANEL])["claim:wanted"]["claim"] == str(highlight.claim_id)


def test_an_approved_claim_is_reopened(post, alice, bob, version):
    claim = make_claim(by=alice, status=Status.APPROVED, version=version, quote=BOATS, reviewer=bob)

    post(claim.highlights.get())

    assert fresh(claim).status == Status.REOPENED


def test_without_scripts_it_leads_back_to_the_text(post, highlight, url):
    assert post(highlight, plain=True).url == f"{url}#b27"


def test_done_already(post, highlight):
    post(highlight)

    answer = post(highlight)

    assert answer.status_code == 422
    assert "already removed" in answer.content.decode()


def test_who_was_slower_sees_what_was_done(post, highlight):
    post(highlight)

    answer = post(highlight)

    assert "<mark" not in answer.content.decode()
    assert json.loads(answer.headers[PANEL])["claim:wanted"]["claim"] == ""


def test_a_passage_in_force_stays(post, alice, version, highlight):
    evidence = make_passage(by=alice, claim=fresh(highlight.claim), version=version, quote="Three people")

    answer = post(evidence.highlight)

    assert answer.status_code == 422
    assert "Withdraw the evidence first" in answer.content.decode()


def test_a_refusal_without_scripts_is_the_page(post, highlight):
    post(highlight)

    answer = post(highlight, plain=True)

    assert answer.status_code == 422
    assert 'class="reading"' in answer.content.decode()


def test_a_repeated_request_is_done_once(post, highlight):
    request_id = uuid.uuid4()

    answers = [post(highlight, request_id=request_id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_get_is_the_wrong_method(signed_in, highlight):
    assert signed_in.get(f"/d/night-desk/highlights/{highlight.pk}/remove/").status_code == 405

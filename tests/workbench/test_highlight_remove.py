import json
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
    def send(highlight, act="remove", *, plain=False, **data):
        data = {"request_id": uuid.uuid4()} | data
        return signed_in.post(f"/d/night-desk/highlights/{highlight.pk}/{act}/", data, headers={} if plain else HTMX)

    return send


def test_it_goes_and_can_be_taken_back(post, highlight):
    answer = post(highlight)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<mark" not in html
    assert f"/highlights/{highlight.pk}/restore/" in html
    assert Highlight.objects.live().count() == 0

    html = post(highlight, "restore").content.decode()
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
    assert post(highlight, "restore", plain=True).url == f"{url}?claim={highlight.claim_id}#b27"


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_done_already(post, highlight, act):
    if act == "remove":
        post(highlight)

    answer = post(highlight, act)

    assert answer.status_code == 422
    said = "already removed" if act == "remove" else "still there"
    assert said in answer.content.decode()


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_who_was_slower_sees_what_was_done(post, highlight, act):
    is_there = act == "restore"
    if not is_there:
        post(highlight)

    answer = post(highlight, act)

    assert ("<mark" in answer.content.decode()) is is_there
    wanted = json.loads(answer.headers[PANEL])["claim:wanted"]
    assert wanted["claim"] == (str(highlight.claim_id) if is_there else "")


def test_a_passage_in_force_stays(post, alice, version, highlight):
    evidence = make_passage(by=alice, claim=fresh(highlight.claim), version=version, quote="Three people")

    answer = post(evidence.highlight)

    assert answer.status_code == 422
    assert "Withdraw the evidence first" in answer.content.decode()


def test_a_refusal_without_scripts_is_the_page(post, highlight):
    answer = post(highlight, "restore", plain=True)

    assert answer.status_code == 422
    assert 'class="reading"' in answer.content.decode()


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_a_repeated_request_is_done_once(post, highlight, act):
    if act == "restore":
        post(highlight)
    request_id = uuid.uuid4()

    answers = [post(highlight, act, request_id=request_id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("act", ["remove", "restore"])
def test_get_is_the_wrong_method(signed_in, highlight, act):
    assert signed_in.get(f"/d/night-desk/highlights/{highlight.pk}/{act}/").status_code == 405

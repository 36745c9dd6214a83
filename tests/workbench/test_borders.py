import json
import uuid

import pytest

from articles import actions
from articles.models import Claim, Highlight, Status
from tests.factories import fresh, make_claim, make_highlight, make_passage, take_version
from tests.workbench.conftest import BOATS, HTMX, TEXT

PANEL = "HX-Trigger-After-Settle"
LONGER = f"{BOATS} in the harbour"


@pytest.fixture
def highlight(alice, version):
    return make_highlight(by=alice, version=version, quote=BOATS)


@pytest.fixture
def post(signed_in):
    def send(highlight, act, *, plain=False, **data):
        data = {"request_id": uuid.uuid4(), "revision": 1} | data
        return signed_in.post(f"/d/night-desk/highlights/{highlight.pk}/{act}/", data, headers={} if plain else HTMX)

    return send


def place(quote):
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


def told(answer):
    return json.loads(answer.headers[PANEL])


def test_only_the_blocks_touched_are_swapped(post, highlight):
    answer = post(highlight, "adjust", **place(LONGER))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("hx-swap-oob") == 1
    assert LONGER in html
    span = {"highlight": str(highlight.pk), "start": highlight.start, "end": highlight.start + len(LONGER)}
    assert told(answer)["span:adjusted"] == {"spans": [span | {"revision": 2}]}
    assert told(answer)["claim:wanted"]["keepsFocus"]


def test_a_block_that_it_left_is_swapped_as_well(post, alice, version):
    words = "sank in the harbour.\n\n“We saw the water"
    highlight = make_highlight(by=alice, version=version, quote=words)

    answer = post(highlight, "adjust", **place("sank in the harbour"))

    assert answer.content.decode().count("hx-swap-oob") == 2


def test_a_button_sends_no_words(post, highlight):
    to = f"{highlight.start}-{highlight.start + len(LONGER)}"

    post(highlight, "adjust", to=to)

    assert fresh(highlight).quote == LONGER


@pytest.mark.parametrize(
    "wrong",
    [{"to": "5-3"}, {"to": "0-99999"}, {"to": "x"}, {"to": "1-2", "revision": ""}, {"start": 1}, {"quote": " "}],
    ids=str,
)
@pytest.mark.parametrize("plain", [True, False])
def test_what_is_wrong_is_said(post, highlight, wrong, plain):
    data = wrong if "to" in wrong else place(BOATS) | wrong

    answer = post(highlight, "adjust", plain=plain, **data)

    assert answer.status_code == 422
    assert 'class="message"' in answer.content.decode() or "toast" in answer.content.decode()
    assert fresh(highlight).quote == BOATS


def test_a_border_within_a_character_is_refused(post, alice, version):
    highlight = make_highlight(by=alice, version=version, quote="Jon Ek 🌊")
    at = TEXT.index("🌊")

    assert post(highlight, "adjust", to=f"{at}-{at + 1}").status_code == 200
    answer = post(highlight, "split", revision=2, at=at + 1)
    assert answer.status_code == 422


@pytest.mark.parametrize("plain", [True, False])
def test_who_was_slower_sees_both(post, bob, highlight, plain):
    actions.highlights.adjust(by=bob, highlight=highlight, revision=1, **place("At least 40"))

    answer = post(highlight, "adjust", plain=plain, **place(LONGER))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Bob was faster" in html
    assert "Store mine instead" in html
    assert f'name="quote" value="{LONGER}"' in html
    assert 'name="revision" value="2"' in html
    assert fresh(highlight).quote == "At least 40"
    if not plain:
        assert (answer.headers["HX-Retarget"], "hx-swap-oob" in html) == ("#panel", True)


@pytest.mark.parametrize("act", ["split", "merge"])
def test_stale_splitting_and_merging(post, alice, bob, version, highlight, act):  # noqa: PLR0917  # pytest fills them in by name
    other = make_highlight(by=alice, version=version, quote="in the harbour")
    actions.highlights.adjust(by=bob, highlight=highlight, revision=1, **place("40 boats sank"))
    data = {"at": TEXT.index(" boats")} if act == "split" else {"other": other.pk}

    answer = post(highlight, act, **data)

    assert answer.status_code == 409
    assert "Bob was faster" in answer.content.decode()
    assert post(highlight, act, **(data | {"revision": 2})).status_code == 200


def test_an_older_version_is_left_as_it_stood(post, alice, version, highlight):
    take_version(version.article, f"{TEXT}\n\nIt is over.", by=alice, kinds=None)

    answer = post(highlight, "adjust", **place(LONGER))

    assert answer.status_code == 422
    assert "newer version" in answer.content.decode()


def test_one_that_was_removed_is_shown_so(post, alice, highlight):
    actions.highlights.remove(by=alice, highlight=highlight)

    answer = post(highlight, "adjust", **place(LONGER))

    assert answer.status_code == 422
    assert "removed meanwhile" in answer.content.decode()
    assert "<mark" not in answer.content.decode()


@pytest.mark.parametrize("act", ["adjust", "split", "merge"])
def test_a_repeated_request_is_done_once(post, alice, version, highlight, act):
    other = make_highlight(by=alice, version=version, quote="in the harbour")
    data = {"adjust": place(LONGER), "split": {"at": TEXT.index(" boats")}, "merge": {"other": other.pk}}[act]
    request_id = uuid.uuid4()

    answers = [post(highlight, act, request_id=request_id, **data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert fresh(highlight).revision == 2
    assert Highlight.objects.live().count() == {"adjust": 2, "split": 3, "merge": 1}[act]


def test_splitting_swaps_the_block_and_says_so(post, highlight):
    answer = post(highlight, "split", at=TEXT.index(" boats"))

    html = answer.content.decode()
    assert html.count("<mark") == 2
    assert "Split in two." in html
    assert Claim.objects.count() == 2


def test_merging_takes_the_other_claim_aside(post, alice, version, highlight):
    other = make_highlight(by=alice, version=version, quote="in the harbour")

    answer = post(highlight, "merge", other=other.pk)

    assert answer.content.decode().count("<mark") == 1
    assert Claim.objects.get(highlights=other).status == Status.SET_ASIDE


def test_merging_says_why_not(post, alice, version, highlight):
    other = make_highlight(by=alice, version=version, quote="in the harbour")
    actions.claims.start(by=alice, claim=Claim.objects.get(highlights=other))

    answer = post(highlight, "merge", other=other.pk)

    assert answer.status_code == 422
    assert "Set that claim aside first" in answer.content.decode()
    assert post(highlight, "merge", other=uuid.uuid4()).status_code == 404
    assert post(highlight, "merge", other="x").status_code == 422


def test_a_passage_keeps_the_claim_in_hand(post, alice, version):
    claim = make_claim(by=alice)
    evidence = make_passage(by=alice, claim=claim, version=version, quote=BOATS)

    answer = post(evidence.highlight, "adjust", **place(LONGER))

    assert told(answer)["claim:wanted"]["claim"] == str(claim.pk)
    assert fresh(evidence).quote == LONGER


@pytest.mark.parametrize("act", ["adjust", "split", "merge"])
def test_without_scripts_it_leads_back_to_the_borders(post, signed_in, alice, version, highlight, url, act):  # noqa: PLR0917  # pytest fills them in by name
    other = make_highlight(by=alice, version=version, quote="in the harbour")
    to = f"{highlight.start}-{highlight.end + 3}"
    sent = {"adjust": ("to", to), "split": ("at", TEXT.index(" boats")), "merge": ("other", other.pk)}
    name, value = sent[act]

    answer = post(highlight, act, plain=True, **{name: value})

    page, _, fragment = answer.url.partition("#")
    assert (page, fragment) == (f"{url}?claim={highlight.claim_id}&edit={highlight.pk}", f"borders-{highlight.pk}")
    assert f'id="{fragment}"' in signed_in.get(page).content.decode()
    opened = signed_in.get(page).content.decode().partition(f'id="{fragment}"')[2]
    assert " open>" in opened[: opened.index("<summary")]


@pytest.mark.parametrize("act", ["adjust", "split", "merge"])
def test_get_is_the_wrong_method(signed_in, highlight, act):
    assert signed_in.get(f"/d/night-desk/highlights/{highlight.pk}/{act}/").status_code == 405


def test_the_panel_offers_what_can_be_done(signed_in, alice, version, highlight, url):
    make_highlight(by=alice, version=version, quote="in the harbour")

    html = signed_in.get(f"{url}?claim={highlight.claim_id}").content.decode()

    assert f'name="to" value="{highlight.start}-{highlight.end + 3}"' in html
    assert "At least 40 | boats sank" in html
    assert "Merge with the next: <q>in the harbour</q>" in html
    assert "Merge with the one before" not in html


def test_a_reader_and_an_older_version_get_no_tools(client, rita, alice, version, highlight, url):  # noqa: PLR0917  # pytest fills them in by name
    client.force_login(rita.person)
    assert "Change the borders" not in client.get(f"{url}?claim={highlight.claim_id}").content.decode()

    take_version(version.article, f"{TEXT}\n\nIt is over.", by=alice, kinds=None)
    client.force_login(alice.person)
    page = client.get(f"{url}?claim={highlight.claim_id}&version=1").content.decode()
    assert "Change the borders" not in page
    assert "span-handles" not in page

import uuid

import pytest

from articles.models import Claim, Highlight
from tests.factories import make_version
from tests.workbench.conftest import BOATS, HTMX, span


def test_a_selection_becomes_a_claim(send, version):
    answer = send("mark/", span(version))

    highlight = Highlight.objects.get()
    assert answer.status_code == 200
    assert highlight.quote == BOATS
    assert Claim.objects.get().text == BOATS
    html = answer.content.decode()
    assert f'<mark data-status="open" data-claims="{highlight.claim_id}" data-active>' in html
    assert str(highlight.claim_id) in answer.headers["HX-Trigger-After-Settle"]


def test_only_the_blocks_it_touches_are_sent(send, version):
    html = send("mark/", span(version)).content.decode()

    assert html.count("data-o=") == 1
    assert 'id="b27" data-o="27" hx-swap-oob="true"' in html


def test_a_selection_across_blocks_sends_both(send, version):
    html = send("mark/", span(version, "in the harbour.\n\n“We saw")).content.decode()

    assert html.count("data-o=") == 2
    assert Highlight.objects.get().quote == "in the harbour.\n\n“We saw"


def test_line_breaks_come_as_forms_send_them(send, version):
    wanted = span(version, "in the harbour.\n\n“We saw")

    answer = send("mark/", wanted | {"quote": wanted["quote"].replace("\n", "\r\n")})

    assert answer.status_code == 200


def test_without_scripts_it_leads_to_the_claim_in_the_text(send, version):
    answer = send("mark/", span(version), plain=True)

    claim = Claim.objects.get()
    assert answer.status_code == 302
    assert answer.url.endswith(f"?claim={claim.pk}#b27")


def test_a_sentence_is_marked_without_its_words(send, version):
    start = version.text.index("At least")
    sentence = "At least 40 boats sank in the harbour."

    answer = send("mark/", {"version": version.pk, "sentence": f"{start}-{start + len(sentence)}", "mode": "sentences"})

    assert Highlight.objects.get().quote == sentence
    assert 'class="whole"' in answer.content.decode()


@pytest.mark.parametrize("sentence", ["", "5", "9-5", "5-5", "0-99999", "25-27", "a-b", "-1-5", "99999999999-1"])
def test_a_sentence_that_is_none(send, version, sentence):
    answer = send("mark/", {"version": version.pk, "sentence": sentence})

    assert answer.status_code == 422
    assert not Highlight.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quote": "At least 41 boats sank"}, "not the words of this version"),
        ({"start": 0, "end": 22}, "not the words of this version"),
        ({"quote": "At least"}, "not the words of this version"),
        ({"quote": "  ", "start": 25, "end": 27}, "Nothing was selected"),
        ({"start": 2**40, "end": 2**40 + 22}, "less than or equal"),
        ({"start": -1}, "greater than or equal"),
        ({"quote": "At least 40 bo\x00ts sank"}, "cannot be shown"),
        ({"version": ""}, "required"),
    ],
)
def test_what_is_not_the_text_is_refused(send, version, wrong, said):
    answer = send("mark/", span(version) | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.headers["HX-Reswap"] == "none"
    assert not Highlight.objects.exists()


def test_a_refusal_without_scripts_is_the_page_with_the_sentence(send, version):
    answer = send("mark/", span(version, quote=BOATS) | {"quote": "At least 41 boats sank"}, plain=True)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "not the words of this version" in html
    assert 'class="reading"' in html


def test_another_version_than_the_newest_is_a_conflict(send, version):
    answer = send("mark/", span(version) | {"version": uuid.uuid4()})

    assert answer.status_code == 409
    assert "newer version" in answer.content.decode()


def test_a_repeated_request_marks_once_and_gets_the_same_answer(send, version):
    wanted = span(version, request_id=uuid.uuid4())

    first, second = send("mark/", wanted), send("mark/", wanted)

    assert Highlight.objects.count() == 1
    assert first.content == second.content


def test_words_marked_twice_are_two_claims(send, version):
    send("mark/", span(version))
    html = send("mark/", span(version)).content.decode()

    assert Claim.objects.count() == 2
    assert 'data-overlap="2"' in html


def test_code_points_and_not_utf_16(send, version):
    answer = send("mark/", span(version, "🌊. Three people"))

    assert answer.status_code == 200


def test_what_is_selected_is_never_markup(signed_in, alice):
    other = make_version(by=alice, text="Head\n\nThe <b>mayor</b> & the storm")
    url = f"/d/night-desk/articles/{other.article_id}/mark/"

    answer = signed_in.post(url, span(other, "<b>mayor</b> &"), headers=HTMX)

    assert "&lt;b&gt;mayor&lt;/b&gt; &amp;</mark>" in answer.content.decode()
    assert Highlight.objects.get().quote == "<b>mayor</b> &"


def test_get_is_the_wrong_method(signed_in, url):
    assert signed_in.get(f"{url}mark/").status_code == 405

import json
import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

pytestmark = pytest.mark.usefixtures("without_database")


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/")


def test_the_place_one_is_in_is_named(client: Client) -> None:
    html = client.get("/d/foreign/articles/").text

    assert re.findall(r'<a href="([^"]+)" aria-current="page"', html) == ["/d/foreign/articles/"]


def test_a_page_inside_a_place_names_it_too(client: Client) -> None:
    html = client.get("/d/foreign/articles/7/").text

    assert re.findall(r'<a href="([^"]+)" aria-current="true"', html) == ["/d/foreign/articles/"]


def test_what_waits_for_review_is_counted(client: Client) -> None:
    assert "Review <b>3</b>" in client.get("/d/foreign/").text


def test_htmx_runs_no_strings_and_swaps_refusals(client: Client) -> None:
    found = re.search(r'name="htmx-config" content=\'(.*?)\'', client.get("/").text, re.DOTALL)
    config = json.loads(unescape(found[1] if found else ""))

    assert config["allowEval"] is False
    assert config["historyCacheSize"] == 0
    assert {"code": "409|422", "swap": True} in config["responseHandling"]


@pytest.mark.parametrize("name", ["404.html", "403.html", "400.html", "429.html"])
def test_a_refusal_needs_no_desk(request_: HttpRequest, name: str) -> None:
    html = render_to_string(name, {}, request_)

    assert 'href="/">Go to your desk' in html
    assert "<nav" not in html


@pytest.mark.parametrize("name", ["500.html", "403_csrf.html"])
def test_a_broken_page_needs_no_context(name: str) -> None:
    assert "<h1>" in render_to_string(name)


def test_a_message_that_can_be_undone_carries_a_form(request_: HttpRequest) -> None:
    removed = Message(constants.SUCCESS, "Highlight removed.", extra_tags="undo:/restore/?revision=4")
    html = render_to_string("components/messages.html", {"messages": [removed]}, request_)

    assert '<form method="post" action="/restore/"' in html
    assert '<input type="hidden" name="revision" value="4">' in html


def test_a_message_reaches_a_page_that_is_already_open(request_: HttpRequest) -> None:
    saved = Message(constants.SUCCESS, "Saved.")
    html = render_to_string("components/messages.html#oob", {"messages": [saved]}, request_)

    assert html.strip().startswith('<div hx-swap-oob="afterbegin:#messages">')
    assert "Saved." in html


def test_a_conflict_shows_both_texts_and_sends_the_stored_revision(request_: HttpRequest) -> None:
    conflict = SimpleNamespace(
        by="Bob", at=None, revision=5, action="/edit/", theirs_url="/claim/", fields=[("text", "Claim", "my", "their")]
    )
    html = render_to_string("components/conflict.html", {"conflict": conflict}, request_)

    assert '<input type="hidden" name="revision" value="5">' in html
    assert '<span class="differs">their</span>' in html
    assert '<textarea name="text" aria-label="Claim" rows="3">my</textarea>' in html


def test_what_a_person_wrote_is_text() -> None:
    html = Template('{% include "components/empty.html" with title=title %}').render(Context({"title": "<b>"}))

    assert "&lt;b&gt;" in html

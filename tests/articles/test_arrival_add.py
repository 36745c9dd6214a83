"""The reviewer agrees, and exactly what was shown is stored."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from articles import actions
from articles.intake.draft import Link, Page
from articles.models import Arrival, Article, ArticleVersion, AuditEvent, Desk, Membership, Original, Outlet, Story
from tests.articles.pages import STORM, page_of, sent
from tests.factories import fresh, make_arrival, make_article, make_story

KINDS = ["furniture", "headline", "byline", "dateline", "paragraph", "paragraph", "furniture"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def arrival(alice: Membership) -> Arrival:
    links, pages = (Link(22, 27, "https://orm.example/"),), (Page(0, "A1"),)
    return make_arrival(by=alice, text=STORM, kinds=KINDS, links=links, pages=pages)


def typed(browser: Client, arrival: Arrival, **values: Any) -> dict[str, Any]:
    """What the form of the preview sends, with what is typed into it."""
    fields = sent(browser.get(page_of("arrival", arrival)).text)
    said = {name: fields[name][0] for name in ("revision", "headline", "outlet", "byline", "published", "updated")}
    said |= {name: fields[name][0] for name in ("language", "direction", "url", "story")}
    return said | {"headline": "Storm over Orm", "outlet": "The Mail", "request_id": str(uuid4())} | values


def test_a_preview_becomes_an_article(browser_of_alice: Client, arrival: Arrival, alice: Membership) -> None:
    told = {
        "byline": "Ida Falk",
        "published": "5 June 2013",
        "updated": "2013-06",
        "language": "en",
        "direction": "ltr",
    }

    answer = browser_of_alice.post(page_of("arrival-add", arrival), typed(browser_of_alice, arrival, **told))

    article, version = Article.objects.get(), ArticleVersion.objects.get()
    assert answer["Location"] == page_of("workbench", article)
    assert (article.headline, str(article.outlet), article.byline) == ("Storm over Orm", "The Mail", "Ida Falk")
    assert (article.published, article.updated, article.language) == ("2013-06-05", "2013-06", "en")
    assert (version.text, version.kinds, version.direction, version.method) == (STORM, KINDS, "ltr", "upload")
    assert (version.links, version.pages) == ([[22, 27, "https://orm.example/"]], [[0, "A1"]])
    assert version.original == arrival.original
    assert (fresh(arrival).state, fresh(arrival).version) == ("added", version)
    assert article.added_by == alice.person


def test_what_was_corrected_is_what_is_stored(browser_of_alice: Client, arrival: Arrival, alice: Membership) -> None:
    at = STORM.index("At least")
    actions.arrivals.merge(by=alice, arrival=arrival, revision=2, at=at)
    actions.arrivals.split(by=alice, arrival=arrival, revision=3, at=22, offset=6)
    actions.arrivals.retype(by=alice, arrival=arrival, revision=4, at=0, kind="paragraph")

    browser_of_alice.post(page_of("arrival-add", arrival), typed(browser_of_alice, arrival))

    version = ArticleVersion.objects.get()
    assert version.text == STORM.replace("said.\n\nAt", "said. At").replace("Storm closes", "Storm\n\ncloses")
    assert version.kinds == ["paragraph", "headline", "paragraph", "byline", "dateline", "paragraph", "furniture"]
    assert "1 block was split by hand; the white space there became a blank line." in version.report
    assert bytes(version.original.content) == STORM.encode()


def test_a_new_title_opens_a_story_and_a_known_one_is_found(
    browser_of_alice: Client, alice: Membership, arrival: Arrival
) -> None:
    story = make_story(by=alice, title="The storm of June")
    other = make_arrival(by=alice, text="Another\n\nIt came.")

    browser_of_alice.post(page_of("arrival-add", arrival), typed(browser_of_alice, arrival, story="the STORM of June"))
    browser_of_alice.post(page_of("arrival-add", other), typed(browser_of_alice, other, story="  A new   story "))

    assert Article.objects.order_by("id")[0].story == story
    assert Article.objects.order_by("id")[1].story == Story.objects.get(title="A new story")


def test_errors_stand_beside_their_fields_and_everything_typed_stays(
    browser_of_alice: Client, arrival: Arrival
) -> None:
    wrong = {"headline": "", "published": "31 June 2013", "url": "not an address", "byline": "Typed name"}

    page = browser_of_alice.post(page_of("arrival-add", arrival), typed(browser_of_alice, arrival, **wrong))

    assert page.status_code == 422
    assert "Give the article a headline." in page.text
    assert "Write the date as 2013, 2013-06 or 5 June 2013." in page.text
    assert "Write a web address" in page.text
    assert sent(page.text)["byline"] == ["Typed name"]
    assert sent(page.text)["published"] == ["31 June 2013"]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("typed_date", "kept"),
    [("5 June 2013", "2013-06-05"), ("June 2013", "2013-06"), ("2013", "2013"), ("", "")],
)
def test_a_date_is_kept_as_far_as_it_is_known(
    browser_of_alice: Client, arrival: Arrival, typed_date: str, kept: str
) -> None:
    browser_of_alice.post(
        page_of("arrival-add", arrival), typed(browser_of_alice, arrival, published=typed_date, updated=typed_date)
    )

    article = Article.objects.get()
    assert (article.published, article.updated) == (kept, kept)


def test_htmx_gets_the_form_or_goes_on(browser_of_alice: Client, arrival: Arrival) -> None:
    page = page_of("arrival-add", arrival)
    wrong = browser_of_alice.post(page, typed(browser_of_alice, arrival, outlet=""), headers=HTMX)
    right = browser_of_alice.post(page, typed(browser_of_alice, arrival), headers=HTMX)

    assert wrong.status_code == 422
    assert wrong.text.lstrip().startswith('<form class="form details" id="details"')
    assert right["HX-Redirect"] == page_of("workbench", Article.objects.get())


def test_while_others_wait_it_leads_back_to_them(browser_of_alice: Client, alice: Membership, desk: Desk) -> None:
    batch = uuid4()
    first, second = (make_arrival(by=alice, text=f"Report {n}\n\nIt came.", batch=batch) for n in (1, 2))

    one = browser_of_alice.post(page_of("arrival-add", first), typed(browser_of_alice, first), follow=True)
    two = browser_of_alice.post(page_of("arrival-add", second), typed(browser_of_alice, second))

    assert f"?batch={batch}" in one.redirect_chain[0][0]
    assert "Added Storm over Orm." in one.text
    assert two["Location"] == page_of("workbench", Article.objects.order_by("-id")[0])


def test_the_same_article_is_not_added_again(browser_of_alice: Client, arrival: Arrival, alice: Membership) -> None:
    known = make_article(by=alice, text=STORM, kinds=KINDS, outlet="The Mail")

    page = browser_of_alice.post(page_of("arrival-add", arrival), typed(browser_of_alice, arrival))

    assert page.status_code == 409
    assert page_of("workbench", known) in page.text
    assert "This article is on the desk" in page.text
    assert Article.objects.count() == 1
    assert fresh(arrival).state == "waiting"


def test_the_same_bytes_are_not_added_again(browser_of_alice: Client, alice: Membership) -> None:
    first, again = (make_arrival(by=alice, text=STORM, kinds=KINDS) for _ in range(2))
    browser_of_alice.post(page_of("arrival-add", first), typed(browser_of_alice, first))
    actions.arrivals.merge(by=alice, arrival=again, revision=2, at=STORM.index("At least"))

    page = browser_of_alice.post(page_of("arrival-add", again), typed(browser_of_alice, again))

    assert page.status_code == 409
    assert Original.objects.count() == Article.objects.count() == 1


@pytest.mark.parametrize(
    ("known", "told", "is_new"),
    [
        ({"outlet": "The Mail"}, {"outlet": "the  MAIL"}, False),
        ({"outlet": "The Mail"}, {"outlet": "The Post"}, True),
        ({"outlet": "The Mail", "url": "https://orm.example/1"}, {"url": "http://orm.example/1/"}, False),
        ({"outlet": "The Mail", "url": "https://orm.example/1"}, {"url": "https://orm.example/2"}, True),
        ({"outlet": "The Post", "url": "https://orm.example/1"}, {"url": "https://orm.example/1"}, False),
        ({"outlet": "The Mail", "url": "https://orm.example/1"}, {}, False),
    ],
)
def test_outlet_and_address_tell_a_copy_from_the_same_article(
    browser_of_alice: Client,
    arrival: Arrival,
    known: dict[str, Any],
    told: dict[str, str],
    is_new: bool,
) -> None:
    alice = Membership.objects.get(person=arrival.arrived_by)
    make_article(by=alice, text=STORM, kinds=KINDS, **known)

    browser_of_alice.post(page_of("arrival-add", arrival), typed(browser_of_alice, arrival, **told))

    assert Article.objects.count() == (2 if is_new else 1)


def test_someone_who_was_slower_sees_both_texts(browser_of_alice: Client, arrival: Arrival, bob: Membership) -> None:
    slow = typed(browser_of_alice, arrival, headline="Alice's words")
    actions.arrivals.describe(by=bob, arrival=arrival, revision=2, details={"headline": "Bob's words"})

    page = browser_of_alice.post(page_of("arrival-add", arrival), slow)

    assert page.status_code == 409
    assert "Bob was faster" in page.text
    assert "Bob&#x27;s" in page.text
    assert "Alice&#x27;s" in page.text
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_a_repeated_request_adds_once(browser_of_alice: Client, arrival: Arrival) -> None:
    form = typed(browser_of_alice, arrival, story="A new story")

    answers = [browser_of_alice.post(page_of("arrival-add", arrival), form) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Article.objects.count() == Story.objects.count() == 1
    assert AuditEvent.objects.filter(action="arrival.added").count() == 1


# What is typed is kept before it is added


def test_what_is_typed_is_kept_as_it_is_typed(browser_of_alice: Client, arrival: Arrival) -> None:
    form = typed(browser_of_alice, arrival, published="31 June 2013", byline="Typed")

    answer = browser_of_alice.post(page_of("arrival-describe", arrival), form, headers=HTMX)

    assert answer["HX-Reswap"] == "none"
    assert 'value="3" class="revision"' in answer.text
    assert fresh(arrival).details["published"] == "31 June 2013"
    fields = sent(browser_of_alice.get(page_of("arrival", arrival)).text)
    assert (fields["published"], fields["byline"]) == (["31 June 2013"], ["Typed"])


def test_what_equals_the_guess_is_not_kept_as_written(browser_of_alice: Client, desk: Desk) -> None:
    answer = browser_of_alice.post(f"/d/{desk.slug}/articles/add/", {"text": STORM})
    arrival = Arrival.objects.get()
    guessed = {"headline": "Storm closes the harbour of Orm", "outlet": "Orm Valley Courier"}

    browser_of_alice.post(
        answer["Location"] + "describe/", typed(browser_of_alice, arrival, **guessed, byline="Jon Ek")
    )

    assert fresh(arrival).details == {"byline": "Jon Ek"}


def test_a_colleague_who_wrote_meanwhile_is_not_overwritten(
    browser_of_alice: Client, arrival: Arrival, bob: Membership
) -> None:
    slow = typed(browser_of_alice, arrival, headline="Mine")
    actions.arrivals.describe(by=bob, arrival=arrival, revision=2, details={"headline": "Theirs"})

    answer = browser_of_alice.post(page_of("arrival-describe", arrival), slow, headers=HTMX)
    again = sent(f'<main id="main">{answer.text}</main>') | {"headline": "Mine"}
    browser_of_alice.post(page_of("arrival-describe", arrival), again)

    assert answer.status_code == 409
    assert "Bob was faster" in answer.text
    assert fresh(arrival).details["headline"] == "Mine"

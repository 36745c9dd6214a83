import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import actions
from articles.models import Status
from articles.queries.work import SHOWN
from tests.factories import fresh, make_article, make_claim, make_highlight

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_desk(client, desk):
    def get(member):
        client.force_login(member.person)
        return client.get(reverse("articles:desk", args=[desk.slug]))

    return get


def section(response, name):
    return next(one for one in response.context["sections"] if one.name == name).claims.rows


def test_whose_turn_it_is(open_desk, alice, bob, version):
    returned = make_claim(by=alice, status=Status.RETURNED, version=version, reviewer=bob)
    reopened = make_claim(by=alice, status=Status.REOPENED, version=version, reviewer=bob)
    checking = make_claim(by=alice, status=Status.CHECKING, version=version)
    handed_on = make_claim(by=alice, status=Status.IN_REVIEW, version=version)
    theirs = make_claim(by=bob, status=Status.IN_REVIEW, version=version)
    make_claim(by=bob, status=Status.CHECKING, version=version)

    response = open_desk(alice)

    assert section(response, "returned") == [returned]
    assert section(response, "reopened") == [reopened]
    assert section(response, "check") == [checking]
    assert section(response, "waiting") == [handed_on]
    assert section(response, "review") == [theirs]
    assert reverse("articles:review", args=[alice.desk.slug, theirs.pk]) in response.content.decode()


def test_a_long_list_says_how_long_and_leads_to_all_of_it(open_desk, alice, version):
    for _ in range(SHOWN + 1):
        make_claim(by=alice, status=Status.CHECKING, version=version)

    page = open_desk(alice).content.decode()

    assert f'Yours to check <span class="count">{SHOWN + 1}</span>' in page
    assert f'href="{reverse("articles:work-list", args=[alice.desk.slug, "check"])}"' in page
    assert reverse("articles:work-list", args=[alice.desk.slug, "review"]) not in page


def test_articles_are_in_progress_until_every_claim_is_settled(open_desk, alice, bob):
    done, begun, new = (make_article(by=alice) for _ in range(3))
    make_claim(by=alice, status=Status.APPROVED, version=done.versions.get(), reviewer=bob)
    make_claim(by=alice, version=begun.versions.get())

    found = open_desk(alice).context["articles"]

    assert [(row.article, dict(row.counts)) for row in found] == [(new, {}), (begun, {"open": 1})]


def test_what_happened_is_told_by_what_it_happened_to(open_desk, alice, bob, version):
    claim = make_claim(by=alice, status=Status.IN_REVIEW, version=version)
    actions.verdicts.approve(by=bob, claim=claim, digest=actions.verdicts.digest_of(claim))

    happening = open_desk(alice).context["happenings"][0]

    assert (happening.about.kind, happening.about.id) == ("claim", claim.pk)
    assert [line.sentence for line in happening.lines][:2] == [
        "Bob approved the verdict Supported.",
        "Alice gave the verdict Supported.",
    ]


def test_a_new_desk_teaches_the_next_step(open_desk, alice):
    page = open_desk(alice).content.decode()

    assert "No article is in progress" in page
    assert reverse("articles:article-add", args=[alice.desk.slug]) in page


def test_a_new_desk_shows_that_step_alone(open_desk, alice):
    page = open_desk(alice).content.decode()

    assert "Waiting for your review" not in page
    assert "Yours to check" not in page


def test_a_reader_is_not_asked_to_review_or_to_check(open_desk, alice, rita, version):
    make_claim(by=alice, status=Status.IN_REVIEW, version=version)

    page = open_desk(rita).content.decode()

    assert "Waiting for a second person" in page
    assert "Waiting for your review" not in page
    assert "Yours to check" not in page
    assert "Review</a>" in page  # without the number of what waits for her


def test_every_list_of_the_desk_is_in_the_header(open_desk, alice):
    page = open_desk(alice).content.decode()

    for name in ("article-list", "claim-list", "story-list", "review-queue", "sheet-list"):
        assert f'href="{reverse(f"articles:{name}", args=[alice.desk.slug])}"' in page


def test_a_reader_is_not_asked_to_add(open_desk, rita):
    assert reverse("articles:article-add", args=[rita.desk.slug]) not in open_desk(rita).content.decode()


def test_more_rows_cost_no_more_queries(open_desk, alice, bob, version):
    def fill(number):
        for _ in range(number):
            other = make_article(by=alice).versions.get()
            claim = make_claim(by=bob, status=Status.IN_REVIEW, version=other)
            make_highlight(by=alice, version=version, claim=fresh(claim))
            make_claim(by=alice, status=Status.RETURNED, version=other, reviewer=bob)

    fill(2)
    open_desk(alice)
    with CaptureQueriesContext(connection) as few:
        open_desk(alice)
    fill(10)
    with CaptureQueriesContext(connection) as many:
        open_desk(alice)

    assert len(many) == len(few)

"""All that happened on the desk on one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.apps import apps
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import AuditEvent, DeskRow, Membership
from articles.queries import record
from articles.queries.record import ABOUT, Acts, Wanted
from articles.seed.fill import fill
from tests.factories import (
    edit_claim,
    make_blind,
    make_claim,
    make_evidence,
    make_passage,
    make_person,
    make_source,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import Desk

WITHOUT_EVENTS = {"auditevent", "notice", "queryanswer", "rating", "sheetfile"}
"""What is told of with another row, or not at all."""


def address(desk: Desk) -> str:
    return reverse("articles:desk-day", args=[desk.slug])


def numbers(day: record.Day) -> list[int]:
    return [line.number for happening in day.happenings for line in happening.lines]


def sentences(client: Client, desk: Desk, **asked: str) -> list[str]:
    happenings = client.get(address(desk), asked).context["day"].happenings
    return [line.sentence for happening in happenings for line in happening.lines]


def move(desk: Desk, days: Mapping[int, str]) -> None:
    """Have events come about at other times; what the database lets nobody do is done by its owner."""
    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        owner.execute("ALTER TABLE articles_auditevent DISABLE TRIGGER USER")
        for number, at in days.items():
            where = "WHERE desk_id = %s AND number = %s"
            owner.execute(f"UPDATE articles_auditevent SET at = %s {where}", [at, desk.pk, number])
        owner.execute("ALTER TABLE articles_auditevent ENABLE TRIGGER USER")


def test_it_works(browser_of_rita: Client, desk: Desk, alice: Membership, bob: Membership) -> None:
    claim = edit_claim(make_claim(by=alice), by=bob, text="Four people were hurt.")

    answer = browser_of_rita.get(address(desk))

    assert answer.context["day"].on == timezone.localdate()
    assert f'value="{timezone.localdate().isoformat()}"' in answer.text
    happening = answer.context["day"].happenings[0]
    assert (happening.about.kind, happening.about.id) == ("claim", claim.pk)
    assert [line.sentence for line in happening.lines] == [
        "Bob edited the claim.",
        "Alice made the claim “three people were hurt”.",
        "Alice marked “three people were hurt” as a claim.",
    ]
    assert "<del>three</del>" in answer.text
    assert "<ins>Four</ins>" in answer.text


def test_every_event_of_the_desk_is_told(browser_of_alice: Client, desk: Desk, alice: Membership) -> None:
    make_evidence(by=alice, claim=make_claim(by=alice))

    told = numbers(browser_of_alice.get(address(desk)).context["day"])

    assert told == [*AuditEvent.objects.filter(desk=desk).order_by("-number").values_list("number", flat=True)]


@pytest.mark.parametrize("acts", Acts)
def test_it_is_narrowed_to_one_kind_of_act(
    acts: Acts, browser_of_alice: Client, desk: Desk, alice: Membership, bob: Membership
) -> None:
    make_evidence(by=bob, claim=make_claim(by=alice))
    make_blind(by=alice)

    told = numbers(browser_of_alice.get(address(desk), {"acts": acts}).context["day"])

    kinds = [kind for kind, about in ABOUT.items() if about is acts]
    events = AuditEvent.objects.filter(desk=desk, subject_kind__in=kinds).order_by("-number")
    assert told == [*events.values_list("number", flat=True)]


def test_it_is_narrowed_to_one_person(browser_of_alice: Client, desk: Desk, alice: Membership, bob: Membership) -> None:
    claim = make_claim(by=alice)
    make_evidence(by=bob, claim=claim)
    make_source(by=bob, title="Log of the harbour")

    by_bob = sentences(browser_of_alice, desk, person=str(bob.person_id))
    sources = sentences(browser_of_alice, desk, person=str(bob.person_id), acts="evidence")

    assert by_bob[0] == "Bob added the source Log of the harbour."
    assert all("Alice" not in sentence for sentence in by_bob)
    assert "The claim is being checked." in by_bob
    assert "The claim is being checked." not in sources
    assert sources[0] == by_bob[0]


def test_it_is_narrowed_to_what_nobody_did(browser_of_alice: Client, desk: Desk, alice: Membership) -> None:
    make_claim(by=alice)

    told = sentences(browser_of_alice, desk, person="nobody")

    assert told[-1].startswith("The rating scale")
    assert not any("Alice" in sentence and "marked" in sentence for sentence in told)


@pytest.mark.parametrize("asked", [{"person": "x"}, {"acts": "x"}, {"before": "x"}, {"before": "9" * 40}])
def test_what_is_not_known_asks_for_all(
    asked: dict[str, str], browser_of_alice: Client, desk: Desk, alice: Membership
) -> None:
    make_claim(by=alice)

    assert sentences(browser_of_alice, desk, **asked) == sentences(browser_of_alice, desk)


@pytest.mark.parametrize(
    ("on", "words"),
    [("5.6.2013", "Write the day as 2026-03-05."), ("0001-01-01", "Choose a day between 1900 and 2999.")],
)
def test_a_day_that_is_none_is_said(on: str, words: str, browser_of_alice: Client, desk: Desk) -> None:
    answer = browser_of_alice.get(address(desk), {"on": on})

    assert answer.status_code == 200
    assert words in answer.text
    assert f'value="{on}"' in answer.text


def test_a_day_without_events_leads_to_those_with_some(browser_of_alice: Client, desk: Desk) -> None:
    on = timezone.localdate() + timedelta(days=40)

    answer = browser_of_alice.get(address(desk), {"on": on.isoformat()})

    assert "Nothing happened on this day." in answer.text
    assert (answer.context["day"].earlier, answer.context["day"].later) == (timezone.localdate(), None)


def test_the_rest_of_a_day_is_on_the_next_page(
    browser_of_alice: Client, desk: Desk, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record.day_of, "__kwdefaults__", {"before": None, "size": 4})
    for _ in range(3):
        make_claim(by=alice)

    found, path = [], "?acts=claims"
    while path:
        answer = browser_of_alice.get(f"{address(desk)}{path}")
        found += numbers(answer.context["day"])
        path = answer.context["next"]

    assert len(found) == 6
    assert found == sorted(found, reverse=True)
    assert "Back to the end of the day" in answer.text


def test_what_was_found_blind_is_not_told(browser_of_bob: Client, desk: Desk, alice: Membership) -> None:
    make_blind(by=alice)

    told = sentences(browser_of_bob, desk)

    assert "Alice gave a verdict, which is read after a second finding." in told
    assert not any("Supported" in sentence for sentence in told)


def test_a_passage_leads_to_its_article(browser_of_bob: Client, desk: Desk, alice: Membership) -> None:
    passage = make_passage(by=alice, claim=make_claim(by=alice)).highlight
    assert passage

    happenings = browser_of_bob.get(address(desk), {"acts": "claims"}).context["day"].happenings

    assert ("article", passage.version.article_id) in [one.about[:2] for one in happenings]


def test_every_kind_of_row_is_an_act_about_something() -> None:
    rows = {
        model._meta.model_name for model in apps.get_app_config("articles").get_models() if issubclass(model, DeskRow)
    }

    assert rows == set(ABOUT) | WITHOUT_EVENTS


def test_post_is_the_wrong_method(browser_of_alice: Client, desk: Desk) -> None:
    assert browser_of_alice.post(address(desk)).status_code == 405


def test_the_desk_and_its_news_lead_there(browser_of_alice: Client, desk: Desk) -> None:
    for page in (desk.get_absolute_url(), reverse("articles:desk-news", args=[desk.slug])):
        assert f'href="{address(desk)}"' in browser_of_alice.get(page).text


def test_more_events_cost_no_more_queries(
    browser_of_alice: Client, desk: Desk, alice: Membership, bob: Membership
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser_of_alice.get(address(desk))
        return len(captured)

    make_evidence(by=bob, claim=make_claim(by=alice))
    queries()
    few = queries()
    for _ in range(10):
        make_evidence(by=bob, claim=make_claim(by=alice))

    assert queries() == few


@pytest.mark.django_db(transaction=True)
def test_days_hold_every_event_once_in_the_time_of_the_site(desk: Desk, alice: Membership) -> None:
    for _ in range(4):
        make_claim(by=alice)
    top = numbers(record.day_of(desk, None, Wanted()))[0]
    late = {
        top - 4: "2026-03-02T22:59:59Z",  # just before midnight in Berlin
        top - 3: "2026-03-02T23:00:01Z",
        top - 2: "2026-03-02T22:59:58Z",  # a clock was put back
        top - 1: "2026-03-07T12:00:00Z",
        top: "2026-03-07T12:00:00Z",
    }
    move(desk, dict.fromkeys(range(1, top - 4), "2026-03-01T12:00:00Z") | late)
    with timezone.override("Europe/Berlin"):
        days = [record.day_of(desk, None, Wanted())]
        while days[-1].earlier:
            days.append(record.day_of(desk, days[-1].earlier, Wanted()))
        quiet = record.day_of(desk, date(2026, 3, 5), Wanted())

    assert [day.on for day in days] == [date(2026, 3, 7), date(2026, 3, 3), date(2026, 3, 2), date(2026, 3, 1)]
    assert [numbers(day) for day in days] == [
        [top, top - 1],
        [top - 3],
        [top - 4, top - 2],
        [*range(top - 5, 0, -1)],
    ]
    assert [day.later for day in days] == [None, date(2026, 3, 7), date(2026, 3, 3), date(2026, 3, 2)]
    assert (quiet.happenings, quiet.earlier, quiet.later) == ([], date(2026, 3, 3), date(2026, 3, 7))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_is_read_by_its_indexes() -> None:
    desk = fill(name="Seeded", slug="seeded", administrator=make_person("erin"), size=4_000, seed=1)
    ada = Membership.objects.get(desk=desk, person__name="Ada")
    hers = Wanted(by=ada.person_id)
    for wanted in (Wanted(), hers, Wanted(acts=Acts.CLAIMS), replace(hers, acts=Acts.EVIDENCE)):
        with CaptureQueriesContext(connection) as captured:
            first = record.day_of(desk, None, wanted)
            assert numbers(first)
            record.day_of(desk, first.on, wanted, before=first.older)
        for sql in (query["sql"] for query in captured if "articles_auditevent" in query["sql"]):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}")
                plan = "\n".join(line for (line,) in cursor.fetchall())
            scans = [line for line in plan.splitlines() if "Scan" in line]
            assert all("Index Scan" in line or "Subquery Scan" in line for line in scans), plan
            assert "Incremental Sort" not in plan, plan

"""People at the same moment, on the site with two workers: who saves, who is told, and that nothing happens twice."""

from __future__ import annotations

import html
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.urls import reverse

from articles import actions, history
from articles.models import AuditEvent, Claim, Decision, Evidence, Review, Status
from factcheck import web
from tests.claims.asking import address, worded
from tests.factories import fresh, make_claim, make_desk, make_member, make_version
from tests.performance.harness import at_least, at_most
from tests.performance.served import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from articles.models import ArticleVersion, Membership
    from tests.factories import Cast
    from tests.performance.harness import Bench, Figure

ROUNDS = 100
RACES = 50
AT_ONCE = 20
WORKERS = 2
TAG = re.compile(r"</?(?:ins|del|mark|b|span)\b[^>]*>")
TIMEOUT = 30
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str

    def holds(self, words: str) -> bool:
        """In one piece or with the differences of two texts marked in it."""
        return words in html.unescape(TAG.sub("", self.text))


@dataclass(frozen=True, slots=True)
class Hand:
    """A signed-in person's browser, as far as a form that htmx sends needs one."""

    site: str
    cookies: str
    token: str

    def post(self, path: str, values: dict[str, Any]) -> Answer:
        headers = {"Cookie": self.cookies, "X-CSRFToken": self.token, "HX-Request": "true", "HX-Target": "claim-panel"}
        asked = Request(self.site + path, urlencode(values).encode(), headers)  # our own site
        try:
            with urlopen(asked, timeout=TIMEOUT) as answer:  # likewise
                return Answer(answer.status, answer.read().decode())
        except HTTPError as error:
            return Answer(error.code, error.read().decode())


def run(bench: Bench) -> Iterator[Figure]:
    cast = make_desk()
    # Each 409 is a warning in the log of the site.
    os.environ["FACTCHECK_LOG_LEVEL"] = "ERROR"
    place = web.Address("127.0.0.1", free_port())
    with web.serving(place, WORKERS):
        site = place.url.rstrip("/")
        alice, bob = _hand(bench, site, cast.alice), _hand(bench, site, cast.bob)
        yield _failures("two save one claim: not one 200 and one 409 with both texts", _saves(cast, alice, bob))
        reviewers = [make_member(f"reviewer-{number}", by=cast.erin) for number in range(AT_ONCE)]
        hands = [_hand(bench, site, member) for member in reviewers]
        yield _failures(f"{AT_ONCE} review one verdict: reviews but for one", _reviews(cast, hands))
        version = make_version(by=cast.alice)
        races = _races(cast, version, alice, bob)
        yield _failures("a review races with an edit: approvals of words nobody saw", races)
        yield at_least("rounds of these in which the review was the first", [_approvals(version)], bar=1, unit="")
        yield _failures(f"{AT_ONCE} times the same request: effects, or answers, but for one", _replays(cast, alice))
    history.verify(cast.desk)


def _failures(name: str, outcomes: Sequence[int]) -> Figure:
    """What is too few counts like what is too many: nothing may come to nothing by being added up."""
    return at_most(name, [sum(map(abs, outcomes))], bar=0, unit=f"in {len(outcomes)}")


def _saves(cast: Cast, alice: Hand, bob: Hand) -> list[int]:
    claim = make_claim(by=cast.alice)
    return [_save(claim, number, alice, bob) for number in range(ROUNDS)]


def _save(claim: Claim, number: int, alice: Hand, bob: Hand) -> int:
    """0 where the first is saved, the second is told, and the words of both are on the second's screen."""
    texts = [f"Alice counted {number} boats.", f"Bob counted {number} ships."]
    sent = [worded(claim, text=text, request_id=uuid4()) for text in texts]
    where = address("claim-edit", claim)
    answers = _together([partial(hand.post, where, form) for hand, form in zip((alice, bob), sent, strict=True)])
    if sorted(answer.status for answer in answers) != [200, 409]:
        return 1
    loser = next(answer for answer in answers if answer.status == 409)
    winner = texts[1 - answers.index(loser)]
    return int(fresh(claim).text != winner or not all(loser.holds(text) for text in texts))


def _reviews(cast: Cast, hands: Sequence[Hand]) -> list[int]:
    claim = make_claim(by=cast.alice, status=Status.IN_REVIEW)
    seen = _seen(claim)
    where = address("review-approve", claim)
    answers = _together([partial(hand.post, where, seen | {"request_id": uuid4()}) for hand in hands])
    told = [answer for answer in answers if answer.status in (409, 422)]
    return [Review.objects.filter(verdict__claim=claim).count() - 1, len(hands) - 1 - len(told)]


def _races(cast: Cast, version: ArticleVersion, alice: Hand, bob: Hand) -> list[int]:
    return [_race(cast, version, number, alice, bob) for number in range(RACES)]


def _approvals(version: ArticleVersion) -> int:
    of_claims = Review.objects.filter(desk_id=version.desk_id, decision=Decision.APPROVE)
    return of_claims.filter(verdict__claim__highlights__version=version).distinct().count()


def _race(cast: Cast, version: ArticleVersion, number: int, alice: Hand, bob: Hand) -> int:
    """0 where what counts as approved is what was seen; every second time the evidence is changed, not the text."""
    claim = make_claim(by=cast.alice, version=version, status=Status.IN_REVIEW)
    before, seen = claim.text, _seen(claim)
    piece = Evidence.objects.filter(claim=claim).get()
    change: tuple[str, dict[str, Any]] = (address("evidence-withdraw", piece), {"request_id": uuid4()})
    if number % 2:
        change = address("claim-edit", claim), worded(claim, text="Four people were hurt.", request_id=uuid4())
    approval = address("review-approve", claim), seen | {"request_id": uuid4()}
    changed, approved = _together([partial(alice.post, *change), partial(bob.post, *approval)])
    claim = fresh(claim)
    is_as_seen = claim.text == before and piece.pk in claim.evidence.in_force().values_list("pk", flat=True)
    of_others = Review.objects.filter(verdict__claim=claim, decision=Decision.APPROVE).exclude(digest=seen["digest"])
    is_unseen = claim.status == Status.APPROVED and not is_as_seen
    is_answered = changed.status in (200, 409) and approved.status in (200, 409, 422)
    return int(is_unseen or of_others.exists() or not is_answered)


def _replays(cast: Cast, alice: Hand) -> list[int]:
    version = make_version(by=cast.alice)
    start = version.text.index("three people")
    span = {"version": version.pk, "start": start, "end": start + len("three people"), "quote": "three people"}
    request = uuid4()
    same = span | {"request_id": request}
    where = reverse("articles:highlight-mark", args=[cast.desk.slug, version.article_id])
    answers = _together([partial(alice.post, where, same)] * AT_ONCE)
    effects = version.highlights.count() + AuditEvent.objects.filter(request_id=request).count() - 2
    different = {(answer.status, *re.findall(r'data-claims="([0-9a-f-]+)"', answer.text)) for answer in answers}
    return [effects, len(different) - 1]


def _seen(claim: Claim) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM articles_chainhead WHERE desk_id = %s", [claim.desk_id])
        (number,) = cursor.fetchone()
    return {"digest": actions.verdicts.digest_of(claim), "seen": number}


def _hand(bench: Bench, site: str, member: Membership) -> Hand:
    token = _get_new_csrf_string()
    session = bench.client(member.person).cookies[settings.SESSION_COOKIE_NAME].value
    known = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: token}
    return Hand(site, "; ".join(f"{name}={value}" for name, value in known.items()), token)


def _together(posts: Sequence[Callable[[], Answer]]) -> list[Answer]:
    barrier = Barrier(len(posts))

    def post(send: Callable[[], Answer]) -> Answer:
        barrier.wait()
        return send()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(post, posts))

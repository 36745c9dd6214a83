from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.errors import Refused, Superseded
from articles.forms.scales import digest_of
from articles.models import AuditEvent, Claim, Desk, Membership, Needs, Rating, RatingScale, Standing, Status
from articles.queries.scales import newest_scale
from articles.scales import SCALES, Difference, Kind, Term, differences
from tests.factories import Cast, fresh, make_blind, make_claim, make_second

if TYPE_CHECKING:
    from collections.abc import Sequence

DOUBT = Term("doubtful", "Doubtful", "There is reason to doubt it.", "orange", "half")


@pytest.fixture
def address(desk: Desk) -> str:
    return reverse("articles:scale-revise", args=[desk.slug])


@pytest.fixture
def browser(client: Client, erin: Membership) -> Client:
    client.force_login(erin.person)
    return client


@pytest.fixture
def terms(desk: Desk) -> list[Term]:
    return actions.scales.terms_of(newest_scale(desk))


def revised(by: Membership, *, other_meaning: Sequence[str] = (), **change: Any) -> RatingScale:
    """A version in which the first term is changed so."""
    scale = newest_scale(by.desk)
    first, *others = actions.scales.terms_of(scale)
    told: dict[str, Any] = {"terms": [replace(first, **change), *others], "other_meaning": other_meaning}
    return actions.scales.revise(by=by, scale=scale, **told)


def typed(desk: Desk, terms: Sequence[Term], **told: Any) -> dict[str, Any]:
    """The form as a browser sends it; a term without a code is a new one."""
    scale = newest_scale(desk)
    forms: dict[str, Any] = {
        "term-TOTAL_FORMS": len(terms),
        "term-INITIAL_FORMS": Rating.objects.filter(scale=scale).count(),
    }
    for number, term in enumerate(terms):
        forms |= {f"term-{number}-{name}": "" if value is None else value for name, value in asdict(term).items()}
        forms[f"term-{number}-ORDER"] = number + 1
    return {"scale": scale.pk, "request_id": uuid4(), **forms, **told}


def saved(desk: Desk, terms: Sequence[Term], **told: Any) -> dict[str, Any]:
    return typed(desk, terms, save="1", shown=digest_of(terms), **told)


def approved(by: Membership, rating: str = "supported") -> Claim:
    return make_claim(by=by, status=Status.APPROVED, rating=rating)


# The page


def test_first_it_shows_what_changes_and_stores_nothing(
    browser: Client, address: str, desk: Desk, terms: list[Term], alice: Membership
) -> None:
    approved(alice)
    changed = [replace(terms[0], definition="It is so."), *terms[1:]]

    answer = browser.post(address, typed(desk, changed))

    assert answer.status_code == 200
    assert "What changes with version 2" in answer.text
    assert "reopen 1 approved claim" in answer.text
    assert answer.context["chosen"] == ["supported"]
    assert newest_scale(desk).version == 1


def test_what_was_shown_is_saved(browser: Client, address: str, desk: Desk, terms: list[Term]) -> None:
    changed = [terms[1], replace(terms[0], name="Borne out"), *terms[2:]]

    answer = browser.post(address, saved(desk, changed))

    scale = newest_scale(desk)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("articles:scale", args=[desk.slug]))
    assert scale.version == 2
    assert actions.scales.terms_of(scale) == changed


def test_what_was_not_shown_is_not_saved(browser: Client, address: str, desk: Desk, terms: list[Term]) -> None:
    changed = [replace(terms[0], definition="It is so."), *terms[1:]]
    sent = saved(desk, changed) | {"term-0-definition": "It is otherwise."}

    answer = browser.post(address, sent)

    assert answer.status_code == 200
    assert "It is otherwise." in answer.text
    assert newest_scale(desk).version == 1


def test_approved_claims_are_reopened_where_the_administrator_says_so(
    browser: Client, address: str, desk: Desk, terms: list[Term], alice: Membership
) -> None:
    claims = [approved(alice), approved(alice, "refuted")]
    changed = [replace(terms[0], definition="It is so."), replace(terms[1], definition="It is not."), *terms[2:]]

    browser.post(address, saved(desk, changed, other_meaning=["supported"]))

    first, second = (fresh(claim) for claim in claims)
    assert (first.status, second.status) == (Status.REOPENED, Status.APPROVED)
    assert first.status_reason == "“Supported” means something else since version 2 of the rating scale."


def test_claims_in_review_leave_it_where_their_rating_means_something_else(
    browser: Client, address: str, desk: Desk, terms: list[Term], alice: Membership
) -> None:
    """Otherwise what was found by one meaning would be approved under the other."""
    claim, other = (make_claim(by=alice, status=Status.IN_REVIEW, rating=code) for code in ("supported", "refuted"))
    blind = make_blind(by=alice)
    changed = [replace(terms[0], definition="It is so."), *terms[1:]]
    assert "reopen 0 approved claims, take 2 from review" in browser.post(address, typed(desk, changed)).text

    browser.post(address, saved(desk, changed, other_meaning=["supported"]))

    assert [fresh(one).status for one in (claim, other, blind)] == [Status.CHECKING, Status.IN_REVIEW, Status.CHECKING]
    assert fresh(claim).status_reason == "“Supported” means something else since version 2 of the rating scale."
    assert fresh(blind).status_reason == "Ratings mean something else since version 2 of the rating scale."


def test_a_claim_leaves_review_by_whichever_of_two_findings_its_rating_changes(
    browser: Client, address: str, desk: Desk, terms: list[Term], cast: Cast
) -> None:
    """Either of the two can be the one that stands."""
    codes = [("supported", "refuted"), ("refuted", "supported"), ("supported", "supported"), ("refuted", "refuted")]
    claims = [
        make_second(by=cast.bob, claim=make_blind(by=cast.alice, rating=one), rating=other).claim
        for one, other in codes
    ]
    changed = [replace(terms[0], definition="It is so."), *terms[1:]]
    assert "reopen 0 approved claims, take 3 from review" in browser.post(address, typed(desk, changed)).text

    browser.post(address, saved(desk, changed, other_meaning=["supported"]))

    assert [fresh(claim).status for claim in claims] == [*[Status.CHECKING] * 3, Status.IN_REVIEW]
    assert fresh(claims[1]).status_reason == "Ratings mean something else since version 2 of the rating scale."


def test_a_finding_that_did_not_stand_reopens_nothing(erin: Membership, alice: Membership, bob: Membership) -> None:
    claim = make_second(by=bob, claim=make_blind(by=alice, rating="refuted")).claim
    digest = actions.verdicts.digest_of(claim)
    actions.findings.resolve(by=erin, claim=claim, digest=digest, stands=Standing.FIRST, note="The log says so.")

    revised(erin, definition="It is so.", other_meaning=["supported"])

    assert fresh(claim).status == Status.APPROVED


def test_a_new_term_and_one_removed(
    browser: Client, address: str, desk: Desk, terms: list[Term], alice: Membership
) -> None:
    claim = approved(alice)
    sent = typed(desk, [*terms, replace(DOUBT, code="")]) | {"term-0-DELETE": "on"}
    look = browser.post(address, sent)
    assert "Removed. Verdicts that were given so keep it." in look.text

    browser.post(address, sent | {"save": "1", "shown": look.context["shown"], "other_meaning": look.context["chosen"]})

    stored = actions.scales.terms_of(newest_scale(desk))
    assert [term.code for term in stored] == [*(term.code for term in terms[1:]), "doubtful"]
    assert fresh(claim).status_reason == "“Supported” is no rating of the desk any more, since version 2 of its scale."
    assert claim.verdict
    assert claim.verdict.rating.name == "Supported"


def test_empty_rows_are_no_terms(browser: Client, address: str, desk: Desk, terms: list[Term]) -> None:
    changed = [replace(terms[0], name="Borne out"), *terms[1:]]
    empty = replace(DOUBT, code="", name="", definition="")

    answer = browser.post(
        address, typed(desk, [*changed, empty]) | {"term-4-ORDER": "", "save": "1", "shown": digest_of(changed)}
    )

    assert answer.status_code == 302
    assert actions.scales.terms_of(newest_scale(desk)) == changed


def test_a_name_that_comes_back_is_another_term(erin: Membership, browser: Client, address: str, desk: Desk) -> None:
    scale = newest_scale(desk)
    first, *others = actions.scales.terms_of(scale)
    actions.scales.revise(by=erin, scale=scale, terms=others)

    look = browser.post(address, typed(desk, [*others, replace(first, code="")]))
    browser.post(address, typed(desk, [*others, replace(first, code="")], save="1", shown=look.context["shown"]))

    assert [term.code for term in actions.scales.terms_of(newest_scale(desk))][-1] == "supported-2"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"term-0-name": " "}, "Give the term a name."),
        ({"term-0-definition": ""}, "Say when a claim is rated so."),
        ({"term-0-name": "Refuted"}, "Two terms have the same name."),
        ({"term-0-colour": "pink"}, "Select a valid choice"),
        ({"term-TOTAL_FORMS": "x"}, "ManagementForm"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: Client, address: str, desk: Desk, wrong: dict[str, str], sentence: str
) -> None:
    terms = actions.scales.terms_of(newest_scale(desk))
    changed = [*terms[:3], replace(terms[3], definition="Typed by hand.")]

    answer = browser.post(address, saved(desk, changed) | wrong)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert newest_scale(desk).version == 1


def test_a_scale_has_two_terms(browser: Client, address: str, desk: Desk, terms: list[Term]) -> None:
    sent = saved(desk, terms) | {f"term-{number}-DELETE": "on" for number in range(1, 4)}

    answer = browser.post(address, sent | {"shown": digest_of(terms[:1])})

    assert answer.status_code == 422
    assert "A scale has 2 to 12 terms." in answer.text


def test_someone_elses_version_meanwhile_is_shown_beside_ones_own(
    browser: Client, address: str, desk: Desk, terms: list[Term], erin: Membership
) -> None:
    sent = saved(desk, [replace(terms[0], definition="Mine."), *terms[1:]])
    revised(erin, definition="Theirs.")

    answer = browser.post(address, sent)

    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Theirs." in answer.text
    assert newest_scale(desk).version == 2


def test_a_repeated_request_is_done_once(browser: Client, address: str, desk: Desk, terms: list[Term]) -> None:
    sent = saved(desk, [replace(terms[0], name="Borne out"), *terms[1:]])

    answers = [browser.post(address, sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert newest_scale(desk).version == 2


def test_a_reviewer_does_not_get_in(client: Client, address: str, alice: Membership) -> None:
    client.force_login(alice.person)

    assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]


# The action


def test_verdicts_keep_their_version_and_new_ones_take_the_newest(erin: Membership, alice: Membership) -> None:
    claim = make_claim(by=alice, status=Status.IN_REVIEW)
    revised(erin, definition="It is so.")

    assert fresh(claim).status == Status.IN_REVIEW
    assert claim.verdict
    assert claim.verdict.rating.scale.version == 1


def test_the_event_tells_all_that_is_needed_to_store_it_again(erin: Membership) -> None:
    scale = revised(erin, needs=Needs.EITHER, other_meaning=["supported"])

    event = AuditEvent.objects.get(action="scale.revised")
    assert (event.subject_id, event.data["version"], event.data["other_meaning"]) == (scale.pk, 2, ["supported"])
    assert [Term(**term) for term in event.data["terms"]] == actions.scales.terms_of(scale)


def test_an_older_version_is_followed_by_none(erin: Membership, desk: Desk, terms: list[Term]) -> None:
    old = newest_scale(desk)
    revised(erin, name="Borne out")

    with pytest.raises(Superseded):
        actions.scales.revise(by=erin, scale=old, terms=[*terms, DOUBT])


def test_a_version_differs(erin: Membership, desk: Desk, terms: list[Term]) -> None:
    with pytest.raises(Refused, match="Nothing would be different"):
        actions.scales.revise(by=erin, scale=newest_scale(desk), terms=terms)


@pytest.mark.parametrize("wrong", [{"colour": "pink"}, {"sign": "skull"}, {"name": "refuted"}, {"code": "refuted"}])
def test_a_version_is_whole(wrong: dict[str, str], erin: Membership) -> None:
    with pytest.raises(Refused):
        revised(erin, **wrong)


@pytest.mark.parametrize(
    ("change", "kinds", "of_meaning"),
    [
        ({"name": "Borne out"}, {Kind.RENAMED}, False),
        ({"definition": "It is so."}, {Kind.REDEFINED}, True),
        ({"needs": Needs.EITHER}, {Kind.OTHER_NEEDS}, True),
        ({"colour": "blue"}, {Kind.LOOKS}, False),
        ({"name": "So", "sign": "half"}, {Kind.RENAMED, Kind.LOOKS}, False),
    ],
)
def test_how_a_term_differs(change: dict[str, Any], kinds: set[Kind], of_meaning: bool) -> None:
    before = SCALES[0].terms
    (told,) = differences(before, [replace(before[0], **change), *before[1:]])

    assert (set(told.kinds), told.of_meaning) == (kinds, of_meaning)


def test_terms_that_came_went_or_moved() -> None:
    first, second, *others = SCALES[0].terms

    assert differences([first, second, *others], [second, first, *others]) == [
        Difference(second, second, frozenset({Kind.MOVED})),
        Difference(first, first, frozenset({Kind.MOVED})),
    ]
    assert differences([first, second], [second, DOUBT]) == [
        Difference(None, DOUBT, frozenset({Kind.NEW})),
        Difference(first, None, frozenset({Kind.REMOVED})),
    ]


def test_a_verdict_given_with_a_stale_form_is_refused(client: Client, alice: Membership, erin: Membership) -> None:
    claim = make_claim(by=alice, status=Status.CHECKING)
    old = Rating.objects.get(scale=newest_scale(alice.desk), code="not-enough-evidence")
    revised(erin, name="Borne out")
    client.force_login(alice.person)
    sent = {"revision": claim.revision, "rating": old.pk, "rationale": "So.", "searched": "All.", "missing": "It."}

    answer = client.post(reverse("articles:verdict-give", args=[alice.desk.slug, claim.pk]), sent)

    assert answer.status_code == 422
    assert "Choose a rating of the desk’s scale." in answer.text

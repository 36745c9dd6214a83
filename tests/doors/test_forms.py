"""What a form takes: what it asks for, from a page of this site, and nothing that is put beside it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import uuid
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django import forms as django_forms
from django.apps import apps
from django.db import transaction
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from articles import actions, forms
from articles.models import Claim, Highlight, Membership, Person, Role, Status
from articles.queries.leaving import open_number
from tests.doors.keys import sign_in
from tests.factories import fresh, make_invitation, make_member, make_person, rating_of
from tests.test_access import ANYONE, NEVER, TABLE
from tests.world import World, address, patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpResponse

type Posted = tuple[str, dict[str, Any]]

DECIDED_HERE = {
    "status",
    "status_at",
    "status_reason",
    "author",
    "author_id",
    "reviewer",
    "reviewer_id",
    "made_by",
    "made_by_id",
    "added_by",
    "opened_by",
    "taken_by",
    "signed_by",
    "desk",
    "desk_id",
    "member",
    "person_id",
    "approved_digest",
    "verdict",
    "verdict_id",
    "review",
    "review_id",
    "hash",
    "actor",
    "actor_id",
    "is_superuser",
    "is_staff",
    "is_active",
    "ended_at",
    "joined_at",
    "accepted_at",
    "accepted_by",
    "revoked_at",
    "revoked_by",
    "expires_at",
    "made_at",
    "link_sha256",
    "removed_at",
    "removed_by",
    "withdrawn_at",
    "withdrawn_by",
    "decided_by",
    "second_factor_required",
    "asked_by",
    "status_by",
    "recorded_by",
}
"""What the server decides from what is stored and from who is signed in. No form may have a field of such a name."""

OF_THE_SAME_NAME = {
    "ClaimFilterForm.status": "which claims are listed",
    "QueryFilterForm.status": "which queries are listed",
    "WorkFields.author": "who wrote a source",
    "SourceAddForm.author": "who wrote a source",
    "SourceForm.author": "who wrote a source",
    "EvidenceForm.author": "who wrote a source",
}

MOMENT, KEY = "2001-01-01", "01a20000-0000-7000-8000-000000000000"
EXTRA = (
    dict.fromkeys(("id", "pk"), KEY)
    | dict.fromkeys(("status_at", "ended_at", "joined_at", "accepted_at", "removed_at", "withdrawn_at"), MOMENT)
    | dict.fromkeys(("is_superuser", "is_staff", "second_factor_required", "automatic"), "on")
    | dict.fromkeys(("verdict", "review", "desk", "desk_id"), "")
    | {"status": "approved", "status_reason": "Because.", "approved_digest": "0" * 64, "expires_at": "2099-01-01"}
    | {"method": "command", "hash": "00", "asked": "x", "undoes": "1"}
)
FOREIGN = ("author", "author_id", "made_by", "made_by_id", "added_by_id", "reviewer", "reviewer_id", "actor")
"""Of these, those that name a person: somebody else of the desk is put there."""


def classes() -> list[Any]:
    """Every form of the app."""
    modules = [
        importlib.import_module(f"{forms.__name__}.{found.name}") for found in pkgutil.iter_modules(forms.__path__)
    ]
    return [
        kind
        for module in modules
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, django_forms.BaseForm) and kind.__module__ == module.__name__
    ]


def test_no_form_is_made_from_a_model() -> None:
    assert len(classes()) > 30
    assert [kind for kind in classes() if issubclass(kind, django_forms.BaseModelForm)] == []


def test_no_form_has_a_field_that_the_server_decides() -> None:
    named = {f"{kind.__name__}.{name}" for kind in classes() for name in set(kind.base_fields) & DECIDED_HERE}

    assert named == set(OF_THE_SAME_NAME)


def test_no_action_is_given_all_that_was_posted() -> None:
    """As ``**request.POST`` it would be given whatever somebody put there."""
    wrong = [
        f"{path}: {ast.unparse(node)}"
        for path in Path("articles").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.keyword) and node.arg is None and ".POST" in ast.unparse(node)
    ]

    assert wrong == []


# What is put beside what a form asks for


def marking(world: World) -> Posted:
    version = world.article.versions.latest("number")
    start = version.text.index("on the river")
    span = {"version": version.pk, "start": start, "end": start + 12, "quote": "on the river"}
    return f"articles/{world.article.pk}/mark/", span


def editing(world: World) -> Posted:
    claim = fresh(world.claim)
    words = {"text": "Other words.", "summary": "", "kind": claim.kind, "claimant": "", "priority": 2}
    return f"claims/{claim.pk}/edit/", words | {"priority_reason": "", "assignee": "", "revision": claim.revision}


def leaving(world: World) -> Posted:
    return f"people/{world.cast.bob.pk}/remove/", {"seen": open_number(world.cast.bob).number}


def citing(world: World) -> Posted:
    said = {
        "stance": "supports",
        "kind": "primary",
        "quote": "Four boats.",
        "title": "Log of the harbour",
        "author": "",
    }
    return f"claims/{world.claim.pk}/evidence/", said


def removing(world: World) -> Posted:
    highlight = Highlight.objects.live().filter(version=world.article.versions.latest("number")).first()
    assert highlight
    return f"highlights/{highlight.pk}/remove/", {}


def starting(world: World) -> Posted:
    return f"claims/{Claim.objects.filter(desk=world.cast.desk, status=Status.OPEN).latest('pk').pk}/start/", {}


def promoting(world: World) -> Posted:
    bob = fresh(world.cast.bob)
    return f"people/{bob.pk}/role/", {"role": "editor", "revision": bob.revision}


def judging(world: World) -> Posted:
    claim = fresh(world.claim)
    rating = rating_of(world.cast.alice, "supported")
    return f"claims/{claim.pk}/verdict/", {"rating": rating.pk, "rationale": "The log.", "revision": claim.revision}


def asking(world: World) -> Posted:
    return f"claims/{world.claim.pk}/ask/", {"to": "author", "name": "Lena Corvi", "question": "Who counted?"}


def approving(world: World) -> Posted:
    return f"review/{world.in_review.pk}/approve/", {"digest": actions.verdicts.digest_of(world.in_review)}


def returning(world: World) -> Posted:
    told = {"digest": actions.verdicts.digest_of(world.in_review), "reason": "Ask again."}
    return f"review/{world.in_review.pk}/return/", told


def plainly(name: str, /, **told: Any) -> Callable[[World], Posted]:
    """At its address, as the world has it."""
    return lambda world: (address(world, f"articles:{name}", dict(patterns())[f"articles:{name}"]), told)


POSTS: dict[str, tuple[str, Callable[[World], Posted]]] = {
    "highlight-mark": ("bob", marking),
    "highlight-remove": ("bob", removing),
    "claim-start": ("bob", starting),
    "claim-edit": ("bob", editing),
    "claim-set-aside": (
        "bob",
        lambda world: (f"claims/{world.claim.pk}/set-aside/", {"aside": "opinion", "reason": "An opinion."}),
    ),
    "evidence-add": ("bob", citing),
    "query-ask": ("bob", asking),
    "query-answer": ("erin", lambda world: (f"queries/{world.query.pk}/answer/", {"words": "The mayor."})),
    "query-close": ("bob", lambda world: (f"queries/{world.query.pk}/close/", {"reason": "Of no use.", "revision": 1})),
    "evidence-withdraw": ("bob", lambda world: (f"evidence/{world.evidence.pk}/withdraw/", {})),
    "verdict-give": ("bob", judging),
    "review-approve": ("bob", approving),
    "review-return": ("bob", returning),
    "story-list": ("bob", lambda world: ("stories/", {"title": "The flood"})),
    "article-sheet": ("bob", lambda world: (f"articles/{world.changed.pk}/sheet/", {})),
    "member-list": ("erin", lambda world: ("people/", {"person": "olga", "role": "reader"})),
    "member-role": ("erin", promoting),
    "member-remove": ("erin", leaving),
    "invitation-make": ("erin", lambda world: ("people/invite/", {"invited": "Nina", "role": "reader"})),
    "invitation-revoke": ("erin", lambda world: (f"people/invitations/{world.invitation.pk}/revoke/", {})),
    **{
        name: (who, plainly(name, **told))
        for name, who, told in (
            ("claim-blind", "erin", {}),
            ("source-withdraw", "bob", {"reason": "It is a double."}),
            ("suggestion-decline", "alice", {"reason": "The first words are right."}),
            ("story-sheet", "bob", {}),
            ("arrival-discard", "bob", {}),
            ("batch-undo", "alice", {}),
            ("desk-blind", "erin", {}),
            ("copy-reconsider", "bob", {}),
            ("desk-seen", "bob", {"number": 1}),
            ("source-add", "bob", {"title": "Log of the harbour", "author": "", "kind": "report"}),
            ("story", "bob", {"title": "The flood", "revision": 1}),
            ("suggestion-accept", "alice", {}),
            ("query-edit", "bob", {"to": "author", "name": "Lena Corvi", "question": "Who?", "revision": 1}),
            ("snapshot-bring", "bob", {"text": "What the log says."}),
            ("desk-second-factor", "erin", {}),
            ("article-undo", "alice", {}),
        )
    },
}

UNTRIED = {
    **dict.fromkeys(
        ("preference-close", "preference-key", "preference-keys-reset", "preference-switch"),
        "it is about the person alone",
    ),
    **dict.fromkeys(("invitation-accept", "invitation-enrol"), "it has a test of its own here"),
    **dict.fromkeys(
        ("article-add", "arrival-read", "version-check", "snapshot-fetch", "snapshot-check"),
        "it reads a file or another site, apart from the request",
    ),
    **dict.fromkeys(("live-beat", "batch-plan"), "it stores nothing that lasts"),
    **dict.fromkeys(
        (
            "notice-read",
            "arrival-describe",
            "arrival-add",
            "arrival-version",
            "arrival-restore",
            "arrival-retype",
            "arrival-split",
            "arrival-merge",
            "arrival-take-back",
            "article-edit",
            "carry-accept",
            "carry-remark",
            "carry-orphan",
            "carry-reconsider",
            "block-retype",
            "article-redo",
            "highlight-add",
            "highlight-evidence",
            "highlight-adjust",
            "highlight-split",
            "highlight-merge",
            "batch-make",
            "claim-reopen",
            "claim-recheck",
            "claim-unblind",
            "claim-resume",
            "highlight-ask",
            "query-reopen",
            "evidence-edit",
            "evidence-restore",
            "evidence-copy",
            "source",
            "source-restore",
            "source-merge",
            "source-part",
            "source-trace",
            "origin-list",
            "origin",
            "origin-merge",
            "origin-part",
            "highlight-trace",
            "copy-accept",
            "copy-dismiss",
            "desk-sourcing",
            "verdict-withdraw",
            "review-second",
            "review-resolve",
            "review-suggest",
            "sheet-sign-off",
            "desk-unblind",
            "scale-revise",
        ),
        "it needs rows in a state that the world has none of, or a form too long for here; its own tests fill it in",
    ),
}
"""Addresses on a desk that take a form, at which nothing is put beside it, and why."""


def test_every_form_of_a_desk_is_tried_or_named() -> None:
    taking = {name.removeprefix("articles:") for name, (_, post) in TABLE.items() if post is not NEVER and ":" in name}

    assert set(POSTS) & set(UNTRIED) == set()
    assert set(POSTS) | set(UNTRIED) == taking


@pytest.mark.parametrize("name", POSTS)
def test_what_is_put_beside_it_changes_nothing(name: str, world: World) -> None:
    make_person("olga")
    who, make = POSTS[name]
    path, told = make(world)
    own = f"/d/{world.cast.desk.slug}/"
    url, by = own + path.removeprefix(own), getattr(world.cast, who)
    somebody = dict.fromkeys(FOREIGN, str(world.cast.alice.person_id))
    beside = EXTRA | somebody | {"desk": str(world.mallory.desk_id), "desk_id": str(world.mallory.desk_id)}

    before = stored(known := keys())
    plain = after(url, told, by, known)
    more = after(url, beside | told, by, known)

    assert plain != before
    assert more == plain


def test_an_account_is_made_with_what_its_form_asks_for_and_no_more(client: Client, world: World) -> None:
    words = "seven lamps along the quay"
    told = {"name": "Nina", "username": "nina", "password": words, "again": words}
    beside = EXTRA | {"role": "administrator", "email": "alice@desk.example", "keys": "{}", "is_active": "on"}

    answer = client.post(f"/join/{world.cast.desk.slug}/{world.invitation.token}/enrol/", beside | told)

    nina = Person.objects.get(username="nina")
    assert answer.status_code == 302
    assert (nina.is_superuser, nina.is_staff, nina.email, nina.memberships.get().role) == (False, False, "", "reviewer")


def test_an_invitation_is_accepted_in_its_own_role(client: Client, world: World) -> None:
    nina = make_person("nina")
    sign_in(client, nina)

    client.post(
        f"/join/{world.cast.desk.slug}/{world.invitation.token}/accept/",
        {"role": "administrator", "person": str(world.cast.rita.person_id), "desk": str(world.mallory.desk_id)},
    )

    assert nina.memberships.get().role == Role.REVIEWER
    assert nina.memberships.get().desk == world.cast.desk


@pytest.mark.parametrize("role", ["reader", "reviewer", "editor"])
def test_nobody_gives_themselves_a_role(client: Client, world: World, role: Role) -> None:
    dora = make_member("dora", by=world.cast.erin, role=role)
    client.force_login(dora.person)

    answer = client.post(f"/d/{world.cast.desk.slug}/people/{dora.pk}/role/", {"role": "administrator", "revision": 1})

    assert answer.status_code == 403
    assert fresh(dora).role == role


def test_a_verdict_of_ones_own_is_not_approved_in_anothers_name(client: Client, world: World) -> None:
    client.force_login(world.cast.alice.person)
    path, told = approving(world)

    answer = client.post(
        f"/d/{world.cast.desk.slug}/{path}", told | {"reviewer": str(world.cast.bob.person_id), "by": "bob"}
    )

    assert answer.status_code in (403, 422)
    assert fresh(world.in_review).status == Status.IN_REVIEW


def after(url: str, told: dict[str, Any], by: Membership, known: set[uuid.UUID]) -> list[str]:
    """What is stored after the form was sent; it is taken back."""
    client = Client()
    client.force_login(by.person)
    with transaction.atomic():
        answer: HttpResponse = client.post(url, told)  # type: ignore[assignment]  # a test client's
        assert answer.status_code in (200, 204, 302), (url, answer.status_code, answer.content.decode()[-3000:])
        found = stored(known)
        transaction.set_rollback(True)
    return found


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of the app that is no line of the history, with the name of its model."""
    for model in apps.get_app_config("articles").get_models():
        if model._meta.model_name not in ("auditevent", "chainhead", "presence"):
            yield from ((str(model._meta.model_name), values) for values in model._default_manager.values())


def keys() -> set[uuid.UUID]:
    return {value for _, row in rows() for value in row.values() if isinstance(value, uuid.UUID)}


def stored(known: set[uuid.UUID]) -> list[str]:
    """Every row, without what is new each time: keys that are not known, moments and hashes."""
    return sorted(f"{name} { ({key: _steady(value, known) for key, value in row.items()}) }" for name, row in rows())


def _steady(value: Any, known: set[uuid.UUID]) -> Any:
    match value:
        case uuid.UUID():
            return str(value) if value in known else "key"
        case datetime():
            return "moment"
        case memoryview() | bytes():
            return len(value)
        case str() if len(value) == 64 and set(value) <= set("0123456789abcdef"):
            return "hash"
    return value


# Where it comes from


def test_no_form_is_taken_without_its_token(world: World) -> None:
    wrong = []
    for name, pattern in patterns():
        if TABLE[name][1] is NEVER:
            continue
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.cast.erin.person)
        status = client.post(address(world, name, pattern)).status_code
        if status != 403:
            wrong.append(f"{name}: {status}")

    assert wrong == []


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://testserver.elsewhere.example"])
def test_no_form_is_taken_from_another_site(world: World, origin: str) -> None:
    wrong = []
    for name, pattern in patterns():
        if TABLE[name][1] is NEVER:
            continue
        client, token = with_token()
        client.force_login(world.cast.erin.person)
        told = {"csrfmiddlewaretoken": token}
        status = client.post(address(world, name, pattern), told, headers={"Origin": origin}).status_code
        if status != 403:
            wrong.append(f"{name}: {status}")

    assert wrong == []


def test_with_its_token_and_from_here_it_is_taken(world: World) -> None:
    client, token = with_token()
    client.force_login(world.cast.erin.person)
    told = {"csrfmiddlewaretoken": token, "title": "The flood"}

    answer = client.post(f"/d/{world.cast.desk.slug}/stories/", told, headers={"Origin": "http://testserver"})

    assert answer.status_code == 302


def test_the_door_itself_asks_for_the_token(world: World) -> None:
    for name in (name for name, (_, post) in TABLE.items() if post is ANYONE):
        pattern = dict(patterns())[name]
        answer = Client(enforce_csrf_checks=True).post(address(world, name, pattern), {"login": "alice"})
        assert answer.status_code == 403, name


def with_token() -> tuple[Client, str]:
    """A browser that has seen a page, and what its forms send along."""
    request = RequestFactory().get("/")
    token = get_token(request)
    client = Client(enforce_csrf_checks=True)
    client.cookies["factcheck-csrf"] = request.META["CSRF_COOKIE"]
    return client, token


def test_the_invitation_that_is_tried_is_open(world: World) -> None:
    assert make_invitation(by=world.cast.erin).is_open
    assert world.invitation.is_open

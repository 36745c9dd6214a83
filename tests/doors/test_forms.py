"""What a form asks for, and that it is taken from a page of this site; test_beside has what is put beside it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from django import forms as django_forms
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from articles import actions, forms
from articles.models import Person, Role, Status
from tests.doors.columns import KEY, beside
from tests.doors.keys import sign_in
from tests.factories import fresh, make_invitation, make_member, make_person
from tests.test_access import ANYONE, NEVER, TABLE
from tests.world import World, address, patterns

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


# Where nobody is on the desk yet


def test_an_account_is_made_with_what_its_form_asks_for_and_no_more(client: Client, world: World) -> None:
    words = "seven lamps along the quay"
    told = {"name": "Nina", "username": "nina", "password": words, "again": words}
    put = beside(world.cast.erin, {"Person", "Membership"}) | {"email": "alice@desk.example"}

    answer = client.post(f"/join/{world.cast.desk.slug}/{world.invitation.token}/enrol/", put | told)

    nina = Person.objects.get(username="nina")
    assert answer.status_code == 302
    assert (nina.is_superuser, nina.is_staff, nina.email, nina.memberships.get().role) == (False, False, "", "reviewer")
    assert str(nina.pk) != KEY


def test_an_invitation_is_accepted_in_its_own_role(client: Client, world: World) -> None:
    nina = make_person("nina")
    sign_in(client, nina)

    client.post(
        f"/join/{world.cast.desk.slug}/{world.invitation.token}/accept/",
        beside(world.cast.erin, {"Membership", "Invitation"}),
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
    told = {"digest": actions.verdicts.digest_of(world.in_review)}

    answer = client.post(
        f"/d/{world.cast.desk.slug}/review/{world.in_review.pk}/approve/",
        told | {"reviewer": str(world.cast.bob.person_id), "by": "bob"},
    )

    assert answer.status_code in (403, 422)
    assert fresh(world.in_review).status == Status.IN_REVIEW


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
